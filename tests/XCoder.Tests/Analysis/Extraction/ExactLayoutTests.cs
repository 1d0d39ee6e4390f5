using System.Text;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Vectors.Sets;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>What exact duplicates compare besides words and signs, in every language of the manifest.</summary>
public sealed class ExactLayoutTests : IDisposable
{
    private static readonly LanguageCatalog Catalog = LanguageCatalog.Open();

    private readonly CodeReader _reader = new(Catalog);

    public static TheoryData<string> Languages() => new(Catalog.Languages.Select(language => language.Id));

    [Theory]
    [MemberData(nameof(Languages))]
    public void ExactHash_PairsOfCode_DiffersWhereTheMeaningMayDiffer(string id)
    {
        var pairs = Table("layout.txt").Where(row => row[0] == id).ToList();
        Assert.Contains(pairs, row => row[1] == "=");
        Assert.Contains(pairs, row => row[1] == "≠");

        Assert.Empty(pairs.Where(row => (Exact(id, row[2]) == Exact(id, row[3])) != (row[1] == "=")).Select(row => string.Join("¦", row)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Tokens_WordsForTruthAndNothing_AreKeywordsThatRenamingKeeps(string id)
    {
        var row = Assert.Single(Table("constants.txt"), row => row[0] == id);
        var hashes = new Dictionary<UInt128, string>();
        foreach (var word in row[1].Split(' '))
        {
            var code = row[2].Replace("$a", "\0", StringComparison.Ordinal).Replace("$", word, StringComparison.Ordinal).Replace("\0", "$a", StringComparison.Ordinal);
            var (file, text) = (_reader.Extract(Catalog.Find(id)!, code)!, Encoding.UTF8.GetBytes(code));
            Assert.False(file.HasErrors, code);
            var token = Enumerable.Range(0, file.Tokens.Count).Last(i => file.Tokens.Text(text, i).SequenceEqual(Encoding.UTF8.GetBytes(word)));
            Assert.True(file.Tokens.Classes[token] == TokenClass.Keyword, $"{word} is a {file.Tokens.Classes[token]} in {code}");
            Assert.True(hashes.TryAdd(TokenHashes.Compute(text, file.Tokens).RenamedHash(0, file.Tokens.Count), word), $"{word} in {code}");
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void ExactHash_SampleMovedDeeper_IsThatOfTheSample(string id)
    {
        var language = Catalog.Find(id)!;
        var code = File.ReadAllText(Assert.Single(Directory.GetFiles(Path.Combine(TestPaths.Tests, "languages", id), "sample.*"))).ReplaceLineEndings("\n");
        var before = Snippets(language, code);

        foreach (var (name, moved) in new[] { ("trailing blanks", Moved(language, code, "", " \t")), ("deeper", Moved(language, code, "    ", "")) })
        {
            var after = Snippets(language, moved);
            Assert.True(before.Keys.Count(key => after.ContainsKey(key)) >= before.Count * 9 / 10, $"{name}: other snippets: {moved}");
            Assert.Empty(before.Where(pair => after.TryGetValue(pair.Key, out var hash) && hash != pair.Value).Select(pair => $"{name}: {pair.Key}"));
        }
    }

    [Theory]
    [InlineData("  a\n   b ", "a b ")]
    [InlineData(" a  b\n", " a  b")]
    [InlineData("a", "a")]
    [InlineData("\n\n", "")]
    [InlineData("a \r\n\t b", "a b")]
    [InlineData(" ", " ")]
    public void Folded_Text_HasOneSpaceForABlankWithALineEnd(string text, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(LayoutReading.Folded(Encoding.UTF8.GetBytes(text))));

    public void Dispose() => _reader.Dispose();

    internal static IEnumerable<string[]> Table(string file) => File.ReadLines(Path.Combine(TestPaths.Tests, "languages", file))
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => line.Replace("\\\\", "\0", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal)
            .Replace("\\t", "\t", StringComparison.Ordinal).Replace('\0', '\\').Split('¦'));

    private UInt128 Exact(string id, string code)
    {
        var file = _reader.Extract(Catalog.Find(id)!, code)!;
        return TokenHashes.Compute(Encoding.UTF8.GetBytes(code), file.Tokens, file.Layout).ExactHash(0, file.Tokens.Count);
    }

    private Dictionary<string, UInt128> Snippets(Language language, string code)
    {
        var file = _reader.Extract(language, code)!;
        var hashes = TokenHashes.Compute(Encoding.UTF8.GetBytes(code), file.Tokens, file.Layout);
        return file.Snippets.GroupBy(snippet => snippet.QualifiedName)
            .ToDictionary(group => group.Key, group => hashes.ExactHash(group.First().FirstToken, group.First().TokenCount));
    }

    /// <summary>The code with blanks before and behind each line that neither begins nor ends within a token, and is not joined to another.</summary>
    private string Moved(Language language, string code, string before, string behind)
    {
        var (text, result) = (Encoding.UTF8.GetBytes(code), new List<byte>());
        var tokens = _reader.Extract(language, code)!.Tokens;
        var inside = new bool[text.Length + 1];
        for (var i = 0; i < tokens.Count; i++)
        {
            inside.AsSpan(tokens.Starts[i] + 1, tokens.Lengths[i] - 1).Fill(true);
        }

        for (var at = 0; at < text.Length;)
        {
            var end = Array.IndexOf(text, (byte)'\n', at) is var line and >= 0 ? line : text.Length;
            var isJoined = end > at && text[end - 1] is (byte)'\\' or (byte)'`';
            result.AddRange(inside[at] || end == at || text[at] == '#' || text[at] == '=' ? [] : Encoding.UTF8.GetBytes(before));
            result.AddRange(text[at..end]);
            result.AddRange(inside[end] || end == at || isJoined ? [] : Encoding.UTF8.GetBytes(behind));
            result.AddRange(end < text.Length ? "\n"u8 : []);
            at = end + 1;
        }

        return Encoding.UTF8.GetString([.. result]);
    }
}
