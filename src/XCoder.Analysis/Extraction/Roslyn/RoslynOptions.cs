namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Limits and degree of parallelism of <see cref="RoslynProject"/>.</summary>
public sealed record RoslynOptions
{
    /// <summary>Whether names are resolved at all. Default true.</summary>
    public bool Resolve { get; init; } = true;

    /// <summary>Threads that parse and bind, at least 1. Results do not depend on it. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>A unit with more files gets syntax only. Default 2,000.</summary>
    public int MaxUnitFiles { get; init; } = 2_000;

    /// <summary>A unit with more text gets syntax only. Default 16 MiB.</summary>
    public long MaxUnitBytes { get; init; } = 16 << 20;

    /// <summary>
    /// A file whose syntax tree is deeper stays out of the compilation, since the compiler recurses over it.
    /// Default 1,500 nodes.
    /// </summary>
    public int MaxTreeDepth { get; init; } = 1_500;

    /// <summary>
    /// A file with lambdas nested deeper is not bound: overload resolution binds a nested lambda once for every
    /// overload of every call around it. Default 6.
    /// </summary>
    public int MaxLambdaDepth { get; init; } = 6;

    /// <summary>
    /// Processor time one file may take to parse, and again to bind: a guard, far above what sound code takes. Default 20 s.
    /// </summary>
    public TimeSpan FileTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Stack of each thread in bytes. Touched pages only cost memory. Default 64 MiB.</summary>
    public int StackBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Told the number of a thread, from 0, and the index of the file that it begins to parse or to bind, on that thread; null: nobody is.
    /// </summary>
    internal Action<int, int>? Entering { get; init; }

    /// <summary>Told the number of a thread that has done with its file, on that thread.</summary>
    internal Action<int>? Leaving { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxUnitFiles);
        ArgumentOutOfRangeException.ThrowIfNegative(MaxUnitBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxTreeDepth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLambdaDepth, 0);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(FileTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(StackBytes, 1 << 20);
    }
}
