using System.Text;
using XCoder.Analysis.Changes;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Tests.Analysis.Changes;

public class CopySearchTests
{
    // The search finds exactly the pairs that comparing everything with everything finds, whatever the threshold and the number of threads.
    [Theory]
    [InlineData(0.5, 1)]
    [InlineData(0.7, 2)]
    [InlineData(0.7, 3)]
    [InlineData(0.9, 2)]
    [InlineData(1.0, 1)]
    public void Find_RandomCode_FindsWhatComparingAllFinds(double threshold, int threads)
    {
        var corpus = new Corpus(seed: 5, files: 40, snippets: 6);
        var options = new DuplicateOptions { Threshold = threshold, Threads = threads, MinTokens = 10 };
        var search = new CopySearch(options, corpus.Facts, file => corpus.Files[file]);
        int[] queries = [.. Enumerable.Range(0, corpus.Facts.Length).Where(i => i % 7 == 0)];
        var found = search.Find(queries, default);

        var pairs = 0;
        foreach (var query in queries)
        {
            var expected = Enumerable.Range(0, corpus.Facts.Length).Where(other => Expected(query, other) is not null).Select(other => Expected(query, other)!.Value).ToList();
            Assert.Equal(expected, search.IsCompared(query) ? found[query] : []);
            pairs += expected.Count;
        }

        Assert.True(pairs > 10, $"{pairs} pairs");

        Copy? Expected(int query, int other)
        {
            ref readonly var a = ref corpus.Facts[query];
            ref readonly var b = ref corpus.Facts[other];
            if (query == other || a.TokenCount < options.MinTokens || b.TokenCount < options.MinTokens || a.IsStructure != b.IsStructure || a.Encloses(b) || b.Encloses(a))
            {
                return null;
            }

            var similarity = Jaccard.Of(corpus.Shingles(query), corpus.Shingles(other));
            return a.Exact == b.Exact ? new Copy(other, DuplicateKind.Exact, 1) : a.Renamed == b.Renamed ? new Copy(other, DuplicateKind.Renamed, 1)
                : similarity >= threshold ? new Copy(other, DuplicateKind.Near, similarity) : null;
        }
    }

    [Fact]
    public void Find_NothingToCompare_FindsNothing()
    {
        var corpus = new Corpus(seed: 1, files: 2, snippets: 2);
        var search = new CopySearch(new DuplicateOptions { MinTokens = 10_000 }, corpus.Facts, file => corpus.Files[file]);
        Assert.Empty(search.Find([0, 1], default));
    }

    [Theory]
    [InlineData("new", true)]
    [InlineData("any", true)]
    [InlineData("percent:0", true)]
    [InlineData("percent:12.5", true)]
    [InlineData("percent:100", true)]
    [InlineData("percent:100.1", false)]
    [InlineData("percent:-1", false)]
    [InlineData("percent:1e1", false)]
    [InlineData("percent: 1", false)]
    [InlineData("Percent:1", false)]
    [InlineData("", false)]
    public void Parse_Gate_KnowsItsNames(string text, bool isGate) => Assert.Equal(isGate, ChangeGate.Parse(text) is not null);

    // Functions of random words, some of which are copies of others with words changed; in each file the first snippet encloses the second.
    private sealed class Corpus
    {
        public Corpus(int seed, int files, int snippets)
        {
            var random = new Random(seed);
            var known = new List<string[]>();
            var facts = new List<SnippetFacts>();
            for (var file = 0; file < files; file++)
            {
                var words = new List<string>();
                var spans = new List<(int First, int Count)>();
                for (var i = 0; i < snippets; i++)
                {
                    var code = known.Count > 0 && random.Next(2) == 0 ? [.. known[random.Next(known.Count)]] : Enumerable.Range(0, random.Next(5, 60)).Select(_ => $"w{random.Next(40)}").ToArray();
                    for (var change = random.Next(6); change > 0; change--)
                    {
                        code[random.Next(code.Length)] = $"w{random.Next(40)}";
                    }

                    known.Add(code);
                    spans.Add((words.Count, code.Length));
                    words.AddRange(code);
                }

                spans[0] = (0, spans[0].Count + spans[1].Count);
                var text = Encoding.UTF8.GetBytes(string.Join(' ', words));
                var starts = new int[words.Count];
                for (var i = 1; i < words.Count; i++)
                {
                    starts[i] = starts[i - 1] + words[i - 1].Length + 1;
                }

                var hashes = TokenHashes.Compute(text, new TokenStream(starts, [.. words.Select(word => word.Length)], [.. words.Select(_ => TokenClass.Identifier)]));
                Files.Add(hashes);
                facts.AddRange(spans.Select((span, i) => new SnippetFacts
                {
                    Exact = hashes.ExactHash(span.First, span.Count), Renamed = hashes.RenamedHash(span.First, span.Count), File = file, StartByte = starts[span.First],
                    EndByte = starts[span.First + span.Count - 1] + words[span.First + span.Count - 1].Length, FirstToken = span.First, TokenCount = span.Count,
                    Traits = i % 5 == 4 ? SnippetTraits.Structure : 0,
                }));
            }

            Facts = [.. facts];
        }

        public List<TokenHashes> Files { get; } = [];

        public SnippetFacts[] Facts { get; }

        public ulong[] Shingles(int ordinal) => Files[Facts[ordinal].File].Shingles(Facts[ordinal].FirstToken, Facts[ordinal].TokenCount, 3);
    }
}
