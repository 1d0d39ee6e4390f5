using System.Security.Cryptography;
using System.Text;
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
            : !Has(options.Languages, options.Family(row.SourceLanguage)) || !Has(options.Languages, options.Family(row.TargetLanguage)) ? DropReason.Language
            : options.Repository is { } repository && !row.Lineage.Any(place => place.Role == LineageRole.Seed && place.Repository == repository) ? DropReason.Repository
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
        foreach (var text in (ReadOnlySpan<string>)[row.Instruction, row.Response, options.ArePreferences ? row.Candidates[0].Response : ""])
        {
            // No UTF-8 text holds this byte: where one ends and the next begins counts.
            hash.AppendData(Encoding.UTF8.GetBytes(text.Trim()));
            hash.AppendData([0xFF]);
        }

        return BitConverter.ToUInt128(hash.GetHashAndReset());
    }
}
