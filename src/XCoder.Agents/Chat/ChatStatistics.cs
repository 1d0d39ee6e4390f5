using System.Collections.Concurrent;

namespace XCoder.Agents.Chat;

/// <summary>Counts, tokens, cost and latencies of a gateway at one moment.</summary>
public sealed record ChatStatistics
{
    /// <summary>Requests sent; every attempt counts.</summary>
    public required long Requests { get; init; }

    /// <summary>Replies taken from the record, for which nothing was sent.</summary>
    public required long Replayed { get; init; }

    /// <summary>Attempts that followed a failed one.</summary>
    public required long Retried { get; init; }

    /// <summary>Times the model was asked again because its answer was unusable.</summary>
    public required long Repaired { get; init; }

    /// <summary>Questions answered.</summary>
    public required long Answered { get; init; }

    /// <summary>Questions without an answer, by reason.</summary>
    public required IReadOnlyDictionary<ChatFailureKind, long> Failures { get; init; }

    /// <summary>For each reason, what was said the first time: the server's own sentence where it said one.</summary>
    public required IReadOnlyDictionary<ChatFailureKind, string> Sentences { get; init; }

    /// <summary>Prompt tokens of the requests sent.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Completion tokens of the replies received.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>Cost that counts against the limit, including earlier processes of the run; null when prices are unknown.</summary>
    public required decimal? Cost { get; init; }

    /// <summary>Requests in flight.</summary>
    public required int InFlight { get; init; }

    /// <summary>Mean time from sending a request to the end of its reply.</summary>
    public required TimeSpan MeanLatency { get; init; }

    /// <summary>Longest time from sending a request to the end of its reply.</summary>
    public required TimeSpan MaxLatency { get; init; }

    /// <summary>Replies received or replayed, by role (the prompt's name).</summary>
    public required IReadOnlyDictionary<string, long> Roles { get; init; }
}

/// <summary>The counters behind <see cref="ChatStatistics"/>; thread-safe.</summary>
internal sealed class ChatCounters
{
    private readonly long[] _failures = new long[Enum.GetValues<ChatFailureKind>().Length];
    private readonly ConcurrentDictionary<string, long> _roles = new();
    private readonly ConcurrentDictionary<ChatFailureKind, string> _sentences = new();
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

    public void Fail(ChatFailure failure)
    {
        Interlocked.Increment(ref _failures[(int)failure.Kind]);
        _sentences.TryAdd(failure.Kind, CallFailures.Shown(failure.Message));
    }

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
        Sentences = _sentences.ToDictionary(pair => pair.Key, pair => pair.Value),
        PromptTokens = Interlocked.Read(ref _promptTokens),
        CompletionTokens = Interlocked.Read(ref _completionTokens),
        Cost = cost,
        InFlight = Volatile.Read(ref _inFlight),
        MeanLatency = TimeSpan.FromTicks(Interlocked.Read(ref _latency) / Math.Max(1, Interlocked.Read(ref _replies))),
        MaxLatency = TimeSpan.FromTicks(Interlocked.Read(ref _maxLatency)),
        Roles = _roles.ToDictionary(role => role.Key, role => role.Value),
    };
}
