using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Indexing;

/// <summary>Makes the coverage report of a part of the store.</summary>
internal static class CoverageAnalysis
{
    /// <summary>Counts files and snippets by repository and language.</summary>
    public static CoverageReport Run(SnippetStore store, StoreSelection selection)
    {
        var counts = store.CoverageCounts(selection);
        var skips = store.SkipCounts(selection);
        var facts = store.Repositories().ToDictionary(row => row.Repository.Name, row => row.Repository);
        var names = counts.Select(count => count.Repository).Concat(skips.Select(skip => skip.Repository)).Distinct().Order(StringComparer.Ordinal);
        var repositories = names.Select(name => Describe(facts[name], [.. counts.Where(count => count.Repository == name)], [.. skips.Where(skip => skip.Repository == name).Select(skip => skip.Skip)])).ToList();
        return new CoverageReport(
            Files(counts, [.. skips.Select(skip => skip.Skip)]),
            counts.Sum(count => count.Bytes),
            Languages(counts, [.. skips.Select(skip => skip.Skip)]),
            repositories,
            [.. skips.Where(skip => skip.Skip.Reason.IsLoss()).Select(skip => new FileLoss(skip.Repository, skip.Skip.Path, skip.Skip.Reason.Name(), skip.Skip.Detail ?? ""))]);
    }

    private static RepositoryCoverage Describe(Repository repository, IReadOnlyList<CoverageCounts> counts, IReadOnlyList<SkipRecord> skips) => new(
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
        return new FileCounts(parsed + skipped.Values.Sum(), parsed, counts.Sum(count => count.WithErrors), skipped, counts.Sum(count => count.InvalidUtf8));
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
    };
}
