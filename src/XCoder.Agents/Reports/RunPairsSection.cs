using System.Globalization;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Reports;

/// <summary>Writes the tables of rows by language pair and of scores by criterion.</summary>
internal sealed class RunPairsSection(Markup markup, RunReport report)
{
    public void Write()
    {
        WriteMatrix();
        WriteScores();
    }

    private void WriteMatrix()
    {
        markup.Raw("<section id=\"pairs\"><h2>Languages</h2>\n");
        var cells = report.Pairs.ToDictionary(pair => (pair.Source, pair.Target));
        var sources = report.Pairs.Select(pair => pair.Source).Distinct().Order(StringComparer.Ordinal).ToList();
        var targets = report.Pairs.Select(pair => pair.Target).Distinct().Order(StringComparer.Ordinal).ToList();
        var most = report.Pairs.Select(pair => pair.Rows).DefaultIfEmpty(1).Max();
        markup.OpenTable("Rows by source language (down) and target language (across): accepted / all, and the mean total of scored rows",
            ["From", .. targets.Select(target => "#" + target), "#All"]);
        foreach (var source in sources)
        {
            markup.Raw("<tr>").Element("th", source, "scope=\"row\"");
            foreach (var target in targets)
            {
                WriteCell(cells.GetValueOrDefault((source, target)), most);
            }

            markup.Number(report.Pairs.Where(pair => pair.Source == source).Sum(pair => pair.Rows)).Raw("</tr>\n");
        }

        markup.CloseTable().Raw("</section>\n");
    }

    private void WriteCell(PairTotal? pair, long most)
    {
        if (pair is null)
        {
            markup.Raw("<td class=\"n\" data-v=\"0\"></td>");
            return;
        }

        // Five shades on a logarithmic scale, because few pairs hold most rows.
        var shade = (int)Math.Ceiling(5 * Math.Log(pair.Rows + 1) / Math.Log(most + 1));
        markup.Raw($"<td class=\"n h{shade}\" data-v=\"{pair.Rows}\">")
            .Text($"{NumberText.Count(pair.Accepted)} / {NumberText.Count(pair.Rows)}");
        if (pair.MeanTotal is { } mean)
        {
            markup.Element("small", Score(mean));
        }

        markup.Raw("</td>");
    }

    private void WriteScores()
    {
        markup.Raw("<section id=\"scores\"><h2>Scores</h2>\n");
        if (report.Scores.Count == 0 && report.Totals is null)
        {
            markup.Element("p", "No chat model judged these rows.", "class=\"note\"").Raw("</section>\n");
            return;
        }

        markup.Raw("<div class=\"charts\">\n");
        var charts = new Charts(markup);
        charts.Bars("Mean by criterion, of 10",
            [.. report.Scores.Select(score => (score.Criterion, new[] { score.Mean }, Score(score.Mean)))], whole: 10);
        if (report.Totals is { } totals)
        {
            charts.Columns($"Totals, mean {Score(totals.Mean)}", "total, lower bound of each class",
                [.. totals.Histogram.Select((count, i) => (i.ToString(CultureInfo.InvariantCulture), count))]);
        }

        markup.Raw("</div>\n").OpenTable("Rows by score", ["Criterion", "#Mean", .. Enumerable.Range(0, 10).Select(i => $"#{i}"), "#Rows"]);
        foreach (var score in report.Scores)
        {
            markup.Raw("<tr>").Element("th", score.Criterion, "scope=\"row\"").Number(score.Mean, Score(score.Mean));
            foreach (var count in score.Histogram)
            {
                markup.Number(count);
            }

            markup.Number(score.Rows).Raw("</tr>\n");
        }

        markup.CloseTable().Raw("</section>\n");
    }

    private static string Score(double score) => score.ToString("0.00", CultureInfo.InvariantCulture);
}
