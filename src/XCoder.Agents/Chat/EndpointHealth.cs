namespace XCoder.Agents.Chat;

/// <summary>The circuit breaker: counts failures in a row, and once it broke refuses everything.</summary>
internal sealed class EndpointHealth : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly ChatGatewayOptions _options;
    private readonly Func<string> _describeProgress;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private int _failures;
    private bool _hasSucceeded;
    private long _waitingSince;
    private string? _broken;

    public EndpointHealth(ChatGatewayOptions options, Func<string> describeProgress, TimeProvider time) =>
        (_options, _describeProgress, _time) = (options, describeProgress, time);

    /// <summary>Ends waits once the breaker broke. Requests under way are left alone: their replies may have been paid for.</summary>
    public CancellationToken Broken => _end.Token;

    /// <exception cref="EndpointException">The breaker broke before.</exception>
    public void ThrowIfBroken()
    {
        lock (_gate)
        {
            if (_broken is not null)
            {
                throw new EndpointException(_broken);
            }
        }
    }

    /// <summary>A reply came.</summary>
    public void Succeeded()
    {
        lock (_gate)
        {
            (_failures, _hasSucceeded) = (0, true);
        }
    }

    /// <summary>A try failed.</summary>
    /// <param name="failure">How.</param>
    /// <param name="isLast">Whether no other try follows.</param>
    /// <exception cref="EndpointException">That was enough.</exception>
    public void Failed(ChatCallException failure, bool isLast)
    {
        lock (_gate)
        {
            if (Advice(failure) is { } advice)
            {
                Break($"{failure.Message} {advice}");
            }

            // An endpoint that asks for patience is alive.
            if (failure.Status is 408 or 409 or 425 or 429 && !isLast)
            {
                return;
            }

            _waitingSince = _failures == 0 ? _time.GetTimestamp() : _waitingSince;
            _failures++;
            var isNoStart = !_hasSucceeded && failure.Error is ChatCallError.Connection or ChatCallError.Protocol && _failures >= _options.FailuresToStopAtStart;
            if (isNoStart || (_failures >= _options.FailuresToStop && _time.GetElapsedTime(_waitingSince) >= _options.Patience))
            {
                Break($"{failure.Message} That were {_failures} failures in a row. {(isNoStart ? "Check that the server runs and that --endpoint is its address, usually ending in /v1." : "Check the endpoint.")}");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Dispose();

    private static string? Advice(ChatCallException failure) => failure switch
    {
        { IsExhausted: true } => "The account has no money or quota left.",
        { Status: 401 } => "The endpoint does not accept the API key: check the variable that --api-key-variable names.",
        { Status: 403 } => "The key may not do this: check its permissions, and that it may use --chat-model.",
        { Status: 404 } => "Check --endpoint, which usually ends in /v1, and --chat-model.",
        { Error: ChatCallError.Redirect } => "Give the address it leads to as --endpoint, if you trust it.",
        { Error: ChatCallError.Certificate } => "Nothing was sent. Check the address; a certificate of your own must be in the system's store or in the file that SSL_CERT_FILE names.",
        _ => null,
    };

    private void Break(string reason)
    {
        _broken ??= $"{reason} {_describeProgress()} Run the same command again to go on: recorded replies are not requested again.";
        _ = _end.CancelAsync();
        throw new EndpointException(_broken);
    }
}
