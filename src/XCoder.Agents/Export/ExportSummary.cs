using System.Runtime.InteropServices;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>Counts of the rows that an export wrote and left out.</summary>
public sealed class ExportSummary
{
    private readonly Dictionary<DropReason, long> _dropped = [];
    private readonly Dictionary<(string Source, string Target), long> _pairs = [];
    private readonly Dictionary<string, SortedDictionary<string, long>> _counts = [];
    private readonly List<ExportedFile> _files = [];

    /// <summary>Number of rows read.</summary>
    public long Seen { get; private set; }

    /// <summary>Number of rows exported.</summary>
    public long Exported { get; private set; }

    /// <summary>Creation time of the newest exported row, or null if there is none.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <summary>Number of rows left out, by reason.</summary>
    public IReadOnlyDictionary<DropReason, long> Dropped => _dropped;

    /// <summary>Number of exported rows by source and target language.</summary>
    public IReadOnlyDictionary<(string Source, string Target), long> Pairs => _pairs;

    /// <summary>Files written, in order; empty for a stream.</summary>
    public IReadOnlyList<ExportedFile> Files => _files;

    /// <summary>
    /// Number of exported rows by the values of a fact: <c>dataset</c>, <c>task</c>, <c>verdict</c>, <c>status</c>, <c>licence</c>,
    /// <c>model</c> or <c>prompts</c>.
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
        foreach (var (list, id) in row.Drawn ?? new Dictionary<string, string>())
        {
            Count("drawn " + list, id);
        }
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
/// <param name="Path">Path relative to the exported folder, or the file's name.</param>
/// <param name="Rows">Number of records.</param>
/// <param name="Bytes">Size in bytes.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 hexadecimal digits.</param>
public sealed record ExportedFile(string Path, long Rows, long Bytes, string Sha256);

/// <summary>Why a row was not exported: the first reason that holds, in this order.</summary>
public enum DropReason
{
    /// <summary>The verdict is not selected.</summary>
    Verdict,

    /// <summary>The data set is not selected.</summary>
    Dataset,

    /// <summary>The task is not selected.</summary>
    Task,

    /// <summary>The verification status is not selected.</summary>
    Status,

    /// <summary>The row failed its verification or one of its test sets, and no status is selected.</summary>
    Failed,

    /// <summary>The source or the target language is not selected.</summary>
    Language,

    /// <summary>None of the seeds is from the selected repository.</summary>
    Repository,

    /// <summary>The licence of the row or of a part of its lineage is unknown.</summary>
    LicenceUnknown,

    /// <summary>The licence of the row or of a part of its lineage is not allowed.</summary>
    LicenceNotAllowed,

    /// <summary>The critique's total is too low or missing.</summary>
    Total,

    /// <summary>The row holds part of a benchmark.</summary>
    Contaminated,

    /// <summary>The row holds U+FFFD, which stands for bytes or characters that could not be decoded.</summary>
    Undecodable,

    /// <summary>An earlier exported row has the same instruction and response.</summary>
    Duplicate,
}

/// <summary>Renders reasons as text.</summary>
public static class DropText
{
    /// <summary>The reason in words.</summary>
    public static string Of(DropReason reason) => reason switch
    {
        DropReason.Verdict => "verdict not selected",
        DropReason.Dataset => "data set not selected",
        DropReason.Task => "task not selected",
        DropReason.Status => "verification status not selected",
        DropReason.Failed => "failed its verification or a test set",
        DropReason.Language => "language not selected",
        DropReason.Repository => "repository not selected",
        DropReason.LicenceUnknown => "licence unknown",
        DropReason.LicenceNotAllowed => "licence not allowed",
        DropReason.Total => "total too low or missing",
        DropReason.Contaminated => "holds part of a benchmark",
        DropReason.Undecodable => "holds characters that could not be decoded",
        DropReason.Duplicate => "duplicate of an exported row",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>The reason in kebab case for scripts, for example <c>licence-unknown</c>.</summary>
    public static string NameOf(DropReason reason) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString());
}
