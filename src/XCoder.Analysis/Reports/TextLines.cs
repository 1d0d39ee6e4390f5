using System.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>Running text for a terminal.</summary>
internal static class TextLines
{
    /// <summary>Writes a paragraph, made safe and broken at spaces to the options' width.</summary>
    internal static void Write(TextWriter writer, string text, TextOptions options, string indent = "")
    {
        var line = new StringBuilder();
        foreach (var word in SafeText.ForTerminal(text).Split(' '))
        {
            if (line.Length > 0 && DisplayWidth.Of(line.ToString()) + 1 + DisplayWidth.Of(word) > options.Width)
            {
                writer.WriteLine(line);
                line.Clear().Append(indent);
            }

            line.Append(line.Length > indent.Length || (line.Length > 0 && indent.Length == 0) ? " " : "").Append(word);
        }

        writer.WriteLine(line);
    }

    /// <summary><c>repository/path:line</c>, not yet made safe.</summary>
    internal static string Place(Snippet snippet) => $"{snippet.Repository}/{snippet.Path}:{snippet.Span.StartLine}";
}
