using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Html;

/// <summary>Charts as inline SVG bars between HTML labels, so that text keeps its size at every width.</summary>
internal sealed class Charts(Markup markup)
{
    private const int MaxBars = 10;

    /// <summary>
    /// Labelled horizontal bars; each bar is parts of classes <c>s0</c>, <c>s1</c> …, in the unit of <paramref name="whole"/>.
    /// </summary>
    internal void Bars(string title, IReadOnlyList<(string Label, double[] Parts, string Shown)> bars, double? whole = null)
    {
        if (bars.Count == 0)
        {
            return;
        }

        var full = whole ?? Math.Max(1e-9, bars.Max(bar => bar.Parts.Sum()));
        markup.Raw("<figure class=\"card\">").Element("figcaption", title).Raw("<ul class=\"bars\">\n");
        foreach (var (label, parts, shown) in bars.Take(MaxBars))
        {
            markup.Raw("<li>").Element("span", label, "class=\"label\"")
                .Raw("<svg viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
                .Raw("<rect class=\"track\" width=\"100\" height=\"8\"/>");
            var x = 0.0;
            for (var i = 0; i < parts.Length; i++)
            {
                var width = 100 * parts[i] / full;
                if (width > 0)
                {
                    markup.Raw($"<rect class=\"s{i}\" x=\"{NumberText.Plain(x)}\" "
                        + $"width=\"{NumberText.Plain(Math.Max(width, 0.4))}\" height=\"8\"/>");
                }

                x += width;
            }

            markup.Raw("</svg>").Element("span", shown, "class=\"value\"").Raw("</li>\n");
        }

        markup.Raw("</ul>");
        if (bars.Count > MaxBars)
        {
            markup.Element("p", $"and {NumberText.Count(bars.Count - MaxBars)} more below", "class=\"note\"");
        }

        markup.Raw("</figure>\n");
    }

    /// <summary>A key to the parts of bars.</summary>
    internal void Legend(IEnumerable<string> names)
    {
        markup.Raw("<p class=\"legend\">");
        foreach (var (name, i) in names.Select((name, i) => (name, i)))
        {
            markup.Raw($"<span><svg viewBox=\"0 0 8 8\" aria-hidden=\"true\"><rect class=\"s{i}\" "
                + $"width=\"8\" height=\"8\" rx=\"2\"/></svg>").Text(name).Raw("</span>");
        }

        markup.Raw("</p>\n");
    }

    /// <summary>Upright bars side by side.</summary>
    internal void Columns(string title, string unit, IReadOnlyList<(string Label, long Count)> columns)
    {
        if (columns.Count == 0)
        {
            return;
        }

        var highest = Math.Max(1, columns.Max(column => column.Count));
        markup.Raw("<figure class=\"card\">").Element("figcaption", title).Raw("<ul class=\"columns\">\n");
        foreach (var (label, count) in columns)
        {
            var height = count == 0 ? 0 : Math.Max(0.8, 100.0 * count / highest);
            markup.Raw("<li>").Element("span", NumberText.Count(count), "class=\"value\"")
                .Raw("<svg viewBox=\"0 0 10 100\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")
                .Raw($"<rect class=\"s0\" y=\"{NumberText.Plain(100 - height)}\" width=\"10\" "
                    + $"height=\"{NumberText.Plain(height)}\"/></svg>")
                .Element("span", label, "class=\"label\"").Raw("</li>\n");
        }

        markup.Raw("</ul>").Element("p", unit, "class=\"note\"").Raw("</figure>\n");
    }
}
