using XCoder.Analysis.Seeds;

namespace XCoder.Agents.Generation;

/// <summary>The result of a run over all processes that worked on it.</summary>
public sealed record GenerationSummary
{
    /// <summary>Number of the run in the store.</summary>
    public required long Run { get; init; }

    /// <summary>Finished epochs.</summary>
    public required int Epochs { get; init; }

    /// <summary>Planned rows by outcome (<see cref="XCoder.Agents.Generation.Outcomes"/>).</summary>
    public required IReadOnlyDictionary<string, int> Outcomes { get; init; }

    /// <summary>Planned rows that were not lost.</summary>
    public int Kept => Outcomes.Values.Sum() - Outcomes.GetValueOrDefault(XCoder.Agents.Generation.Outcomes.Lost);

    /// <summary>Rows requested.</summary>
    public required int Count { get; init; }

    /// <summary>Why the run ended early, or null.</summary>
    public string? Ended { get; init; }

    /// <summary>Whether the run ended because of the budget.</summary>
    public bool IsOutOfBudget { get; init; }

    /// <summary>Number of available seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>Seeds left out because of their licence.</summary>
    public required int Unlicensed { get; init; }

    /// <summary>Functions that cannot be seeds, by reason.</summary>
    public IReadOnlyDictionary<SeedRejection, int> RejectedSeeds { get; init; } = new Dictionary<SeedRejection, int>();

    /// <summary>Seeds that no translation starts from, because they use the state of an object; 0 without translations.</summary>
    public int StatefulSeeds { get; init; }

    /// <summary>Rows rejected because they contain parts of benchmarks.</summary>
    public int ContaminatedRows { get; init; }

    /// <summary>
    /// Seconds of this process by stage: seeds, state (reading earlier results), plan, prepare (context), write (waiting for answers),
    /// merge (novelty, memory, storage).
    /// </summary>
    public required IReadOnlyDictionary<string, double> Timings { get; init; }
}
