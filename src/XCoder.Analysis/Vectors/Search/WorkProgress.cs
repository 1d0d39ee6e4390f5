namespace XCoder.Analysis.Vectors.Search;

/// <summary>Adds up the work of several threads and reports it; the reported value never decreases.</summary>
internal sealed class WorkProgress(IProgress<(long Done, long All)>? progress, long all)
{
    private readonly Lock _gate = new();
    private long _done;

    /// <summary>Reports that all work is done.</summary>
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
