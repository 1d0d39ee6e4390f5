using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>Computes the coverage report for a selection of the store.</summary>
internal static class CoverageAnalysis
{
    /// <summary>Counts files and snippets by repository and by language.</summary>
    public static CoverageReport Run(SnippetStore store, StoreSelection selection)
    {
        var counts = store.CoverageCounts(selection);
        var skips = store.SkipCounts(selection);
        var facts = store.Repositories().ToDictionary(row => row.Repository.Name, row => row.Repository);
        var names = counts.Select(count => count.Repository).Concat(skips.Select(skip => skip.Repository)).Distinct()
            .Order(StringComparer.Ordinal);
        var repositories = names.Select(name => Describe(
            facts[name], [.. counts.Where(count => count.Repository == name)],
            [.. skips.Where(skip => skip.Repository == name).Select(skip => skip.Skip)])).ToList();
        return new CoverageReport(
            Files(counts, [.. skips.Select(skip => skip.Skip)]),
            counts.Sum(count => count.Bytes),
            Languages(counts, [.. skips.Select(skip => skip.Skip)]),
            repositories,
            [.. skips.Where(skip => skip.Skip.Reason.IsLoss())
                .Select(skip => new FileLoss(skip.Repository, skip.Skip.Path, skip.Skip.Reason.Name(), skip.Skip.Detail ?? ""))]);
    }

    private static RepositoryCoverage Describe(Repository repository, IReadOnlyList<CoverageCounts> counts,
        IReadOnlyList<SkipRecord> skips) => new(
        repository.Name,
        repository.Remote,
        repository.Commit,
        Files(counts, skips),
        counts.Sum(count => count.Bytes),
        Languages(counts, skips),
        [.. counts.GroupBy(count => count.Licence).Select(group => KeyValuePair.Create(group.Key, group.Sum(count => count.Files)))
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)]);

    private static FileCounts Files(IReadOnlyList<CoverageCounts> counts, IReadOnlyList<SkipRecord> skips)
    {
        var parsed = counts.Sum(count => count.Files);
        var skipped = Reasons(skips);
        return new FileCounts(parsed + skipped.Values.Sum(), parsed, counts.Sum(count => count.WithErrors), skipped,
            counts.Sum(count => count.InvalidUtf8));
    }

    private static SortedDictionary<string, int> Reasons(IEnumerable<SkipRecord> skips)
    {
        var reasons = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var skip in skips)
        {
            reasons[skip.Reason.Name()] = reasons.GetValueOrDefault(skip.Reason.Name()) + skip.Files;
        }

        return reasons;
    }

    private static List<LanguageCoverage> Languages(IReadOnlyList<CoverageCounts> counts, IReadOnlyList<SkipRecord> skips)
    {
        var known = skips.Where(skip => skip.Language is not null).ToLookup(skip => skip.Language!);
        return [.. counts.Select(count => count.Language).Concat(known.Select(group => group.Key)).Distinct()
            .Select(language => Language(language, [.. counts.Where(count => count.Language == language)], known[language]))
            .OrderByDescending(language => language.Bytes).ThenBy(language => language.Language, StringComparer.Ordinal)];
    }

    private static LanguageCoverage Language(string language, IReadOnlyList<CoverageCounts> counts, IEnumerable<SkipRecord> skips) => new()
    {
        Language = language,
        Files = counts.Sum(count => count.Files),
        WithErrors = counts.Sum(count => count.WithErrors),
        Skipped = Reasons(skips),
        Bytes = counts.Sum(count => count.Bytes),
        Functions = counts.Sum(count => count.Functions),
        Structures = counts.Sum(count => count.Structures),
        Documented = counts.Sum(count => count.Documented),
        Tests = counts.Sum(count => count.Tests),
        OutsideBytes = counts.Sum(count => count.Outside),
    };
}

/// <summary>The content of a workspace, or of a part of it.</summary>
/// <param name="Files">What became of all files.</param>
/// <param name="Bytes">Number of bytes parsed.</param>
/// <param name="Languages">Coverage by language over all repositories, most bytes first.</param>
/// <param name="Repositories">Coverage by repository, ordered by name.</param>
/// <param name="Losses">Files that should have been processed but were not.</param>
public sealed record CoverageReport(
    FileCounts Files,
    long Bytes,
    IReadOnlyList<LanguageCoverage> Languages,
    IReadOnlyList<RepositoryCoverage> Repositories,
    IReadOnlyList<FileLoss> Losses);

/// <summary>Coverage of one repository.</summary>
/// <param name="Repository">Name in the workspace.</param>
/// <param name="Remote">Address without credentials, or null.</param>
/// <param name="Commit">Commit of HEAD, or null.</param>
/// <param name="Files">What became of its files.</param>
/// <param name="Bytes">Number of bytes parsed.</param>
/// <param name="Languages">Coverage by language, most bytes first.</param>
/// <param name="Licences">Number of parsed files by SPDX expression (<c>none</c> if unknown), most files first.</param>
public sealed record RepositoryCoverage(
    string Repository,
    string? Remote,
    string? Commit,
    FileCounts Files,
    long Bytes,
    IReadOnlyList<LanguageCoverage> Languages,
    IReadOnlyList<KeyValuePair<string, int>> Licences);

/// <summary>Coverage of one language, in one repository or in all.</summary>
public sealed record LanguageCoverage
{
    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>Number of parsed files.</summary>
    public int Files { get; init; }

    /// <summary>Number of parsed files with syntax errors.</summary>
    public int WithErrors { get; init; }

    /// <summary>Number of files in this language that were skipped, by reason name.</summary>
    public IReadOnlyDictionary<string, int> Skipped { get; init; } = new SortedDictionary<string, int>();

    /// <summary>Number of bytes parsed.</summary>
    public long Bytes { get; init; }

    /// <summary>Number of those bytes that lie in no snippet, so that they are compared with whole files only.</summary>
    public long OutsideBytes { get; init; }

    /// <summary>Number of functions, methods and constructors.</summary>
    public int Functions { get; init; }

    /// <summary>Number of structures, interfaces and enumerations.</summary>
    public int Structures { get; init; }

    /// <summary>Number of snippets with a documentation comment.</summary>
    public int Documented { get; init; }

    /// <summary>Number of snippets that are test code.</summary>
    public int Tests { get; init; }

    /// <summary>Number of snippets: functions and structures.</summary>
    public int Snippets => Functions + Structures;
}

/// <summary>
/// What became of the files that a walk found. <see cref="Seen"/> = <see cref="Parsed"/> + all of
/// <see cref="Skipped"/>.
/// </summary>
/// <param name="Seen">Number of files found, including those in skipped folders.</param>
/// <param name="Parsed">Number of files parsed.</param>
/// <param name="WithErrors">Number of parsed files with syntax errors.</param>
/// <param name="Skipped">Number of skipped files, by reason name.</param>
/// <param name="InvalidUtf8">Number of parsed files with bytes that are not valid UTF-8.</param>
public sealed record FileCounts(int Seen, int Parsed, int WithErrors, IReadOnlyDictionary<string, int> Skipped, int InvalidUtf8 = 0);

/// <summary>A file that should have been processed but was not.</summary>
/// <param name="Repository">Name of its repository.</param>
/// <param name="Path">Path of the file below the repository's root.</param>
/// <param name="Reason">Name of the skip reason.</param>
/// <param name="Detail">What happened, for people.</param>
public sealed record FileLoss(string Repository, string Path, string Reason, string Detail);
