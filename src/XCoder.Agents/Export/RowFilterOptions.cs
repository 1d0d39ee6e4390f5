using XCoder.Agents.Decontamination;
using XCoder.Agents.Licences;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>Which rows are exported; a null set means all.</summary>
public sealed record RowFilterOptions
{
    /// <summary>Data sets. <see cref="RowKind.Preference"/>, which must be named, stands for the better answers of preference pairs.</summary>
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
