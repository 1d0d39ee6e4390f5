using System.Text;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Vectors.Sets;
using XCoder.Tests.Analysis.Vectors.Sets;
using Xunit;

namespace XCoder.Tests.Analysis.Duplicates;

/// <summary>
/// Snippets written as strings. In a file <c>«</c> opens a callable, <c>‹</c> a structure, <c>»</c> ends the
/// innermost; a snippet's ordinal is its place by file and start.
/// </summary>
internal sealed class TinyCorpus
{
    private readonly List<TokenHashes> _files = [];

    public List<SnippetFacts> Snippets { get; } = [];

    public static TinyCorpus Of(params IEnumerable<string> files)
    {
        var corpus = new TinyCorpus();
        foreach (var file in files)
        {
            corpus.Add(file);
        }

        return corpus;
    }

    public TinyCorpus Add(string file, SnippetTraits traits = SnippetTraits.None, short depth = 0)
    {
        var text = new StringBuilder();
        var open = new Stack<int>();
        var spans = new List<(int Start, int End, bool IsStructure)>();
        foreach (var sign in file)
        {
            if (sign is '«' or '‹')
            {
                open.Push(spans.Count);
                spans.Add((text.Length, 0, sign == '‹'));
            }
            else if (sign == '»')
            {
                spans[open.Peek()] = spans[open.Pop()] with { End = text.Length };
            }
            else
            {
                text.Append(sign);
            }
        }

        var tokens = TinyTokenizer.Tokens(text.ToString());
        var hashes = TinyTokenizer.Hashes(text.ToString());
        foreach (var (start, end, isStructure) in spans)
        {
            var first = tokens.IndexAtOrAfter(start);
            var count = tokens.IndexAtOrAfter(end) - first;
            Snippets.Add(new SnippetFacts
            {
                Exact = hashes.ExactHash(first, count),
                Renamed = hashes.RenamedHash(first, count),
                File = _files.Count,
                StartByte = start,
                EndByte = end,
                FirstToken = first,
                TokenCount = count,
                PathDepth = depth,
                Traits = traits | (isStructure ? SnippetTraits.Structure : SnippetTraits.None),
            });
        }

        _files.Add(hashes);
        return this;
    }

    public ulong[] Shingles(int ordinal, int size) =>
        _files[Snippets[ordinal].File].Shingles(Snippets[ordinal].FirstToken, Snippets[ordinal].TokenCount, size);

    public TokenHashes Tokens(int file) => _files[file];

    public DuplicateResult Find(DuplicateOptions? options = null) =>
        new DuplicateFinder(options ?? new DuplicateOptions { MinTokens = 5 }).Find(Snippets, Tokens);

    /// <summary>Each group as <c>kind: ordinals</c>.</summary>
    public string[] Found(DuplicateOptions? options = null) =>
        [.. Find(options).Groups.Select(group => $"{group.Kind}: {string.Join(' ', group.Members)}")];
}
