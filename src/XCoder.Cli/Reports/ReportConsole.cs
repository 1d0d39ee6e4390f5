using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>
/// Creates consoles for reports and writes text to them. Spectre's own <c>Write</c>, <c>WriteLine</c> and <c>Markup</c> are not used for
/// text: they break long lines, and markup in foreign names must stay text.
/// </summary>
internal static class ReportConsole
{
    /// <summary>Width in columns where no terminal has one.</summary>
    public const int DefaultWidth = 100;

    /// <summary>Least width in columns for which lines are laid out.</summary>
    public const int LeastWidth = 20;

    public static readonly Style Bold = new(decoration: Decoration.Bold);
    public static readonly Style Dim = new(decoration: Decoration.Dim);
    public static readonly Style Warning = new(Color.Olive);

    /// <summary>Creates a console of a given width that writes to <paramref name="writer"/> and does not flush it.</summary>
    /// <param name="writer">Receives the text.</param>
    /// <param name="width">Width in columns, at least <see cref="LeastWidth"/>.</param>
    /// <param name="colour">Whether styles are written as ANSI codes, whatever the environment says.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is less than <see cref="LeastWidth"/>.</exception>
    public static IAnsiConsole Create(TextWriter writer, int width = DefaultWidth, bool colour = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, LeastWidth);
        var console = Create(writer, colour, colour, isInteractive: false);
        console.Profile.Width = width;
        return console;
    }

    /// <summary>
    /// Creates a console for a terminal that understands ANSI codes. It can redraw lines, and reads the terminal's width each time.
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

    /// <summary>Writes a line of safe text unbroken, however long, so that places can be clicked or copied.</summary>
    public static void Line(this IAnsiConsole console, string text = "", Style? style = null) => console.Line((text, style));

    /// <summary>Writes a line of parts with separate styles. The texts must be safe.</summary>
    public static void Line(this IAnsiConsole console, params ReadOnlySpan<(string Text, Style? Style)> parts)
    {
        if (!console.Profile.Capabilities.Ansi)
        {
            // Without styles, writes the text directly: a listing may have a million lines, and Spectre takes five times as long for each.
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

    /// <summary>Makes a text safe and writes it as a paragraph, broken at spaces to the console's width. Longer words stay whole.</summary>
    /// <param name="console">Receives the text.</param>
    /// <param name="text">The text, not yet safe.</param>
    /// <param name="indent">Text before each line but the first.</param>
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

    // Ignores Spectre's flush after each line; a listing may have a million lines.
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
