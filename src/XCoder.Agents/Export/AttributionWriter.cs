using System.Globalization;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Export;

/// <summary>Writes ATTRIBUTION.md: every repository that the rows come from, its licences, and each notice once.</summary>
internal static class AttributionWriter
{
    private const string Special = "\\`*_{}[]<>#|!&~";

    /// <summary>Writes the file. The text does not depend on the order of the rows and notices.</summary>
    /// <param name="writer">Receives the text; stays open.</param>
    /// <param name="rows">The exported rows, read once.</param>
    /// <param name="notices">All notices by id; notices that no row names are left out.</param>
    public static void Write(TextWriter writer, IEnumerable<InstructionRow> rows, IReadOnlyDictionary<string, LicenceNotice> notices)
    {
        var (sources, count) = (new SortedDictionary<string, Source>(StringComparer.Ordinal), 0L);
        var named = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            count++;
            named.UnionWith(row.Notices);
            foreach (var place in row.Lineage)
            {
                var key = $"{place.Repository}\n{place.Remote}\n{place.Commit}";
                var source = sources.TryGetValue(key, out var known) ? known
                    : sources[key] = new Source(place.Repository, place.Remote, place.Commit);
                source.Add(place.Licence, row.Notices.Select(notices.GetValueOrDefault).OfType<LicenceNotice>());
            }
        }

        Line(writer, "# Attribution\n");
        Line(writer, string.Create(CultureInfo.InvariantCulture,
            $"{count} rows were made from code of {sources.Count} repositories. Their licences require these notices.\n"));
        Line(writer, "## Repositories\n");
        foreach (var source in sources.Values)
        {
            source.Write(writer);
        }

        Line(writer, "\n## Notices");
        foreach (var notice in named.Select(notices.GetValueOrDefault).OfType<LicenceNotice>())
        {
            Line(writer, $"\n### {notice.Id}\n");
            Line(writer, $"{Escape(notice.Spdx)}, from {Escape(notice.Source)} in {Escape(notice.Repository)}\n");
            var fence = CodeFence.For(notice.Text);
            Line(writer, $"{fence}text\n{SafeText.ForLines(notice.Text)}\n{fence}");
        }
    }

    // Lines end with \n on every system.
    private static void Line(TextWriter writer, string text) => writer.Write(text + "\n");

    private static string Escape(string text)
    {
        var safe = SafeText.ForTerminal(text);
        return string.Concat(safe.Select(static c => Special.Contains(c) ? $"\\{c}" : c.ToString()));
    }

    private sealed class Source(string name, string? remote, string? commit)
    {
        private readonly SortedSet<string> _licences = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _notices = new(StringComparer.Ordinal);

        // A row does not say which repository its notices belong to. Takes those read in this repository, or else those with its licence.
        public void Add(string? licence, IEnumerable<LicenceNotice> notices)
        {
            _licences.Add(licence ?? "unknown");
            var fitting = notices.Where(notice => notice.Spdx == licence).ToList();
            var own = fitting.Where(notice => notice.Repository == name).ToList();
            _notices.UnionWith((own.Count > 0 ? own : fitting).Select(static notice => notice.Id));
        }

        public void Write(TextWriter writer)
        {
            Line(writer, $"- **{Escape(name)}**: {string.Join("; ", _licences.Select(Escape))}");
            Line(writer, $"  - address: {(remote == null ? "unknown" : Escape(remote))}, "
                + $"commit: {(commit == null ? "unknown" : Escape(commit))}");
            if (_notices.Count > 0)
            {
                Line(writer, $"  - notices: {string.Join(", ", _notices)}");
            }
        }
    }
}

/// <summary>Writes an attribution file: the authors of exported rows and the notices that their licences require.</summary>
/// <param name="writer">Receives the text.</param>
/// <param name="notices">All notices by id; rows refer to them.</param>
/// <param name="rows">The exported rows, read lazily and once.</param>
internal delegate void AttributionText(TextWriter writer, IReadOnlyDictionary<string, LicenceNotice> notices,
    IEnumerable<InstructionRow> rows);
