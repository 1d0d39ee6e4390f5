using XCoder.Agents.Rows;
using XCoder.Analysis.Duplicates;

namespace XCoder.Agents.Reports;

/// <summary>Compares two runs over the same seeds under two settings, row by row.</summary>
public sealed record RunComparison
{
    private const int Resamples = 2000;

    /// <summary>Name of the first setting.</summary>
    public required string First { get; init; }

    /// <summary>Name of the second setting.</summary>
    public required string Second { get; init; }

    /// <summary>Number of rows that both runs have: same data set, seeds and target language, paired in their order.</summary>
    public required int Pairs { get; init; }

    /// <summary>The compared measures.</summary>
    public required IReadOnlyList<ComparedMeasure> Measures { get; init; }

    /// <summary>Compares two runs.</summary>
    /// <param name="first">Name and rows of the first run.</param>
    /// <param name="second">Name and rows of the second run.</param>
    /// <param name="seed">Seed of the bootstrap's random numbers.</param>
    public static RunComparison Of((string Name, IEnumerable<InstructionRow> Rows) first,
        (string Name, IEnumerable<InstructionRow> Rows) second, int seed)
    {
        var (a, b) = (Keyed(first.Rows), Keyed(second.Rows));
        var pairs = a.Where(pair => b.ContainsKey(pair.Key)).OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (pair.Value, b[pair.Key])).ToList();
        var verified =
            Measure("verified", pairs, row => !row.Verification.WentThroughGates() || row.Verification.Status == RowStatus.Unverifiable
                ? null : row.Verification.Status == RowStatus.Verified ? 1 : 0, seed);
        return new RunComparison
        {
            First = first.Name,
            Second = second.Name,
            Pairs = pairs.Count,
            Measures =
            [
                Measure("accepted", pairs, row => row.Critique.Verdict == Verdict.Accept ? 1 : 0, seed),
                Measure("total of the critique", pairs, row => row.Critique.Total, seed),
                Measure("response parses", pairs, row => row.Verification.Status == RowStatus.Unverifiable ? null
                    : row.Verification.Status == RowStatus.Failed ? 0 : 1, seed),
                .. verified.Pairs > 0 ? [verified] : Array.Empty<ComparedMeasure>(),
                Measure("novelty of the response", pairs, row => row.Novelty, seed),
            ],
        };
    }

    // Pairs the n-th row of some seeds and a target in one run with the n-th in the other.
    private static Dictionary<string, InstructionRow> Keyed(IEnumerable<InstructionRow> rows)
    {
        var (result, seen) = (new Dictionary<string, InstructionRow>(), new Dictionary<string, int>());
        foreach (var row in rows)
        {
            var key = string.Join('|', row.Dataset.Key, string.Join(',', row.Seeds), row.TargetLanguage);
            seen[key] = seen.GetValueOrDefault(key) + 1;
            result[FormattableString.Invariant($"{key}|{seen[key]}")] = row with { Transcript = [], Response = "", Instruction = "" };
        }

        return result;
    }

    // The interval of the mean difference comes from the percentile bootstrap over pairs (Efron 1979).
    private static ComparedMeasure Measure(string name, List<(InstructionRow First, InstructionRow Second)> pairs,
        Func<InstructionRow, double?> value, int seed)
    {
        var both = pairs.Select(pair => (A: value(pair.First), B: value(pair.Second)))
            .Where(pair => pair.A is not null && pair.B is not null).Select(pair => (A: pair.A!.Value, B: pair.B!.Value)).ToList();
        if (both.Count == 0)
        {
            return new ComparedMeasure(name, 0, null, null, null);
        }

        var random = new Random(seed);
        var means = new double[Resamples];
        for (var i = 0; i < Resamples; i++)
        {
            for (var n = 0; n < both.Count; n++)
            {
                var (x, y) = both[random.Next(both.Count)];
                means[i] += (y - x) / both.Count;
            }
        }

        Array.Sort(means);
        return new ComparedMeasure(name, both.Count, both.Average(pair => pair.A), both.Average(pair => pair.B),
            new Estimate(both.Average(pair => pair.B - pair.A), means[(int)(0.025 * Resamples)], means[(int)(0.975 * Resamples)]));
    }
}

/// <summary>A measure of two runs.</summary>
/// <param name="Name">Name of the measure.</param>
/// <param name="Pairs">Number of row pairs for which both runs have a value.</param>
/// <param name="First">Mean of the first run; null without pairs.</param>
/// <param name="Second">Mean of the second run; null without pairs.</param>
/// <param name="Difference">Mean of second minus first with its 95 % interval; null without pairs.</param>
public sealed record ComparedMeasure(string Name, int Pairs, double? First, double? Second, Estimate? Difference);
