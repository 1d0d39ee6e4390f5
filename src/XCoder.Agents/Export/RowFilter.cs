using System.Security.Cryptography;
using System.Text;
using XCoder.Agents.Decontamination;
using XCoder.Agents.Licences;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>
/// Decides row by row what is exported. Keeps 16 bytes of each exported row, to know it again. One pass, one thread.
/// </summary>
/// <param name="options">Which rows.</param>
internal sealed class RowFilter(RowFilterOptions options)
{
    private const string NoAssertion = "NOASSERTION";

    private readonly HashSet<UInt128> _exported = [];
    private readonly Dictionary<string, bool> _licences = [];

    /// <summary>Why a row is left out, or null for a row that is exported.</summary>
    public DropReason? Reject(InstructionRow row)
    {
        var licences = row.Lineage.Select(place => place.Licence).Append(row.Licence);
        return !Has(options.Verdicts, row.Critique.Verdict) ? DropReason.Verdict
            : !Has(options.Datasets, row.Dataset) ? DropReason.Dataset
            : !Has(options.Tasks, row.Task) ? DropReason.Task
            : !Has(options.Statuses, row.Verification.Status) ? DropReason.Status
            : !Has(options.Languages, options.Family(row.SourceLanguage)) || !Has(options.Languages, options.Family(row.TargetLanguage))
                ? DropReason.Language
            : options.Repository is { } repository
                && !row.Lineage.Any(place => place.Role == LineageRole.Seed && place.Repository == repository) ? DropReason.Repository
            : RejectLicences(licences) ?? (options.MinTotal is { } least && !(row.Critique.Total >= least) ? DropReason.Total
            : row.Contamination is not null || options.Benchmarks.Find(row) is not null ? DropReason.Contaminated
            : !_exported.Add(Print(row)) ? DropReason.Duplicate : null);
    }

    private static bool Has<T>(IReadOnlySet<T>? set, T value) => set is null || set.Contains(value);

    // The row's own expression joins those of its lineage; each is looked at again, since an export cannot be called back.
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
            // No UTF-8 text holds this byte: where one ends and the next begins counts.
            hash.AppendData(Encoding.UTF8.GetBytes(text.Trim()));
            hash.AppendData([0xFF]);
        }

        return BitConverter.ToUInt128(hash.GetHashAndReset());
    }
}

/// <summary>Which rows are exported; a null set means all.</summary>
public sealed record RowFilterOptions
{
    /// <summary>
    /// Data sets. <see cref="RowKind.Preference"/>, which must be named, stands for the better answers of preference pairs.
    /// </summary>
    public IReadOnlySet<Dataset>? Datasets { get; init; }

    /// <summary>Verdicts. Default: accepted rows alone.</summary>
    public IReadOnlySet<Verdict>? Verdicts { get; init; } = new HashSet<Verdict> { Verdict.Accept };

    /// <summary>Statuses of the verification.</summary>
    public IReadOnlySet<RowStatus>? Statuses { get; init; }

    /// <summary>Tasks.</summary>
    public IReadOnlySet<RowTask>? Tasks { get; init; }

    /// <summary>Languages by family; a row's source and target must both be among them.</summary>
    public IReadOnlySet<string>? Languages { get; init; }

    /// <summary>Repository that one of a row's seeds must be of.</summary>
    public string? Repository { get; init; }

    /// <summary>Gives the language that a language id is a dialect of, or the id.</summary>
    public Func<string, string> Family { get; init; } = language => language;

    /// <summary>Licences that everything in a row must be under. Default: permissive ones.</summary>
    public LicencePolicy Licences { get; init; } = LicencePolicy.Parse("permissive");

    /// <summary>Benchmarks that no exported row may hold parts of. Default: those that ship.</summary>
    public ContaminationDetector Benchmarks { get; init; } = BenchmarkLibrary.Shipped;

    /// <summary>Whether preference pairs are wanted in place of the rows they come from: an export's format says.</summary>
    internal bool ArePreferences { get; init; }

    /// <summary>Least total of the critique, [0, 10]; a row without scores is then left out. Default: none.</summary>
    public double? MinTotal { get; init; }
}

/// <summary>Where an export reads from.</summary>
/// <param name="Rows">Begins to read the rows; each call begins anew and gives the same.</param>
/// <param name="Notices">Notices by id.</param>
/// <param name="Attribution">Writes the attribution file.</param>
internal sealed record RowSource(Func<IEnumerable<InstructionRow>> Rows, IReadOnlyDictionary<string, LicenceNotice> Notices,
    AttributionText Attribution)
{
    /// <summary>The rows that pass a filter, counted as they pass, their lineage guarded.</summary>
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
/// Preference pairs as rows of their own (Ds4): the better answer is the response, the worse one the only candidate, what tells
/// them apart the only preference. They are read off the rows they come from and stored nowhere else, so that nothing is kept twice.
/// </summary>
internal static class PreferenceRows
{
    private const int Digits = 20;

    /// <summary>The pairs of a row, widest margin first.</summary>
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
