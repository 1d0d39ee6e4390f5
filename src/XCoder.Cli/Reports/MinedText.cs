using Spectre.Console;
using XCoder.Agents.Mining;
using XCoder.Agents.Rows;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>Renders the result of mining for a terminal.</summary>
internal static class MinedText
{
    /// <summary>Writes the rows by task and language pair, and what was left out and why.</summary>
    public static void Write(IAnsiConsole console, MinedSummary summary)
    {
        console.Paragraph(FormattableString.Invariant(
            $"Mined: {MinedReport.Line(summary)}; expected precision of the pairs: {summary.Precision:0.00##}"));
        if (summary.Rows.Count > 0)
        {
            console.Line();
            var table = new ReportTable(new ReportColumn("Task", 3), new ReportColumn("From", 2), new ReportColumn("To", 1),
                new ReportColumn("Rows", 4, IsNumber: true));
            foreach (var ((task, source, target), rows) in summary.Rows.OrderBy(row => row.Key.Task).ThenByDescending(row => row.Value)
                .ThenBy(row => row.Key.Source, StringComparer.Ordinal).ThenBy(row => row.Key.Target, StringComparer.Ordinal))
            {
                table.Add(RowNames.Of(task), source, target, NumberText.Count(rows));
            }

            table.Write(console);
            console.Line();
        }

        WriteDrops(console, "Functions left out", summary, MinedDrop.Test, MinedDrop.Long);
        WriteDrops(console, "Pairs left out", summary, MinedDrop.Trivial, MinedDrop.Enough);
        WriteDrops(console, "Rows left out", summary, MinedDrop.Documentation, MinedDrop.Declaration);
        if (summary.Rows.Count == 0)
        {
            console.Paragraph("Mining takes functions that do the same in two languages, and documented ones: 'xcoder index PATH' of more "
                + "code gives it some.");
        }

        if (summary.Redactions.Count > 0)
        {
            console.Paragraph(
                "Replaced: "
                    + string.Join(", ", summary.Redactions.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                        .Select(pair => $"{NumberText.Count(pair.Value)} {pair.Key}")));
        }
    }

    private static void WriteDrops(IAnsiConsole console, string title, MinedSummary summary, MinedDrop first, MinedDrop last)
    {
        var drops = summary.Drops.Where(drop => drop.Key >= first && drop.Key <= last).OrderBy(drop => drop.Key).ToList();
        if (drops.Count > 0)
        {
            console.Paragraph($"{title}: " + string.Join(", ", drops.Select(drop => $"{NumberText.Count(drop.Value)} {Name(drop.Key)}")));
        }
    }

    private static string Name(MinedDrop drop) => drop switch
    {
        MinedDrop.Test => "tests",
        MinedDrop.Errors => "with syntax errors",
        MinedDrop.Short => "too short",
        MinedDrop.Long => "too long",
        MinedDrop.Trivial => "trivial",
        MinedDrop.Size => "of different size",
        MinedDrop.Name => "with different names",
        MinedDrop.Content => "with different content",
        MinedDrop.Doubtful => "too doubtful for the precision wanted",
        MinedDrop.Partner => "with a better or equal partner",
        MinedDrop.Duplicate => "copies",
        MinedDrop.Enough => "of a concept or repository that has enough",
        MinedDrop.Documentation => "with too little documentation",
        MinedDrop.Declaration => "of declarations without a body",
        MinedDrop.Callback => "of callbacks",
        MinedDrop.Licence => "under a licence not allowed",
        MinedDrop.Redacted => "with secrets",
        MinedDrop.Benchmark => "with parts of benchmarks",
        MinedDrop.Controls => "with control characters, endless lines or characters that could not be decoded",
        _ => "without style examples",
    };
}
