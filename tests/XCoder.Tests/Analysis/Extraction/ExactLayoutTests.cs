using System.Text;
using System.Text.RegularExpressions;
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
    public void ExactHash_LayoutWithoutMeaning_DoesNotCount(string id)
    {
        var comment = Table("comments.txt").Where(row => row[0] == id).Select(row => row[1].Length > 0 ? row[1].Split(' ')[0] + " c" : row[2].Insert(2, " c")).Single();
        var changes = new (string Name, Func<string, string> Line)[]
        {
            ("blanks behind", line => line + "  "), ("blank lines", line => line + "\n\n"), ("tabs behind", line => line + "\t"),
            ("carriage returns", line => line + "\r"), ("comments", line => line + " " + comment), ("comment lines", line => line + "\n" + comment),
            ("deeper", line => "  " + line),
        };

        // In strings, macros, markup and joined lines, blanks are text, and some words stand for the number of their line. Some grammars see a comment where they do not see a line end, or no tab.
        var codes = Table("layout.txt").Where(row => row[0] == id).SelectMany(row => row[2..])
            .Where(code => !Regex.IsMatch(code, "[\"'`\\\\#@]|<<|\\[\\[|<p>|LOCKS|LINE|line!|__ENV__|/>|</|(size|op|g\\(n\\))\n|\r|y = g\n|(return|throw)\n") && IsValid(code)).ToList();
        Assert.NotEmpty(codes);
        Assert.Empty(
            from code in codes
            from change in changes
            let changed = string.Join('\n', code.TrimEnd('\n').Split('\n').Select(change.Line)) + "\n"
            where Exact(id, changed) != Exact(id, code) && (change.Name != "tabs behind" || IsValid(changed))
            select $"{change.Name}: {changed}");

        bool IsValid(string code) => !_reader.Extract(Catalog.Find(id)!, code)!.HasErrors;
    }

    [Theory]
    [InlineData("javascript", "typescript", "export class A extends B {\n  #x = 1\n  static async f({ a, b = 2 }, ...c) {\n    for (const d of c) if (d) return\n    return `${a} ${b}`\n  }\n}\n")]
    [InlineData("javascript", "tsx", "const f = async (a) => {\n  switch (a) { case 1: break; default: throw a }\n  return <p>{a} <b>x</b></p>\n}\n")]
    [InlineData("javascript", "typescript", "function f(a) {\n  label: while (true) { try { g(a?.b ?? 1) } catch { continue label } }\n}\n")]
    [InlineData("c", "cpp", "static int f(int a) {\n#if A > 1\n  return a;\n#else\n  return g(a) ? 1 : 2;\n#endif\n}\n")]
    [InlineData("c", "objc", "int f(struct a *b) {\n  for (int i = 0; i < b->n; i++) { g(&b->c[i]); }\n  return *b->d;\n}\n")]
    public void ExactHash_CodeOfTwoLanguages_IsOne(string language, string other, string code) => Assert.Equal(Exact(language, code), Exact(other, code));

    [Theory]
    [InlineData("  a\n   b ", "  a b ")]
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
            .Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\r", "\r", StringComparison.Ordinal).Replace('\0', '\\').Split('¦'));

    private UInt128 Exact(string id, string code)
    {
        var file = _reader.Extract(Catalog.Find(id)!, code)!;
        return TokenHashes.Compute(Encoding.UTF8.GetBytes(code), file.Tokens, file.Layout).ExactHash(0, file.Tokens.Count);
    }
}
