using System.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>Running text for a terminal.</summary>
internal static class TextLines
{
    /// <summary>Writes a paragraph, made safe and broken at spaces to the options' width.</summary>
    internal static void Write(TextWriter writer, string text, TextOptions options, string indent = "")
    {
        var (line, words) = (new StringBuilder(), 0);
        foreach (var word in SafeText.ForTerminal(text).Split(' '))
        {
            if (words > 0 && DisplayWidth.Of(line.ToString()) + 1 + DisplayWidth.Of(word) > options.Width)
            {
                writer.WriteLine(line);
                line.Clear().Append(indent);
                words = 0;
            }

            line.Append(words++ > 0 ? " " : "").Append(word);
        }

        writer.WriteLine(line);
    }

    /// <summary><c>repository/path:line</c>, not yet made safe.</summary>
    internal static string Place(Snippet snippet) => $"{snippet.Repository}/{snippet.Path}:{snippet.Span.StartLine}";
}
