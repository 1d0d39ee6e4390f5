using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Store;

namespace XCoder.Server.Pages;

/// <summary>Shows code with its line numbers, coloured by the tokens that the store holds.</summary>
internal static class CodeMarkup
{
    private const int MostBytes = 100_000, MostLines = 2_000;

    /// <summary>Writes a snippet. Long code is cut, and the page says so.</summary>
    /// <param name="markup">The page.</param>
    /// <param name="store">The store.</param>
    /// <param name="snippet">The snippet, or a whole file.</param>
    public static void Write(Markup markup, SnippetStore store, Snippet snippet)
    {
        var row = snippet.IsFile ? null : store.FindSnippet(snippet.Id);
        if (row is { } known && store.FilesOf([known]).FirstOrDefault() is { } file)
        {
            Write(markup, file.File.Text, file.File.Tokens, snippet.Span);
        }
        else if (store.Code(snippet.Id) is { } code)
        {
            var text = Encoding.UTF8.GetBytes(code);
            Write(markup, text, new TokenStream([], [], []), new SourceSpan(0, text.Length, 1, snippet.Span.EndLine));
        }
        else
        {
            markup.Element("p", "Its code is not in the index any more.", "class=\"note\"");
        }
    }

    private static void Write(Markup markup, byte[] text, TokenStream tokens, SourceSpan span)
    {
        var end = Math.Min(span.EndByte, span.StartByte + MostBytes);
        var (lines, at) = (1, span.StartByte);
        while (at < end && (text[at] != (byte)'\n' || ++lines <= MostLines))
        {
            at++;
        }

        // Not within a character.
        end = at;
        while (end > span.StartByte && end < text.Length && (text[end] & 0xC0) == 0x80)
        {
            end--;
        }

        lines = Math.Min(lines, MostLines);
        markup.Raw("<div class=\"listing\" tabindex=\"0\" role=\"region\" aria-label=\"Code\"><pre class=\"ln\" aria-hidden=\"true\">")
            .Raw(string.Join('\n', Enumerable.Range(span.StartLine, lines))).Raw("</pre><pre class=\"code\">");
        WriteText(markup, text.AsSpan(Indentation(text, span.StartByte)..span.StartByte), null);
        for (var i = tokens.IndexAtOrAfter(at = span.StartByte); i < tokens.Count && tokens.Starts[i] < end; i++)
        {
            var start = Math.Max(at, tokens.Starts[i]);
            WriteGap(markup, text.AsSpan(at..start), tokens.Count > 0);
            at = Math.Clamp(tokens.Starts[i] + tokens.Lengths[i], start, end);
            WriteText(markup, text.AsSpan(start..at), Style(tokens.Classes[i]));
        }

        WriteGap(markup, text.AsSpan(at..end), tokens.Count > 0);
        markup.Raw("</pre></div>\n");
        if (end < span.EndByte)
        {
            markup.Element("p", "The code is longer; it is cut here.", "class=\"note\"");
        }
    }

    private static string? Style(TokenClass kind) => kind switch
    {
        TokenClass.Keyword => "tk",
        TokenClass.String => "ts",
        TokenClass.Number or TokenClass.Literal => "tn",
        _ => null,
    };

    // What stands between tokens is a comment.
    private static void WriteGap(Markup markup, ReadOnlySpan<byte> text, bool hasTokens) =>
        WriteText(markup, text, hasTokens && text.ContainsAnyExcept(" \t\r\n"u8) ? "tc" : null);

    private static void WriteText(Markup markup, ReadOnlySpan<byte> text, string? style)
    {
        if (text.IsEmpty)
        {
            return;
        }

        markup.Raw(style is null ? "" : $"<span class=\"{style}\">").Lines(Encoding.UTF8.GetString(text))
            .Raw(style is null ? "" : "</span>");
    }

    // The white space before the first line, so that it stands as the others do.
    private static int Indentation(byte[] text, int start)
    {
        var at = start;
        while (at > 0 && text[at - 1] is (byte)' ' or (byte)'\t' && start - at < 200)
        {
            at--;
        }

        return at == 0 || text[at - 1] == (byte)'\n' ? at : start;
    }
}
