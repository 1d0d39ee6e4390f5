using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>Code as it comes onto the page: safe to show, without the indentation it shares, cut where it is long.</summary>
internal static class PageCode
{
    private const int MaxSnippetCharacters = 20_000;

    // The first line lost its indentation where the snippet starts; the others lose what they share.
    public static string Shorten(string code, int maxLines, int maxCharacters = MaxSnippetCharacters)
    {
        var text = SafeText.ForLines(code.Length > maxCharacters ? code[..maxCharacters] : code);
        var lines = text.Split('\n');
        var indents = lines.Skip(1).Where(line => line.Trim().Length > 0).Select(line => line.Length - line.TrimStart(' ', '\t').Length);
        var shared = indents.DefaultIfEmpty(0).Min();
        var kept = lines.Take(maxLines).Select((line, i) => i == 0 ? line : line[Math.Min(shared, line.Length)..]);
        return string.Join('\n', kept);
    }
}
