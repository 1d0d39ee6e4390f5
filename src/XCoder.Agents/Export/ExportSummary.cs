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

    /// <summary>
    /// Exported rows by a fact: <c>dataset</c>, <c>task</c>, <c>verdict</c>, <c>status</c>, <c>licence</c>, <c>model</c>, <c>prompts</c>.
    /// </summary>
    public IReadOnlyDictionary<string, long> By(string fact) =>
        _counts.TryGetValue(fact, out var counts) ? counts : new SortedDictionary<string, long>();

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

/// <summary>A file of records.</summary>
/// <param name="Path">Path below the folder, or its name.</param>
/// <param name="Rows">Records in it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 hex digits.</param>
public sealed record ExportedFile(string Path, long Rows, long Bytes, string Sha256);

/// <summary>Why a row was not exported; the first that holds, in this order.</summary>
public enum DropReason
{
    /// <summary>Its verdict was not asked for.</summary>
    Verdict,

    /// <summary>Its data set was not asked for.</summary>
    Dataset,

    /// <summary>Its task was not asked for.</summary>
    Task,

    /// <summary>Its status was not asked for.</summary>
    Status,

    /// <summary>One of its languages was not asked for.</summary>
    Language,

    /// <summary>None of its seeds is of the repository that was asked for.</summary>
    Repository,

    /// <summary>The licence of something in it is unknown.</summary>
    LicenceUnknown,

    /// <summary>The licence of something in it is not among those allowed.</summary>
    LicenceNotAllowed,

    /// <summary>Its total is too low, or it has none.</summary>
    Total,

    /// <summary>It holds part of a benchmark.</summary>
    Contaminated,

    /// <summary>A row before it has the same instruction and response.</summary>
    Duplicate,
}

/// <summary>Reasons for people.</summary>
public static class DropText
{
    /// <summary>A reason in words.</summary>
    public static string Of(DropReason reason) => reason switch
    {
        DropReason.Verdict => "verdict not asked for",
        DropReason.Dataset => "data set not asked for",
        DropReason.Task => "task not asked for",
        DropReason.Status => "verification not asked for",
        DropReason.Language => "language not asked for",
        DropReason.Repository => "repository not asked for",
        DropReason.LicenceUnknown => "licence unknown",
        DropReason.LicenceNotAllowed => "licence not allowed",
        DropReason.Total => "total too low or missing",
        DropReason.Contaminated => "holds part of a benchmark",
        DropReason.Duplicate => "duplicate of an exported row",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>A reason as scripts read it, for example <c>licence-unknown</c>.</summary>
    public static string NameOf(DropReason reason) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString());
}
