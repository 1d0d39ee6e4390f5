using System.Security.Cryptography;
using System.Text;
using XCoder.Agents.Decontamination;
using XCoder.Agents.Licences;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>
/// Decides row by row what is exported. Keeps 16 bytes of each exported row to recognise duplicates. Use an instance for one pass on one
/// thread.
/// </summary>
/// <param name="options">Selects the rows.</param>
internal sealed class RowFilter(RowFilterOptions options)
{
    private const string NoAssertion = "NOASSERTION";

    private readonly HashSet<UInt128> _exported = [];
    private readonly Dictionary<string, bool> _licences = [];

    /// <summary>Why a row is left out, or null if it is exported.</summary>
    public DropReason? Reject(InstructionRow row)
    {
        var licences = row.Lineage.Select(place => place.Licence).Append(row.Licence);
        return !Has(options.Verdicts, row.Critique.Verdict) ? DropReason.Verdict
            : !Has(options.Datasets, row.Dataset) ? DropReason.Dataset
            : !Has(options.Tasks, row.Task) ? DropReason.Task
            : !Has(options.Statuses, row.Verification.Status) ? DropReason.Status
            : options.Statuses is null && !options.KeepsFailed && row.Verification.HasFailure() ? DropReason.Failed
            : !Has(options.Languages, options.Family(row.SourceLanguage)) || !Has(options.Languages, options.Family(row.TargetLanguage))
                ? DropReason.Language
            : options.Repository is { } repository
                && !row.Lineage.Any(place => place.Role == LineageRole.Seed && place.Repository == repository) ? DropReason.Repository
            : RejectLicences(licences) ?? (options.MinTotal is { } least && !(row.Critique.Total >= least) ? DropReason.Total
            : row.Contamination is not null || options.Benchmarks.Find(row) is not null ? DropReason.Contaminated
            : IsUndecodable(row) ? DropReason.Undecodable
            : !_exported.Add(Print(row)) ? DropReason.Duplicate : null);
    }

    // What an export may write of a row.
    private static bool IsUndecodable(InstructionRow row) =>
        row.Candidates.Select(candidate => candidate.Response).Append(row.Instruction).Append(row.Response).Append(row.Tests)
            .Append(row.IndependentTests).Any(text => text?.Contains('\uFFFD') == true);

    private static bool Has<T>(IReadOnlySet<T>? set, T value) => set is null || set.Contains(value);

    // The row's licence expression joins those of its lineage, yet each is checked again, because an export cannot be recalled.
    private DropReason? RejectLicences(IEnumerable<string?> licences)
    {
        DropReason? reason = null;
        foreach (var licence in licences.Where(licence => !Allows(licence)))
        {
            if (licence is null || licence.Contains(NoAssertion, StringComparison.Ordinal))
            {
                return DropReason.LicenceUnknown;
            }

            reason = DropReason.LicenceNotAllowed;
        }

        return reason;
    }

    private bool Allows(string? licence)
    {
        var key = licence ?? "";
        return _licences.TryGetValue(key, out var known) ? known : _licences[key] = options.Licences.Allows(licence);
    }

    private UInt128 Print(InstructionRow row)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in (ReadOnlySpan<string>)[row.Instruction, row.Response,
            options.ArePreferences ? row.Candidates[0].Response : ""])
        {
            // The byte 0xFF occurs in no UTF-8 text, so it separates the texts unambiguously.
            hash.AppendData(Encoding.UTF8.GetBytes(text.Trim()));
            hash.AppendData([0xFF]);
        }

        return BitConverter.ToUInt128(hash.GetHashAndReset());
    }
}

/// <summary>Selects the rows of an export; a null set selects all.</summary>
public sealed record RowFilterOptions
{
    /// <summary>
    /// Data sets. <see cref="RowKind.Preference"/> selects the better answers of preference pairs and must be named explicitly.
    /// </summary>
    public IReadOnlySet<Dataset>? Datasets { get; init; }

    /// <summary>Verdicts of the critique. Default: accepted rows only.</summary>
    public IReadOnlySet<Verdict>? Verdicts { get; init; } = new HashSet<Verdict> { Verdict.Accept };

