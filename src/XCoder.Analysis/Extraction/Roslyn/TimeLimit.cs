namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>A token that is cancelled with another, or when one file has taken too long.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _linked;

    public TimeLimit(RoslynOptions options, CancellationToken cancellation)
    {
        _timeout = new CancellationTokenSource(options.FileTimeout, options.Time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, cancellation);
    }

    public CancellationToken Token => _linked.Token;

    public void Dispose()
    {
        _linked.Dispose();
        _timeout.Dispose();
    }
}
