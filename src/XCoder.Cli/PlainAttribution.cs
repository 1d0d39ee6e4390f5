using XCoder.Agents.Rows;
using XCoder.Analysis.Reports;

namespace XCoder.Cli;

/// <summary>The attribution file at its plainest: sources, and the notices in full.</summary>
internal static class PlainAttribution
{
    public static void Write(TextWriter writer, IReadOnlyDictionary<string, LicenceNotice> notices, IEnumerable<InstructionRow> rows)
    {
        var (sources, used) = (new SortedSet<string>(StringComparer.Ordinal), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var row in rows)
        {
            sources.UnionWith(row.Lineage.Select(place => $"{place.Repository} {place.Remote} {place.Commit} {place.Licence ?? "licence unknown"}"));
            used.UnionWith(row.Notices);
        }

        writer.WriteLine("# Attribution\n");
        foreach (var source in sources)
        {
            writer.WriteLine($"    {SafeText.ForTerminal(source)}");
        }

        foreach (var notice in used.Select(id => notices.GetValueOrDefault(id)).OfType<LicenceNotice>())
        {
            writer.WriteLine($"\n## {notice.Id}\n");
            foreach (var line in SafeText.ForLines($"{notice.Spdx} {notice.Repository} {notice.Source}\n\n{notice.Text}").Split('\n'))
            {
                writer.WriteLine($"    {line}");
            }
        }
    }
}
