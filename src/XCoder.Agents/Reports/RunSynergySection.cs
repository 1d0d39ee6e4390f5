using System.Globalization;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Reports;

/// <summary>Writes the synergy matrix.</summary>
internal sealed class RunSynergySection(Markup markup, RunReport report)
{
    private readonly SynergyMatrix _matrix = report.Synergy;

    public void Write()
    {
        markup.Raw("<section id=\"synergy\"><h2>Synergy</h2>\n");
        if (_matrix.Cells.Count == 0)
        {
            markup.Element("p", _matrix.Unplaced > 0 ? "The language of the neighbours that these rows were shown is not recorded."
                : "No row written by agents was shown a neighbour, so there is nothing to compare.", "class=\"note\"").Raw("</section>\n");
            return;
        }

        markup.Element("p", _matrix.IsExecuted
            ? "A row is good if the critique accepts it and its tests pass."
            : "No row's tests have run yet, so a row counts as good if the critique accepts it. 'xcoder verify' runs the tests.",
            _matrix.IsExecuted ? "class=\"note\"" : "class=\"note marked\"");
        LeftOut();
        var targets = _matrix.Cells.Select(cell => cell.Target).Distinct().ToList();
        markup.OpenTable(
            $"Share of good rows by language of the best neighbour (down) and of the response (across), minus the share of good held-out "
                + $"rows, which were shown no neighbours; 95 % interval; n with and without neighbours; hit: seeds that were shown a "
                    + $"neighbour with cosine {NumberText.Plain(_matrix.LeastCosine)} or more",
            ["Neighbours in", .. targets.Select(target => "#" + target)]);
        foreach (var row in _matrix.Cells.GroupBy(cell => cell.Source))
        {
            markup.Raw("<tr>").Element("th", row.Key, "scope=\"row\"");
            foreach (var cell in row)
            {
                WriteCell(cell);
            }

            markup.Raw("</tr>\n");
        }

        WriteHeldOut(targets);
        markup.CloseTable().Raw("</section>\n");
    }

    private void LeftOut()
    {
        var reasons = new (long Rows, string Reason)[]
        {
            (_matrix.NotVerified, "not verified yet"), (_matrix.Unverifiable, "cannot be verified here"),
            (_matrix.Unplaced, "without a record of their neighbours' language"),
        }.Where(reason => reason.Rows > 0).Select(reason => $"{NumberText.Count(reason.Rows)} {reason.Reason}").ToList();
        if (reasons.Count > 0)
        {
            markup.Element("p", $"Left out of {NumberText.Count(_matrix.Rows, "row")}: {string.Join(", ", reasons)}.", "class=\"note\"");
        }
    }

    private void WriteCell(SynergyCell cell)
    {
        // Coloured if the interval excludes zero.
        var shade = cell is { IsKnown: true, Interval: { } known } ? known.Low > 0 ? " up" : known.High < 0 ? " down" : "" : "";
        markup.Raw($"<td class=\"n{shade}\" data-v=\"{NumberText.Plain(cell.Synergy ?? 0)}\">")
            .Text(cell.Synergy is { } synergy ? Signed(synergy) : "unknown");
        if (cell.Interval is { } interval)
        {
            markup.Element("small", $"{Signed(interval.Low)} to {Signed(interval.High)}");
        }

        markup.Element("small", $"n {NumberText.Count(cell.Rows)}, {NumberText.Count(cell.HeldOut)}");
        if (cell.Seeds > 0)
        {
            markup.Element("small", $"hit {NumberText.Share(cell.Hits, cell.Seeds)} of {NumberText.Count(cell.Seeds)}");
        }

        markup.Raw("</td>");
    }

    private void WriteHeldOut(IEnumerable<string> targets)
    {
        markup.Raw("<tr>").Element("th", "none (held out): share good", "scope=\"row\"");
        foreach (var cell in targets.Select(target => _matrix.Cells.First(cell => cell.Target == target)))
        {
            var share = cell.HeldOut == 0 ? null : Estimate.Counted(cell.HeldOutGood, cell.HeldOut);
            markup.Raw($"<td class=\"n\" data-v=\"{NumberText.Plain(share?.Value ?? 0)}\">")
                .Text(share is null ? "unknown" : Share(share.Value));
            if (share is not null)
            {
                markup.Element("small", $"{Share(share.Low)} to {Share(share.High)}");
            }

            markup.Element("small", $"n {NumberText.Count(cell.HeldOut)}").Raw("</td>");
        }

        markup.Raw("</tr>\n");
    }

    private static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
