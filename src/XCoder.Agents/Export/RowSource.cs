using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>Where an export reads from.</summary>
/// <param name="Rows">Begins to read the rows; each call begins anew and gives the same.</param>
/// <param name="Notices">Notices by id.</param>
/// <param name="Attribution">Writes the attribution file.</param>
internal sealed record RowSource(Func<IEnumerable<InstructionRow>> Rows, IReadOnlyDictionary<string, LicenceNotice> Notices, AttributionText Attribution)
{
    /// <summary>The rows that pass a filter, counted as they pass, their lineage guarded.</summary>
    internal IEnumerable<InstructionRow> Select(RowFilterOptions options, LineageGuard guard, ExportSummary summary, CancellationToken cancellation)
    {
        var filter = new RowFilter(options);
        foreach (var row in Rows().SelectMany(row => Expand(row, options)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (filter.Reject(row) is { } reason)
            {
                summary.Drop(reason);
                continue;
            }

            summary.Keep(row);
            yield return guard.Apply(row);
        }
    }

    private static IEnumerable<InstructionRow> Expand(InstructionRow row, RowFilterOptions options) =>
        options.ArePreferences ? PreferenceRows.Of(row) : options.Datasets?.Contains(RowKind.Preference.Dataset) == true ? PreferenceRows.Of(row).Prepend(row) : [row];

    /// <summary>Writes the attribution of the rows that pass a filter.</summary>
    internal void WriteAttribution(string path, RowFilterOptions options, LineageGuard guard, CancellationToken cancellation)
    {
        using var writer = new StreamWriter(path, append: false, new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        Attribution(writer, Notices.ToDictionary(notice => notice.Key, notice => guard.Apply(notice.Value)), Select(options, guard, new ExportSummary(), cancellation));
    }
}
