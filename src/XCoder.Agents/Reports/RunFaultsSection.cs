using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Reports;

/// <summary>Writes the table of failures by language pair and kind.</summary>
internal sealed class RunFaultsSection(Markup markup, RunReport report)
{
    public void Write()
    {
        markup.Raw("<section id=\"failures\"><h2>Failures</h2>\n");
        var (kinds, pairs) = (report.Failures.Kinds, report.Failures.Pairs);
        if (pairs.Count == 0)
        {
            markup.Element("p", "No row failed a gate.", "class=\"note\"").Raw("</section>\n");
            return;
        }

        var translations = pairs.Where(pair => pair.Source != pair.Target).ToList();
        var across = translations.Sum(pair => pair.Failures);
        markup.Element("p", $"{NumberText.Count(across)} in translations, {NumberText.Count(pairs.Sum(pair => pair.Failures) - across)} "
            + "within one language. Each row counts once, by the failed gate and its message.", "class=\"note\"");
        markup.OpenTable("Failures by language pair and kind",
            ["From", "Into", "#Rows", "#Failed", .. kinds.Select(kind => "#" + kind.Id)]);
        foreach (var pair in pairs)
        {
            markup.Raw("<tr>").Element("th", pair.Source, "scope=\"row\"").Element("td", pair.Target).Number(pair.Rows)
                .Number(pair.Failures);
            foreach (var kind in kinds)
            {
                markup.Number(pair.Kinds.GetValueOrDefault(kind.Id));
            }

            markup.Raw("</tr>\n");
        }

        markup.CloseTable().Raw("<dl class=\"meanings\">");
        foreach (var kind in kinds)
        {
            markup.Element("dt", kind.Id).Element("dd", kind.Meaning);
        }

        markup.Raw("</dl></section>\n");
    }
}
