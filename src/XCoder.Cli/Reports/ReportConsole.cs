using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>
/// Consoles that reports are written to, and the ways to write. Spectre's own <c>Write</c>, <c>WriteLine</c> and
/// <c>Markup</c> are not used for text: they break long lines, and markup in a stranger's name must stay text.
/// </summary>
internal static class ReportConsole
{
    /// <summary>Columns of a line where no terminal says how many there are.</summary>
    public const int DefaultWidth = 100;

    /// <summary>No line is laid out for less.</summary>
    public const int LeastWidth = 20;

    public static readonly Style Bold = new(decoration: Decoration.Bold);
    public static readonly Style Dim = new(decoration: Decoration.Dim);
    public static readonly Style Warning = new(Color.Olive);

    /// <summary>A console that lays out for this width and writes to <paramref name="writer"/>, which it does not flush.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="width">Columns; at least <see cref="LeastWidth"/>.</param>
    /// <param name="colour">Whether ANSI codes are written for styles. Nothing else in the environment counts.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is less.</exception>
    public static IAnsiConsole Create(TextWriter writer, int width = DefaultWidth, bool colour = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, LeastWidth);
        var console = Create(writer, colour, colour, isInteractive: false);
        console.Profile.Width = width;
        return console;
    }

    /// <summary>
    /// A console over a terminal that understands ANSI codes: things can be drawn over, and its width is asked for anew each time.
    /// </summary>
    public static IAnsiConsole OfTerminal(TextWriter writer, bool colour) => Create(writer, isAnsi: true, colour, isInteractive: true);

    private static IAnsiConsole Create(TextWriter writer, bool isAnsi, bool colour, bool isInteractive) =>
        AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = isAnsi ? AnsiSupport.Yes : AnsiSupport.No,
        ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
        Interactive = isInteractive ? InteractionSupport.Yes : InteractionSupport.No,
        Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        Out = new AnsiConsoleOutput(new UnflushedWriter(writer)),
    });

    /// <summary>Writes a line as it is, however long: a place is there to be clicked or copied. The text must be safe.</summary>
    public static void Line(this IAnsiConsole console, string text = "", Style? style = null) => console.Line((text, style));

    /// <summary>Writes a line of parts with styles of their own. The texts must be safe.</summary>
    public static void Line(this IAnsiConsole console, params ReadOnlySpan<(string Text, Style? Style)> parts)
    {
        if (!console.Profile.Capabilities.Ansi)
        {
            // A listing in a file may have a million lines: Spectre takes five times as long for each.
            foreach (var part in parts)
            {
                console.Profile.Out.Writer.Write(part.Text);
            }

            console.Profile.Out.Writer.WriteLine();
            return;
        }

        var line = new Segment[parts.Length + 1];
        for (var i = 0; i < parts.Length; i++)
        {
            line[i] = parts[i].Style is { } style ? new Segment(parts[i].Text, style) : new Segment(parts[i].Text);
        }

        line[^1] = Segment.LineBreak;
        console.Write(new SegmentText(line));
    }

    /// <summary>Writes a paragraph, made safe and broken at spaces to the console's width; longer words stay whole.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="text">The text, not yet safe.</param>
    /// <param name="indent">Put before each line but the first.</param>
    public static void Paragraph(this IAnsiConsole console, string text, string indent = "")
    {
        var (line, width, words) = (new StringBuilder(), 0, 0);
        foreach (var word in SafeText.ForTerminal(text).Split(' '))
        {
            var columns = SegmentText.Width(word);
            if (words > 0 && width + 1 + columns > console.Profile.Width)
            {
                console.Line(line.ToString());
                line.Clear().Append(indent);
                (width, words) = (indent.Length, 0);
            }

            line.Append(words > 0 ? " " : "").Append(word);
            width += columns + (words++ > 0 ? 1 : 0);
        }

        console.Line(line.ToString());
    }

    // Spectre flushes after each line; a listing has a million of them.
    private sealed class UnflushedWriter(TextWriter inner) : TextWriter
    {
        public override Encoding Encoding => inner.Encoding;

        public override void Write(char value) => inner.Write(value);

        public override void Write(char[] buffer, int index, int count) => inner.Write(buffer, index, count);

        public override void Write(ReadOnlySpan<char> buffer) => inner.Write(buffer);

        public override void Write(string? value) => inner.Write(value);

        public override void Flush()
        {
        }
    }
}
