using XCoder.Agents.Dialogue;
using XCoder.Agents.Memory;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Generation;

/// <summary>What a run by agents is to do.</summary>
public sealed record GenerationOptions
{
    /// <summary>Name of the run in its workspace. Default <c>default</c>. A run is continued by its name.</summary>
    public string Run { get; init; } = "default";

    /// <summary>Rows to write in all, rejected ones included, 1 or more. Default 100. It may grow when the run is continued.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Kinds of rows to write, each as often as it is named. Default Ds1, Ds2 and twice Ds3.</summary>
    public IReadOnlyList<RowKind> Kinds { get; init; } = [RowKind.Forward, RowKind.Reverse, RowKind.Discussion, RowKind.Discussion];

    /// <summary>Language ids that responses are written in, dialects' own languages; empty: all that the corpus has seeds in.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>How discussions go: centralised, parallel, or both in turn. Default centralised.</summary>
    public IReadOnlyList<Protocol> Protocols { get; init; } = [Protocol.Centralised];

    /// <summary>Agents of a discussion, 2 to 8. Default 3.</summary>
    public int Agents { get; init; } = 3;

    /// <summary>Number that random choices follow from. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Rows an epoch, 1 or more. Default 64: memory and gaps are those of its start.</summary>
    public int Epoch { get; init; } = 64;

    /// <summary>Share of seeds that are shown no context, to compare with, in [0, 1). Default 0.1.</summary>
    public double HoldOut { get; init; } = 0.1;

    /// <summary>
    /// Whether a cell counts only accepted rows, so that a rejected one is tried again; else every row counts, and what is planned depends
    /// on no answer. Default true.
    /// </summary>
    public bool IsAdaptive { get; init; } = true;

    /// <summary>Licences of seeds and context: <c>permissive</c>, <c>any</c> or SPDX ids. Default permissive.</summary>
    public string Licences { get; init; } = "permissive";

    /// <summary>Discussion and critique.</summary>
    public DialogueOptions Dialogue { get; init; } = new();

    /// <summary>Context.</summary>
    public ContextOptions Context { get; init; } = new();

    /// <summary>Memory.</summary>
    public MemoryOptions Memory { get; init; } = new();

    /// <summary>Times a row whose answers could not be used is begun anew, 0 to 8. Default 2.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>Rows in work at a time, 1 or more; changes no row. Default 16.</summary>
    public int Concurrency { get; init; } = 16;

    /// <summary>Threads for parsing and embedding, 1 or more. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Run);
        ArgumentOutOfRangeException.ThrowIfLessThan(Count, 1);
        ArgumentOutOfRangeException.ThrowIfZero(Kinds.Count);
        ArgumentOutOfRangeException.ThrowIfZero(Protocols.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(Agents, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Agents, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(Epoch, 1);
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
