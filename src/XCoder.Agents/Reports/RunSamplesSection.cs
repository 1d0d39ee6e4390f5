using System.Globalization;
using XCoder.Agents.Rows;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Reports;

/// <summary>Writes sample rows in full, each folded, with filters; and the run's options.</summary>
internal sealed class RunSamplesSection(Markup markup, RunReport report, RunReportOptions options)
{
    private readonly SampleView _view = new(markup, options);

    public void Write()
    {
        markup.Raw("<section id=\"samples\"><h2>Samples</h2>\n")
            .Element("p",
                $"{NumberText.Count(report.Samples.Count)} of {NumberText.Count(report.Rows, "row")}, chosen "
                    + $"evenly over the language pairs and at random within each.", "class=\"note\"");
        WriteFilters();
        foreach (var row in report.Samples)
        {
            _view.Write(row);
        }

        markup.Raw("</section>\n<section id=\"options\"><h2>Options</h2>\n<pre class=\"code\">").Lines(report.Run.Options)
            .Raw("</pre></section>\n");
    }

    private void WriteFilters()
    {
        markup.Raw("<div id=\"filters\" hidden><label>Text<input type=\"search\" id=\"f-text\"></label>");
        Select("Languages", "f-pair", report.Samples.Select(SampleView.PairOf));
        Select("Verdict", "f-verdict", report.Samples.Select(row => RowNames.Of(row.Critique.Verdict)));
        Select("Verification", "f-status", report.Samples.Select(row => RowNames.Of(row.Verification.Status)));
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

/// <summary>Writes one row in full.</summary>
internal sealed class SampleView(Markup markup, RunReportOptions options)
{
    public static string PairOf(InstructionRow row) => $"{row.SourceLanguage} → {row.TargetLanguage}";

    public void Write(InstructionRow row)
    {
        var (verdict, status, dataset) =
            (RowNames.Of(row.Critique.Verdict), RowNames.Of(row.Verification.Status), row.Dataset.Name);
        markup.Raw("<details class=\"card sample\" data-pair=\"").Text(PairOf(row)).Raw("\" data-verdict=\"").Text(verdict)
            .Raw("\" data-status=\"").Text(status)
            .Raw("\" data-dataset=\"").Text(dataset).Raw("\"><summary>")
            .Element("strong", PairOf(row)).Raw(" ").Text(RowNames.Of(row.Task)).Raw(" <span class=\"dot\"></span> ")
            .Element("span", verdict, $"class=\"verdict {verdict}\"");
        if (row.Critique.Total is { } total)
        {
            markup.Raw(" ").Text(Number(total));
        }

        markup.Raw(" ").Element("span", status, $"class=\"verdict {status}\"").Raw(" <span class=\"dot\"></span> ").Text(dataset).Raw(" ")
            .Element("code", row.Id).Raw("</summary>\n");
        Facts(row);
        markup.Element("h3", "Instruction").Raw("\n");
        Prose(row.Instruction);
        markup.Element("h3", "Response").Raw("\n");
        Prose(row.Response);
        if (row.Tests is { } tests)
        {
            markup.Element("h3", "Tests").Raw("\n");
            Code(tests);
        }

        if (row.IndependentTests is { } others)
        {
            markup.Element("h3", "Tests by another agent").Raw("\n");
            Code(others);
        }

        Candidates(row);

        Transcript(row);
        Critique(row);
        Origins(row);
        markup.Raw("</details>\n");
    }

    private void Facts(InstructionRow row) => markup.Element("p", string.Join("; ", ((string?[])
    [
        $"protocol {row.Protocol}", row.Rounds > 0 ? NumberText.Count(row.Rounds, "round") : null, $"context {row.Context}",
        row.Concept is { } concept ? $"concept {concept}" : null, $"model {row.Model ?? "none"}",
        $"licence {row.Licence ?? "unknown"}",
        row.Pair?.Probability is { } probability ? $"probability {Number(probability)} that both behave alike" : null,
        row.Novelty is { } novelty ? $"novelty {Number(novelty)}" : null,
        row.Redactions.Count > 0 ? $"replaced: {string.Join(", ", row.Redactions.Select(kind => $"{kind.Value} {kind.Key}"))}" : null,
    ]).OfType<string>()), "class=\"facts\"").Raw("\n");

    private void Prose(string text)
    {
        foreach (var (part, isCode, _, _) in CodeFence.Parts(Cut(text).Replace("\r\n", "\n", StringComparison.Ordinal)))
        {
            if (isCode)
            {
                Code(part);
            }
            else if (part.Trim().Length > 0)
            {
                markup.Raw("<p class=\"prose\">").Lines(part.Trim('\n')).Raw("</p>\n");
            }
        }
    }

    private void Code(string code) => markup.Raw("<pre class=\"code\">").Lines(Cut(code)).Raw("</pre>\n");

    private void Candidates(InstructionRow row)
    {
        for (var i = 0; i < row.Candidates.Count; i++)
        {
            var (candidate, number) = (row.Candidates[i], i + 1);
            markup.Raw("<details><summary>")
                .Text($"Another answer, {(candidate.Verification is { } verification ? RowNames.Of(verification.Status) : "not verified")}")
                .Raw("</summary>\n");
            Prose(candidate.Response);
            List("Checked", Lines(candidate.Verification));
            List("Compared", [.. row.Preferences.Where(preference => preference.Chosen == number || preference.Rejected == number)
                .Select(preference => Compared(preference, number))]);
            markup.Raw("</details>\n");
        }
    }

    private static string Compared(RowPreference preference, int number)
    {
        var isBetter = preference.Chosen == number;
        var other = (isBetter ? preference.Rejected : preference.Chosen) is var answer and > 0 ? $"answer {answer}" : "the response";
        return $"{(isBetter ? "better" : "worse")} than {other} by {Number(preference.Margin)}, by {preference.Basis}";
    }

    private void Transcript(InstructionRow row)
    {
        if (row.Transcript.Count == 0)
        {
            return;
        }

        markup.Raw("<details><summary>").Text($"Transcript, {NumberText.Count(row.Transcript.Count, "turn")}").Raw("</summary>\n");
        foreach (var turn in row.Transcript.Take(options.MaxTurns))
        {
            markup.Element("h4", $"Round {turn.Round}, {turn.Agent}: {turn.Act}");
            Prose(turn.Text);
        }

        if (row.Transcript.Count > options.MaxTurns)
        {
            markup.Element("p", $"and {NumberText.Count(row.Transcript.Count - options.MaxTurns)} more", "class=\"note\"");
        }

        markup.Raw("</details>\n");
    }

    private void Critique(InstructionRow row)
    {
        markup.Element("h3", "Critique").Raw("\n");
        if (row.Critique.Scores.Count > 0)
        {
            markup.Element("p", string.Join(", ", row.Critique.Scores.Select(score => $"{score.Key} {Number(score.Value)}")),
                "class=\"facts\"");
        }

        List("Merits", row.Critique.Merits);
        List("Faults", row.Critique.Faults);
        List("Checked", Lines(row.Verification));
    }

    private static IReadOnlyList<string> Lines(RowVerification? verification) =>
        [.. (verification?.Evidence ?? []).Select(evidence => evidence.ToString())];

    private void List(string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        markup.Element("p", title, "class=\"note\"").Raw("<ul>");
        foreach (var line in lines)
        {
            markup.Element("li", Cut(line));
        }

        markup.Raw("</ul>\n");
    }

    private void Origins(InstructionRow row)
    {
        var cosines = row.Neighbours.GroupBy(neighbour => neighbour.Id).ToDictionary(group => group.Key, group => group.First().Cosine);
        var shown = row.Lineage.Select(place => place.Snippet).ToHashSet();
        markup.OpenTable("Origin", "Role", "Place", "Commit", "Licence", "Snippet", "#Cosine");
        foreach (var place in row.Lineage)
        {
            markup.Raw("<tr>").Element("th", RowNames.Of(place.Role), "scope=\"row\"").Raw("<td class=\"path\">")
                .Text($"{place.Remote ?? place.Repository} {place.Path}:{place.StartLine}-{place.EndLine}").Raw("</td>")
                .Element("td", place.Commit ?? "-").Element("td", place.Licence ?? "unknown").Element("td", place.Snippet ?? "-")
                .Element("td", Cosine(place.Snippet is { } id ? cosines.GetValueOrDefault(id) : null), "class=\"n\"").Raw("</tr>\n");
        }

        foreach (var neighbour in row.Neighbours.Where(neighbour => !shown.Contains(neighbour.Id)))
        {
            markup.Raw("<tr>").Element("th", "neighbour", "scope=\"row\"").Raw("<td></td><td></td><td></td>").Element("td", neighbour.Id)
                .Element("td", Cosine(neighbour.Cosine), "class=\"n\"").Raw("</tr>\n");
        }

        markup.CloseTable();
    }

    private string Cut(string text) =>
        text.Length <= options.MaxCharacters ? text
            : $"{text[..options.MaxCharacters]}\n… {NumberText.Count(text.Length - options.MaxCharacters)} more characters";

    private static string Cosine(double? cosine) => cosine is { } value ? Number(value) : "-";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
