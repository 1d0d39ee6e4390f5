namespace XCoder.Agents.Generation;

/// <summary>What a run has done, in all of its sessions.</summary>
public sealed record GenerationSummary
{
    /// <summary>The run's number in the store.</summary>
    public required long Run { get; init; }

    /// <summary>Epochs that are done.</summary>
    public required int Epochs { get; init; }

    /// <summary>Planned rows by what became of them (<see cref="Outcomes"/>).</summary>
    public required IReadOnlyDictionary<string, int> Outcomes { get; init; }

    /// <summary>Rows asked for.</summary>
    public required int Count { get; init; }

    /// <summary>Why it ended before that, or null.</summary>
    public string? Ended { get; init; }

    /// <summary>Whether it ended because of the budget.</summary>
    public bool IsOutOfBudget { get; init; }

    /// <summary>Seeds to choose from.</summary>
    public required int Seeds { get; init; }

    /// <summary>Seeds left out for their licence.</summary>
    public required int Unlicensed { get; init; }

    /// <summary>Seeds left out because they hold parts of benchmarks.</summary>
    public int ContaminatedSeeds { get; init; }

    /// <summary>Rows rejected because they hold parts of benchmarks.</summary>
    public int ContaminatedRows { get; init; }

    /// <summary>
    /// Seconds of this session by stage: seeds, state (reading what was done before), plan, prepare (contexts), write (waiting for
    /// answers), merge (novelty, memory, storing).
    /// </summary>
    public required IReadOnlyDictionary<string, double> Timings { get; init; }
}
