using XCoder.Agents.Dialogue;
using XCoder.Agents.Memory;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Generation;

/// <summary>What a run by agents writes, and how.</summary>
public sealed record GenerationOptions
{
    /// <summary>Name of the run in its workspace; the same name continues a run. Default <c>default</c>.</summary>
    public string Run { get; init; } = "default";

    /// <summary>
    /// Total number of rows to write, including rejected ones; 1 or more. Default 100. It may grow when the run is continued.
    /// </summary>
    public int Count { get; init; } = 100;

    /// <summary>Kinds of rows to write; naming a kind twice doubles its share. Default Ds1, Ds2 and twice Ds3.</summary>
    public IReadOnlyList<RowKind> Kinds { get; init; } = [RowKind.Forward, RowKind.Reverse, RowKind.Discussion, RowKind.Discussion];

    /// <summary>Language ids of the responses; dialects count as their main language. Empty: all languages with seeds.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>How agents discuss: centralised, parallel, or both in turn. Default centralised.</summary>
    public IReadOnlyList<Protocol> Protocols { get; init; } = [Protocol.Centralised];

    /// <summary>Number of agents in a discussion, 2 to 8. Default 3.</summary>
    public int Agents { get; init; } = 3;

    /// <summary>Seed of random choices. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Rows per epoch, 1 or more. Default 64. Memory and gaps are updated between epochs only.</summary>
    public int Epoch { get; init; } = 64;

    /// <summary>Rows that a seed feeds before another one that has fed fewer is taken, 1 or more. Default 1.</summary>
    public int RowsPerSeed { get; init; } = 1;

    /// <summary>
    /// Whether drafts are compiled and their tests run in the sandbox before a critic sees them. Default true; nothing runs on a machine
    /// without a sandbox.
    /// </summary>
    public bool RunsDrafts { get; init; } = true;

    /// <summary>Share of seeds that get no context, for comparison, in [0, 1). Default 0.1.</summary>
    public double HoldOut { get; init; } = 0.1;

    /// <summary>
    /// Whether a cell of the coverage matrix counts only accepted rows, so that rejected ones are tried again. Otherwise every row counts,
    /// and the plan does not depend on answers. Default true.
    /// </summary>
    public bool IsAdaptive { get; init; } = true;

    /// <summary>Licences of seeds and context: <c>permissive</c>, <c>any</c> or SPDX ids. Default permissive.</summary>
    public string Licences { get; init; } = "permissive";

    /// <summary>Settings of discussion and critique.</summary>
    public DialogueOptions Dialogue { get; init; } = new();

    /// <summary>Limits of the context.</summary>
    public ContextOptions Context { get; init; } = new();

    /// <summary>Limits of the agents' memories.</summary>
    public MemoryOptions Memory { get; init; } = new();

    /// <summary>How often a row with unusable answers is restarted, 0 to 8. Default 2.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>Rows in progress at the same time, 1 or more; has no effect on the rows. Default 16.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Threads for parsing and embedding, 1 or more. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range; the message names option, value and bound.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Run);
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfZero(Kinds.Count);
        ArgumentOutOfRangeException.ThrowIfZero(Protocols.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(Agents, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Agents, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epoch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RowsPerSeed, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(HoldOut);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(HoldOut, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Attempts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Attempts, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(Concurrency, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        Dialogue.Validate();
        Context.Validate();
        Memory.Validate();
    }
}
