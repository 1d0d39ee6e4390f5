using System.Collections.Concurrent;

namespace XCoder.Agents.Chat;

/// <summary>What a gateway did so far.</summary>
public sealed record ChatStatistics
{
    /// <summary>Tries sent.</summary>
    public required long Requests { get; init; }

    /// <summary>Replies found recorded, nothing sent.</summary>
    public required long Replayed { get; init; }

    /// <summary>Tries after a failed one.</summary>
    public required long Retried { get; init; }

    /// <summary>Times the model was asked again since its answer could not be used.</summary>
    public required long Repaired { get; init; }

    /// <summary>Questions answered.</summary>
    public required long Answered { get; init; }

    /// <summary>Questions without an answer, by reason.</summary>
    public required IReadOnlyDictionary<ChatFailureKind, long> Failures { get; init; }

    /// <summary>Tokens of requests sent.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens of replies received.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>Spent against the limit, by the run's earlier processes too; null where prices are unknown.</summary>
    public required decimal? Cost { get; init; }

    /// <summary>Tries under way.</summary>
    public required int InFlight { get; init; }

    /// <summary>Mean time from sending to a reply's end.</summary>
    public required TimeSpan MeanLatency { get; init; }

    /// <summary>Greatest such time.</summary>
    public required TimeSpan MaxLatency { get; init; }

    /// <summary>Requests answered or replayed by role.</summary>
    public required IReadOnlyDictionary<string, long> Roles { get; init; }
}

/// <summary>Counts from many threads.</summary>
internal sealed class ChatCounters
{
    private readonly long[] _failures = new long[Enum.GetValues<ChatFailureKind>().Length];
    private readonly ConcurrentDictionary<string, long> _roles = new();
    private long _requests;
    private long _replies;
    private long _replayed;
    private long _retried;
    private long _repaired;
    private long _answered;
    private long _promptTokens;
    private long _completionTokens;
    private long _latency;
    private long _maxLatency;
    private int _inFlight;

    public void Begin()
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Increment(ref _inFlight);
    }

    public void Another() => Interlocked.Increment(ref _requests);

    public void End() => Interlocked.Decrement(ref _inFlight);

    public void Retry() => Interlocked.Increment(ref _retried);

    public void Repair() => Interlocked.Increment(ref _repaired);

    public void Replay() => Interlocked.Increment(ref _replayed);

    public void Answer() => Interlocked.Increment(ref _answered);

    public void Fail(ChatFailureKind kind) => Interlocked.Increment(ref _failures[(int)kind]);

    public void Role(string role) => _roles.AddOrUpdate(role, 1, static (_, count) => count + 1);

    public void Reply(long promptTokens, long completionTokens, TimeSpan latency)
    {
        Interlocked.Increment(ref _replies);
        Interlocked.Add(ref _promptTokens, promptTokens);
        Interlocked.Add(ref _completionTokens, completionTokens);
        Interlocked.Add(ref _latency, latency.Ticks);
        for (var known = Interlocked.Read(ref _maxLatency); known < latency.Ticks; known = Interlocked.Read(ref _maxLatency))
        {
            Interlocked.CompareExchange(ref _maxLatency, latency.Ticks, known);
        }
    }

    public ChatStatistics Snapshot(decimal? cost) => new()
    {
        Requests = Interlocked.Read(ref _requests),
        Replayed = Interlocked.Read(ref _replayed),
        Retried = Interlocked.Read(ref _retried),
        Repaired = Interlocked.Read(ref _repaired),
        Answered = Interlocked.Read(ref _answered),
        Failures = Enum.GetValues<ChatFailureKind>().Where(kind => Interlocked.Read(ref _failures[(int)kind]) > 0)
            .ToDictionary(kind => kind, kind => Interlocked.Read(ref _failures[(int)kind])),
        PromptTokens = Interlocked.Read(ref _promptTokens),
        CompletionTokens = Interlocked.Read(ref _completionTokens),
        Cost = cost,
        InFlight = Volatile.Read(ref _inFlight),
        MeanLatency = TimeSpan.FromTicks(Interlocked.Read(ref _latency) / Math.Max(1, Interlocked.Read(ref _replies))),
        MaxLatency = TimeSpan.FromTicks(Interlocked.Read(ref _maxLatency)),
        Roles = _roles.ToDictionary(role => role.Key, role => role.Value),
    };
}
