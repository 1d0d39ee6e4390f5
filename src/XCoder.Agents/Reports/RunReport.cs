using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Agents.Reports;

/// <summary>Everything that is counted about a run, and some of its rows in full.</summary>
public sealed record RunReport
{
    private const string Lose = "lost";

    /// <summary>The run and its options.</summary>
    public required StoredRun Run { get; init; }

    /// <summary>Number of rows.</summary>
    public required long Rows { get; init; }

    /// <summary>Number of rows that were revised at least once, whatever their final verdict.</summary>
    public required long Revised { get; init; }

    /// <summary>Number of rows by verdict; keys as in JSON.</summary>
    public required IReadOnlyDictionary<string, long> Verdicts { get; init; }

    /// <summary>Number of rows by data set; keys as in JSON.</summary>
    public required IReadOnlyDictionary<string, long> Datasets { get; init; }

    /// <summary>Number of rows by task; keys as in JSON.</summary>
    public required IReadOnlyDictionary<string, long> Tasks { get; init; }

    /// <summary>Number of rows by verification status; keys as in JSON.</summary>
    public required IReadOnlyDictionary<string, long> Statuses { get; init; }

    /// <summary>Number of preference pairs by basis of the comparison.</summary>
    public IReadOnlyDictionary<string, long> Preferences { get; init; } = new Dictionary<string, long>();

    /// <summary>Counts by language pair, most rows first.</summary>
    public required IReadOnlyList<PairTotal> Pairs { get; init; }

    /// <summary>Scores by criterion, in order of name; empty if no chat model judged the rows.</summary>
    public required IReadOnlyList<CriterionScores> Scores { get; init; }

    /// <summary>Scores of the total, or null if there are none.</summary>
    public required CriterionScores? Totals { get; init; }

    /// <summary>Number of rejected rows by their first fault, most first, at most 50 faults.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Faults { get; init; }

    /// <summary>How neighbours in one language helped rows in another.</summary>
    public required SynergyMatrix Synergy { get; init; }

    /// <summary>Failures by language pair and kind.</summary>
    public required RunFaults Failures { get; init; }

    /// <summary>Rows shown in full, a reproducible sample over the language pairs.</summary>
    public required IReadOnlyList<InstructionRow> Samples { get; init; }

    /// <summary>Number of planned rows that were lost, by reason.</summary>
    public IReadOnlyDictionary<string, long> Lost { get; init; } = new Dictionary<string, long>();

    /// <summary>Usage of the chat model according to the recorded replies, without a cost; null if it was not used.</summary>
    public RunUsage? Usage { get; init; }

    /// <summary>Requests for each accepted row; null without any.</summary>
    public double? RequestsPerAccepted => PerRow(Verdicts.GetValueOrDefault(RowNames.Of(Verdict.Accept)));

    /// <summary>Requests for each verified row; null without any.</summary>
    public double? RequestsPerVerified => PerRow(Statuses.GetValueOrDefault(RowNames.Of(RowStatus.Verified)));

    /// <summary>How different the rows' tasks are from one another.</summary>
    public required RunVariety Variety { get; init; }

    /// <summary>Reads a run's rows once and counts them, together with lost rows and the chat model's usage.</summary>
    /// <param name="store">The store.</param>
    /// <param name="run">A run in the store.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    public static RunReport Of(GenerationStore store, StoredRun run, RunReportOptions? options = null)
    {
        var counter = new RunCounter((options ?? new RunReportOptions()).Samples, LeastCosineOf(run));
        foreach (var row in store.Rows(new RowSelection(Run: run.Id)))
        {
            counter.Add(row);
        }

        var usage = store.UsageOf(run.Id);
        return counter.Report(run) with
        {
            Lost = store.Epochs(run.Id).SelectMany(items => items).Where(item => item.Outcome == Lose)
                .GroupBy(item => item.Reason ?? "no reason given").ToDictionary(group => group.Key, group => group.LongCount()),
            Usage = usage.Requests > 0 ? new RunUsage(usage.Requests, usage.PromptTokens, usage.CompletionTokens, null) : null,
        };
    }

    private double? PerRow(long rows) => Usage is { } usage && rows > 0 ? Math.Round((double)usage.Requests / rows, 2) : null;

    // Mined runs show no neighbours, so they have no such option.
    private static double LeastCosineOf(StoredRun run)
    {
        using var options = JsonDocument.Parse(run.Options);
        return options.RootElement.TryGetProperty("context", out var context) && context.TryGetProperty("leastCosine", out var least)
            ? least.GetDouble() : 0;
    }
}

/// <summary>Limits of a run's report.</summary>
public sealed record RunReportOptions
{
    /// <summary>Largest number of rows shown in full, spread over the language pairs. Default 200.</summary>
    public int Samples { get; init; } = 200;

    /// <summary>Largest number of characters shown of an instruction, a response or a turn. Default 8,000.</summary>
    public int MaxCharacters { get; init; } = 8_000;

    /// <summary>Largest number of turns shown of a transcript. Default 40.</summary>
    public int MaxTurns { get; init; } = 40;
}

/// <summary>Usage of the chat model by a run.</summary>
/// <param name="Requests">Number of requests sent.</param>
/// <param name="PromptTokens">Number of tokens in the requests.</param>
/// <param name="CompletionTokens">Number of tokens in the replies.</param>
/// <param name="Cost">Cost in the unit of the given prices, or null if no prices were given.</param>
public sealed record RunUsage(long Requests, long PromptTokens, long CompletionTokens, double? Cost);
