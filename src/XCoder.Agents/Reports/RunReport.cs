using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Agents.Reports;

/// <summary>What a run made.</summary>
public sealed record RunReport
{
    private const string Lose = "lost";

    /// <summary>The run.</summary>
    public required StoredRun Run { get; init; }

    /// <summary>Rows in all.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that were written again at least once, whatever their verdict then.</summary>
    public required long Revised { get; init; }

    /// <summary>Rows by verdict, as in JSON.</summary>
    public required IReadOnlyDictionary<string, long> Verdicts { get; init; }

    /// <summary>Rows by data set, as in JSON.</summary>
    public required IReadOnlyDictionary<string, long> Datasets { get; init; }

    /// <summary>Rows by task, as in JSON.</summary>
    public required IReadOnlyDictionary<string, long> Tasks { get; init; }

    /// <summary>Rows by status of the verification.</summary>
    public required IReadOnlyDictionary<string, long> Statuses { get; init; }

    /// <summary>Preference pairs, by what told the answers apart.</summary>
    public IReadOnlyDictionary<string, long> Preferences { get; init; } = new Dictionary<string, long>();

    /// <summary>Rows by language pair, most first.</summary>
    public required IReadOnlyList<PairTotal> Pairs { get; init; }

    /// <summary>Scores by criterion, in order of name; empty where no chat model judged.</summary>
    public required IReadOnlyList<CriterionScores> Scores { get; init; }

    /// <summary>The totals; null where there are none.</summary>
    public required CriterionScores? Totals { get; init; }

    /// <summary>First fault of rejected rows and how many have it, most first, at most 50.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Faults { get; init; }

    /// <summary>What neighbours in one language did for rows in another.</summary>
    public required SynergyMatrix Synergy { get; init; }

    /// <summary>Failures by language pair and kind.</summary>
    public required RunFaults Failures { get; init; }

    /// <summary>Rows shown in full: some of each language pair, the same for the same rows.</summary>
    public required IReadOnlyList<InstructionRow> Samples { get; init; }

    /// <summary>Planned rows of which none came, by reason.</summary>
    public IReadOnlyDictionary<string, long> Lost { get; init; } = new Dictionary<string, long>();

    /// <summary>What the chat model took, by the recorded replies and without a cost; null where it took nothing.</summary>
    public RunUsage? Usage { get; init; }

    /// <summary>Reads a run's rows once and counts them, with what was lost and what the chat model took.</summary>
    /// <param name="store">The store.</param>
    /// <param name="run">A run of it.</param>
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

    // Mined runs show no neighbours, and have no such option.
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
    /// <summary>Most rows shown in full, spread over language pairs. Default: 200.</summary>
    public int Samples { get; init; } = 200;

    /// <summary>Most characters shown of an instruction, a response or a turn. Default: 8,000.</summary>
    public int MaxCharacters { get; init; } = 8_000;

    /// <summary>Most turns shown of a transcript. Default: 40.</summary>
    public int MaxTurns { get; init; } = 40;
}

/// <summary>What a run took of the chat model.</summary>
/// <param name="Requests">Requests sent.</param>
/// <param name="PromptTokens">Tokens of the requests.</param>
/// <param name="CompletionTokens">Tokens of the replies.</param>
/// <param name="Cost">Cost in the unit of the given prices, or null where none were given.</param>
public sealed record RunUsage(long Requests, long PromptTokens, long CompletionTokens, double? Cost);
