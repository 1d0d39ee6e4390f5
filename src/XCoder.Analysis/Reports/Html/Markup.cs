using System.Globalization;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>Writes HTML. Everything but our own constants must go through <see cref="Text"/> or <see cref="Lines"/>.</summary>
internal sealed class Markup(TextWriter writer)
{
    /// <summary>Writes markup unchanged.</summary>
    internal Markup Raw(string markup)
    {
        writer.Write(markup);
        return this;
    }

    /// <summary>Writes text, or an attribute's value in double quotes, with control characters made visible and markup escaped.</summary>
    internal Markup Text(string text)
    {
        writer.Write(Escape(text));
        return this;
    }

    /// <summary>Writes text with its line breaks, as code needs.</summary>
    internal Markup Lines(string text)
    {
        writer.Write(EscapeMarkup(SafeText.ForLines(text)));
        return this;
    }

    /// <summary>Writes an element that contains text.</summary>
    internal Markup Element(string tag, string text, string attributes = "") =>
        Raw(attributes.Length > 0 ? $"<{tag} {attributes}>" : $"<{tag}>").Text(text).Raw($"</{tag}>");

    /// <summary>Writes a cell that shows a number and is sorted by <paramref name="value"/>.</summary>
    internal Markup Number(double value, string shown) =>
        Raw($"<td class=\"n\" data-v=\"{NumberText.Plain(value)}\">").Text(shown).Raw("</td>");

    /// <summary>Writes a cell with a count.</summary>
    internal Markup Number(long value) => Number(value, NumberText.Count(value));

    /// <summary>Writes a moment as people read it, to the minute, in UTC.</summary>
    internal Markup Time(DateTimeOffset moment) => Element("time",
        moment.ToUniversalTime().ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture),
        $"datetime=\"{moment.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)}\"");

    /// <summary>A figure with its name and a note, in a list of definitions.</summary>
    internal Markup Tile(string name, string value, string note) =>
        Raw("<div>").Element("dt", name).Element("dd", value, "class=\"big\"").Element("dd", note).Raw("</div>\n");

    /// <summary>Opens a table that scripts make sortable, up to its body. A heading that starts with <c>#</c> heads numbers.</summary>
    internal Markup OpenTable(string caption, params string[] headings)
    {
        Raw("<div class=\"scroll\"><table class=\"sortable\">").Element("caption", caption).Raw("<thead><tr>");
        foreach (var heading in headings)
        {
            var number = heading.StartsWith('#');
            Element("th", heading.TrimStart('#'), number ? "scope=\"col\" class=\"n\"" : "scope=\"col\"");
        }

        return Raw("</tr></thead><tbody>\n");
    }

    /// <summary>Closes a table that <see cref="OpenTable"/> opened.</summary>
    internal Markup CloseTable() => Raw("</tbody></table></div>\n");

    internal static string Escape(string text) => EscapeMarkup(SafeText.ForTerminal(text));

    private static string EscapeMarkup(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal)
        .Replace("'", "&#39;", StringComparison.Ordinal);
}