    /// <summary>Statuses of the verification; null selects all but what <see cref="KeepsFailed"/> leaves out.</summary>
    public IReadOnlySet<RowStatus>? Statuses { get; init; }

    /// <summary>
    /// Whether rows that failed their verification are exported, and those that failed one of their test sets. Default false. Ignored where
    /// <see cref="Statuses"/> are selected.
    /// </summary>
    public bool KeepsFailed { get; init; }

    /// <summary>Tasks of the rows.</summary>
    public IReadOnlySet<RowTask>? Tasks { get; init; }

    /// <summary>Languages by family; both the source and the target of a row must be among them.</summary>
    public IReadOnlySet<string>? Languages { get; init; }

    /// <summary>Name of the repository that at least one seed of a row must come from.</summary>
    public string? Repository { get; init; }

    /// <summary>Maps a language id to the language that it is a dialect of, or to itself.</summary>
    public Func<string, string> Family { get; init; } = language => language;

    /// <summary>Licences that are allowed for every part of a row. Default: permissive ones.</summary>
    public LicencePolicy Licences { get; init; } = LicencePolicy.Parse("permissive");

    /// <summary>Benchmarks that no exported row may hold parts of. Default: those that ship with the library.</summary>
    public ContaminationDetector Benchmarks { get => field ?? BenchmarkLibrary.Shipped; init; }

    /// <summary>Whether to export preference pairs instead of their rows; set by the export's format.</summary>
    internal bool ArePreferences { get; init; }

    /// <summary>Least total of the critique, in [0, 10]; rows without scores are then left out. Null, the default, sets no limit.</summary>
    public double? MinTotal { get; init; }
}

/// <summary>The rows and notices that an export reads.</summary>
/// <param name="Rows">Starts to read the rows; each call starts from the beginning and returns the same rows.</param>
/// <param name="Notices">All notices by id; rows refer to them.</param>
/// <param name="Attribution">Writes the attribution file.</param>
internal sealed record RowSource(Func<IEnumerable<InstructionRow>> Rows, IReadOnlyDictionary<string, LicenceNotice> Notices,
    AttributionText Attribution)
{
    /// <summary>Reads the rows that pass a filter and counts all rows; sensitive values in their lineage are replaced.</summary>
    internal IEnumerable<InstructionRow> Select(RowFilterOptions options, LineageGuard guard, ExportSummary summary,
        CancellationToken cancellation)
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
        options.ArePreferences ? PreferenceRows.Of(row) : options.Datasets?.Contains(RowKind.Preference.Dataset) == true
            ? PreferenceRows.Of(row).Prepend(row) : [row];

    /// <summary>Writes the attribution of the rows that pass a filter.</summary>
    internal void WriteAttribution(TextWriter writer, RowFilterOptions options, LineageGuard guard, CancellationToken cancellation) =>
        Attribution(writer, Notices.ToDictionary(notice => notice.Key, notice => guard.Apply(notice.Value)),
            Select(options, guard, new ExportSummary(), cancellation));
}

/// <summary>
/// Turns preference pairs into rows of their own (Ds4): the better answer becomes the response, the worse one the only candidate, and their
/// comparison the only preference. These rows are computed when they are read and stored nowhere, so nothing is kept twice.
/// </summary>
internal static class PreferenceRows
{
    private const int Digits = 20;

    /// <summary>The preference pairs of a row, widest margin first.</summary>
    public static IEnumerable<InstructionRow> Of(InstructionRow row)
    {
        foreach (var preference in row.Preferences)
        {
            var (chosen, rejected) = (Answer(row, preference.Chosen), Answer(row, preference.Rejected));
            yield return row with
            {
                Id = RowId.Hash(row.Id, chosen.Response, rejected.Response)[..Digits],
                Dataset = RowKind.Preference.Dataset,
                Response = chosen.Response,
                Verification = chosen.Verification ?? row.Verification,
                Candidates = [rejected],
                Preferences = [preference with { Chosen = 0, Rejected = 1 }],
            };
        }
    }

    private static RowCandidate Answer(InstructionRow row, int number) =>
        number == 0 ? new RowCandidate(row.Response, row.Verification) : row.Candidates[number - 1];
}
