using XCoder.Agents.Rows;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Reports;

/// <summary>Rows in full, each folded, with a filter; and the run's options.</summary>
internal sealed class RunSamplesSection(Markup markup, RunReport report, RunReportOptions options)
{
    private readonly SampleView _view = new(markup, options);

    public void Write()
    {
        markup.Raw("<section id=\"samples\"><h2>Samples</h2>\n")
            .Element("p", $"{NumberText.Count(report.Samples.Count)} of {NumberText.Count(report.Rows, "row")}, the language pairs in turn, within a pair by chance.", "class=\"note\"");
        WriteFilters();
        foreach (var row in report.Samples)
        {
            _view.Write(row);
        }

        markup.Raw("</section>\n<section id=\"options\"><h2>Options</h2>\n<pre class=\"code\">").Lines(report.Run.Options).Raw("</pre></section>\n");
    }

    private void WriteFilters()
    {
        markup.Raw("<div id=\"filters\" hidden><label>Text<input type=\"search\" id=\"f-text\"></label>");
        Select("Languages", "f-pair", report.Samples.Select(SampleView.PairOf));
        Select("Verdict", "f-verdict", report.Samples.Select(row => RowNames.Of(row.Critique.Verdict)));
        Select("Data set", "f-dataset", report.Samples.Select(row => row.Dataset.Name));
        markup.Raw("<button type=\"button\" id=\"f-reset\">Reset</button></div>\n<p id=\"count\" class=\"note\" role=\"status\"></p>\n");
    }

    private void Select(string label, string id, IEnumerable<string> values)
    {
        markup.Raw("<label>").Text(label).Raw($"<select id=\"{id}\"><option value=\"\">all</option>");
        foreach (var value in values.Distinct().Order(StringComparer.Ordinal))
        {
            markup.Element("option", value);
        }

        markup.Raw("</select></label>");
    }
}
