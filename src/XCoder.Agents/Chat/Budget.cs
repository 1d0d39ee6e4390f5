using XCoder.Agents.Store;

namespace XCoder.Agents.Chat;

/// <summary>
/// Keeps requests and cost below their limits. It reserves the highest possible cost of a request before the request is sent, so that
/// requests in flight cannot exceed the limit together.
/// </summary>
internal sealed class Budget
{
    private const decimal Million = 1_000_000;

    private readonly ChatGatewayOptions _options;
    private readonly Lock _gate = new();
    private long _sent;
    private decimal _spent;
    private decimal _reserved;
    private int _inFlight;
    private TaskCompletionSource _settled = New();

    public Budget(ChatGatewayOptions options, ReplyUsage before)
    {
        _options = options;
        _sent = before.Requests;
        _spent = CostOf(before.PromptTokens, before.CompletionTokens);
    }

    /// <summary>Cost so far, in the currency of the prices, or null when no price is known.</summary>
    public decimal? Spent
    {
        get
        {
            lock (_gate)
            {
                return _options.PromptPrice is null && _options.CompletionPrice is null ? null : _spent;
            }
        }
    }

    /// <summary>Returns the cost of tokens. Tokens without a known price cost nothing.</summary>
    public decimal CostOf(long promptTokens, long completionTokens) =>
        ((promptTokens * (_options.PromptPrice ?? 0)) + (completionTokens * (_options.CompletionPrice ?? 0))) / Million;

    /// <summary>
    /// Counts a request and reserves its cost. Waits while requests in flight may still return a part of their reservations.
    /// </summary>
    /// <returns>Null when reserved, or a message that names the limit reached.</returns>
    public async Task<string?> ReserveAsync(decimal cost, CancellationToken cancellation)
    {
        while (true)
        {
            Task settled;
            lock (_gate)
            {
                if (_sent >= _options.MaxRequests)
                {
                    return RequestsReached();
                }

                if (_options.MaxCost is not { } most || _spent + _reserved + cost <= most)
                {
                    (_sent, _reserved, _inFlight) = (_sent + 1, _reserved + cost, _inFlight + 1);
                    return null;
                }

                if (_inFlight == 0)
                {
                    return FormattableString.Invariant(
                        $"The limit on cost is reached: {_spent:0.####} of {most:0.####} spent, and this request may take {cost:0.####}.");
                }

                settled = _settled.Task;
            }

            await settled.WaitAsync(cancellation);
        }
    }

    /// <summary>Counts one more request for a question whose cost is already reserved.</summary>
    /// <returns>Null when counted, or a message that names the limit reached.</returns>
    public string? ReserveAnother()
    {
        lock (_gate)
        {
            if (_sent >= _options.MaxRequests)
            {
                return RequestsReached();
            }

            _sent++;
            return null;
        }
    }

    /// <summary>Replaces a reservation by the cost that the request had.</summary>
    public void Settle(decimal reserved, decimal spent)
    {
        TaskCompletionSource settled;
        lock (_gate)
        {
            (_reserved, _spent, _inFlight) = (_reserved - reserved, _spent + spent, _inFlight - 1);
            (settled, _settled) = (_settled, New());
        }

        settled.SetResult();
    }

    private string RequestsReached() => FormattableString.Invariant($"The limit of {_options.MaxRequests:N0} requests is reached.");

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
