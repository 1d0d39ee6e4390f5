namespace XCoder.Agents.Chat;

/// <summary>
/// Lets one call at a time through until the server has shown what requests it takes, so that not every call learns it anew. Calls that
/// have waited two seconds go on alone. Thread-safe.
/// </summary>
internal sealed class FirstCall(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // Neither holds a handle of the system. They are not disposed of, because a reply may arrive after the endpoint was closed.
    private readonly SemaphoreSlim _one = new(1);
    private readonly CancellationTokenSource _open = new();

    /// <summary>Waits for the calls before.</summary>
    /// <returns>Whether this call goes alone and must <see cref="Leave"/>.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public async Task<bool> EnterAsync(CancellationToken cancellation)
    {
        if (_open.IsCancellationRequested)
        {
            return false;
        }

        using var limit = new CancellationTokenSource(Longest, time);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _open.Token, cancellation);
        try
        {
            await _one.WaitAsync(any.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Lets the next call through.</summary>
    public void Leave() => _one.Release();

    /// <summary>Lets all calls through from now on.</summary>
    public void Open() => _open.Cancel();
}

/// <summary>What the sender of a request and the handler below the connector tell each other within the flow of one call.</summary>
/// <param name="Waits">Ends waits before a request.</param>
/// <param name="Check">Runs after the wait for other calls; throws where nothing may be sent any more.</param>
/// <param name="Refused">Learns of each refusal of the call that learns the dialect for all others; may end the run by throwing.</param>
/// <param name="BeforeAnother">
/// Runs before a request that was refused is sent again in another dialect. It may wait, or end the call by throwing.
/// </param>
internal sealed record CallFlow(CancellationToken Waits, Action Check, Action<ChatCallException> Refused, Func<Task> BeforeAnother)
{
    /// <summary>The flow of the current call, or null.</summary>
    public static AsyncLocal<CallFlow?> Current { get; } = new();
}
