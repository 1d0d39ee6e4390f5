using XCoder.Agents.Store;

namespace XCoder.Agents.Chat;

/// <summary>
/// Keeps requests and cost below their limits: what a request may cost at most is set aside before it is sent, so that requests
/// in flight cannot overrun the limit together.
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

    /// <summary>What was spent, or null where prices are unknown.</summary>
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

    /// <summary>Cost of tokens; unknown prices count nothing.</summary>
    public decimal CostOf(long promptTokens, long completionTokens) =>
        ((promptTokens * (_options.PromptPrice ?? 0)) + (completionTokens * (_options.CompletionPrice ?? 0))) / Million;

    /// <summary>Sets cost aside, waiting while requests in flight may still give some back.</summary>
    /// <returns>Null, or what limit is reached.</returns>
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

    /// <summary>Counts one more request of a question whose cost is set aside already.</summary>
    /// <returns>Null, or what limit is reached.</returns>
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

    /// <summary>Books what a request really took in place of what was set aside.</summary>
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
