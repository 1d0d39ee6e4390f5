namespace XCoder.Analysis.Vectors.Search;

/// <summary>Adds up work that several threads do; what is reported only grows.</summary>
internal sealed class WorkProgress(IProgress<(long Done, long All)>? progress, long all)
{
    private readonly Lock _gate = new();
    private long _done;

    /// <summary>Says that all is done.</summary>
    public void End() => Add(all);

    public void Add(long work)
    {
        if (progress is not null)
        {
            lock (_gate)
            {
                _done = Math.Min(all, _done + work);
                progress.Report((_done, all));
            }
        }
    }
}
