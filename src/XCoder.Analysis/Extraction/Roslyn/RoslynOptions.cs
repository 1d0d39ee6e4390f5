namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Limits and degree of parallelism of <see cref="RoslynProject"/>.</summary>
public sealed record RoslynOptions
{
    /// <summary>Whether to resolve names. Default true.</summary>
    public bool Resolve { get; init; } = true;

    /// <summary>Number of threads that parse and bind, at least 1. It does not affect results. Default 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Maximum number of files in a unit whose names are resolved; larger units get syntax only. Default 2,000.
    /// </summary>
    public int MaxUnitFiles { get; init; } = 2_000;

    /// <summary>Maximum bytes of text in a unit whose names are resolved; larger units get syntax only. Default 16 MiB.</summary>
    public long MaxUnitBytes { get; init; } = 16 << 20;

    /// <summary>
    /// Maximum depth of a syntax tree in nodes. Deeper files stay out of the compilation, because the compiler recurses
    /// over the tree. Default 1,500.
    /// </summary>
    public int MaxTreeDepth { get; init; } = 1_500;

    /// <summary>
    /// Maximum nesting of lambdas in a file that is bound. Overload resolution binds a nested lambda once for every
    /// overload of every call around it. Default 6.
    /// </summary>
    public int MaxLambdaDepth { get; init; } = 6;

    /// <summary>
    /// Processor time that a file may take to parse, and again to bind. It is a guard, far above what normal code
    /// takes. Default 20 s.
    /// </summary>
    public TimeSpan FileTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Stack size of each thread in bytes, at least 1 MiB. Only pages in use take memory. Default 64 MiB.</summary>
    public int StackBytes { get; init; } = 64 << 20;

    /// <summary>
    /// Called on a worker thread before it parses or binds a file, with the thread's number (from 0) and the file's
    /// index; null for no calls.
    /// </summary>
    internal Action<int, int>? Entering { get; init; }

    /// <summary>Called on a worker thread after it is done with a file, with the thread's number; null for no calls.</summary>
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
