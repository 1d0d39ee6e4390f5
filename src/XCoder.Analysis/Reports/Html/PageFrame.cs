using System.Security.Cryptography;
using System.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>What a page begins and ends with: its policy allows its own style and script, by hash, and nothing else.</summary>
internal static class PageFrame
{
    /// <summary>Text of a resource beside a type.</summary>
    internal static string Resource(Type place, string name)
    {
        using var stream = place.Assembly.GetManifestResourceStream($"{place.Namespace}.{name}")
            ?? throw new InvalidOperationException($"The library holds no resource '{name}'.");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // HTML reads CR LF as LF, and the policy's hash is of what was read.
        return reader.ReadToEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    /// <summary>Everything up to the header.</summary>
    internal static void WriteHead(Markup markup, string title, string css, string js) => markup
        .Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {Hash(css)}; script-src {Hash(js)}; "
            + $"base-uri 'none'; form-action 'none'\">\n")
        .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light "
            + "dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
        .Element("title", title).Raw("\n<style>").Raw(css)
        .Raw("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to content</a>\n");

    /// <summary>The script and the end.</summary>
    internal static void WriteEnd(Markup markup, string js) => markup.Raw("<script>").Raw(js).Raw("</script>\n</body>\n</html>\n");

    private static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
}
