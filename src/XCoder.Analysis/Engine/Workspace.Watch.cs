using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Repositories.Watch;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>Options of <see cref="Workspace.Watch"/>.</summary>
public sealed record WatchOptions
{
    /// <summary>Limits of indexing.</summary>
    public IndexOptions Index { get; init; } = new();

    /// <summary>Whether to embed what changed. Default true.</summary>
    public bool Embed { get; init; } = true;

    /// <summary>How long nothing may change before a cycle begins, 0 to 1 minute. Default 300 ms.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// The longest time from the first change to a cycle if changes do not end, from <see cref="Quiet"/> to 1 hour. While git itself
    /// changes the work tree, a cycle waits for it for up to a minute. Default 2 s.
    /// </summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Time between two looks, 0.1 s to 1 hour: at everything, where the system gives no events, otherwise only at whether the paths
    /// still exist. A look at everything uses a twentieth of a processor at most. Default 2 s.
    /// </summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether to look in intervals from the start instead of using the system's events, which network file systems do not give.
    /// Default false.
    /// </summary>
    public bool Polls { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Throws if a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the exception has its name and value.</exception>
    public void Validate()
    {
        Index.Validate();
        ArgumentOutOfRangeException.ThrowIfLessThan(Quiet, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Quiet, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Longest, Quiet);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Longest, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Interval, TimeSpan.FromSeconds(0.1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Interval, TimeSpan.FromHours(1));
    }

    /// <summary>Makes the source of events, for tests; null for the system's.</summary>
    internal Func<IReadOnlyList<string>, Action<string>, Action<string>, IDisposable>? Events { get; init; }
}

/// <summary>One run of indexing of <see cref="Workspace.Watch"/>.</summary>
public sealed record WatchCycle
{
    /// <summary>Number of the cycle; the first one, which indexes everything, is 1.</summary>
    public required int Number { get; init; }

    /// <summary>When the cycle ended.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>What was indexed; null if nothing could be.</summary>
    public IndexResult? Result { get; init; }

    /// <summary>
    /// Why indexing failed, or null. What was indexed before is kept, and the next interval or change tries again.
    /// </summary>
    public string? Error { get; init; }

    /// <summary>The watched paths that do not exist at the moment. What was indexed of them is kept.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

public sealed partial class Workspace
{
    /// <summary>
    /// Indexes paths, then indexes them again whenever a source file changes, until cancelled. Several changes at a time are one cycle.
    /// The workspace is free between the cycles, and while the caller deals with one. What indexing leaves out, such as ignored folders,
    /// causes no cycle. The loop waits inside the enumeration.
    /// </summary>
    /// <param name="paths">Repositories, folders of repositories, other folders, or files. They may vanish later and return.</param>
    /// <param name="options">Options; null uses the defaults.</param>
    /// <param name="cancellation">Ends the enumeration; finished work is kept.</param>
    /// <returns>The cycles, as they end.</returns>
    /// <exception cref="PathNotFoundException">A path does not exist.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    /// <remarks>
    /// The first cycle throws what <see cref="Index"/> throws; later ones report it in <see cref="WatchCycle.Error"/>.
    /// </remarks>
    public IEnumerable<WatchCycle> Watch(IReadOnlyList<string> paths, WatchOptions? options = null,
        CancellationToken cancellation = default)
    {
        options ??= new WatchOptions();
        options.Validate();
        return paths.FirstOrDefault(static path => !Path.Exists(path)) is { } missing ? throw new PathNotFoundException(missing)
            : Cycles([.. paths.Select(Path.GetFullPath)], options, cancellation);
    }

    private IEnumerable<WatchCycle> Cycles(IReadOnlyList<string> paths, WatchOptions options, CancellationToken cancellation)
    {
        using var watch = new TreeWatch(paths, Indexer.WalkOf(Folder, Catalog, options.Index),
            new TreeWatchOptions(options.Time, options.Quiet, options.Longest, options.Interval, options.Polls),
            text => Options.Message?.Invoke(text), options.Events);
        using var model = options.Embed ? OpenModel() : null;
        string? error = null;
        for (var number = 1; watch.Next(cancellation) is { } state;)
        {
            if (Cycle(number, state, options, model, cancellation) is not { } cycle)
            {
                yield break;
            }

            // A failure is tried again, but told once.
            if (cycle.Error is null)
            {
                watch.Accept(state);
            }

            if (cycle.Error is null || cycle.Error != error)
            {
                number++;
                yield return cycle;
            }

            error = cycle.Error;
        }
    }

    // Null if it was interrupted.
    private WatchCycle? Cycle(int number, TreeState state, WatchOptions options, IEmbeddingModel? model,
        CancellationToken cancellation)
    {
        var begin = options.Time.GetTimestamp();
        try
        {
            // Licences of files that did not change take longer than all else: the first cycle looks at them.
            var result = state.Present.Count == 0 ? null
                : IndexWith(model, state.Present, options.Index with { ChecksLicences = number == 1 }, cancellation);
            return result?.Summary.Interrupted == true ? null : End(result, null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception exception) when (number > 1 && Cause(exception) is StoreException or EmbeddingException or RequestException
            or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return End(null, Cause(exception)!.Message);
        }

        WatchCycle End(IndexResult? result, string? error) => new()
        {
            Number = number,
            EndedAt = options.Time.GetUtcNow(),
            Elapsed = options.Time.GetElapsedTime(begin),
            Result = result,
            Error = error,
            Missing = state.Missing,
        };

        static Exception? Cause(Exception exception) =>
            exception is AggregateException several ? several.Flatten().InnerExceptions.FirstOrDefault() : exception;
    }
}
