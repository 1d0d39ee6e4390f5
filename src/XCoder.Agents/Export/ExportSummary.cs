using System.Runtime.InteropServices;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>What an export wrote and left out.</summary>
public sealed class ExportSummary
{
    private readonly Dictionary<DropReason, long> _dropped = [];
    private readonly Dictionary<(string Source, string Target), long> _pairs = [];
    private readonly Dictionary<string, SortedDictionary<string, long>> _counts = [];
    private readonly List<ExportedFile> _files = [];

    /// <summary>Rows looked at.</summary>
    public long Seen { get; private set; }

    /// <summary>Rows exported.</summary>
    public long Exported { get; private set; }

    /// <summary>Time of the newest exported row, or null where there is none.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <summary>Rows left out, by reason.</summary>
    public IReadOnlyDictionary<DropReason, long> Dropped => _dropped;

    /// <summary>Exported rows by source and target language.</summary>
    public IReadOnlyDictionary<(string Source, string Target), long> Pairs => _pairs;

    /// <summary>Files written, in order; empty for a stream.</summary>
    public IReadOnlyList<ExportedFile> Files => _files;

    /// <summary>Exported rows by a fact: <c>dataset</c>, <c>task</c>, <c>verdict</c>, <c>status</c>, <c>licence</c>, <c>model</c>, <c>prompts</c>.</summary>
    public IReadOnlyDictionary<string, long> By(string fact) => _counts.TryGetValue(fact, out var counts) ? counts : new SortedDictionary<string, long>();

    internal void Drop(DropReason reason)
    {
        Seen++;
        CollectionsMarshal.GetValueRefOrAddDefault(_dropped, reason, out _)++;
    }

    internal void Keep(InstructionRow row)
    {
        Seen++;
        Exported++;
        Newest = Newest > row.CreatedAt ? Newest : row.CreatedAt;
        CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (row.SourceLanguage, row.TargetLanguage), out _)++;
        Count("dataset", row.Dataset.Name);
        Count("task", RowNames.Of(row.Task));
        Count("verdict", RowNames.Of(row.Critique.Verdict));
        Count("status", RowNames.Of(row.Verification.Status));
        Count("licence", row.Licence ?? "unknown");
        Count("model", row.Model ?? "none");
        Count("prompts", row.PromptHash);
    }

    internal void Add(IEnumerable<ExportedFile> files) => _files.AddRange(files);

    private void Count(string fact, string value)
    {
        ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, fact, out _);
        counts ??= new SortedDictionary<string, long>(StringComparer.Ordinal);
        counts[value] = counts.GetValueOrDefault(value) + 1;
    }
}
