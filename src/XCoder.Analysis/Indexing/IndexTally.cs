using XCoder.Analysis.Model;

namespace XCoder.Analysis.Indexing;

/// <summary>Counts what an index run does, from several threads.</summary>
internal sealed class IndexTally(int repositories, IProgress<StageProgress>? progress)
{
    private string _repository = "";
    private int _repositoriesDone;
    private int _found;
    private int _done;
    private int _extracted;
    private int _unchanged;
    private int _removed;
    private long _bytes;
    private bool _walked;

    public void Begin(string repository) => (_repository, _walked) = (repository, false);

    public void AddFound() => Interlocked.Increment(ref _found);

    public void EndWalk() => _walked = true;

    public void Add(FileOutcome outcome)
    {
        Interlocked.Add(ref _bytes, outcome.Bytes);
        Interlocked.Increment(ref _done);
        if (outcome.Record is not null)
        {
            Interlocked.Increment(ref _extracted);
        }
        else if (outcome.Unchanged is not null)
        {
            Interlocked.Increment(ref _unchanged);
        }

        progress?.Report(new StageProgress("index", _done, _found)
        {
            Unit = "files",
            Item = _repository,
            IsTotalOpen = !_walked,
            Bytes = _bytes,
            PartsDone = _repositoriesDone,
            Parts = repositories,
        });
    }

    public void End(int removed)
    {
        _removed += removed;
        _repositoriesDone++;
    }

    public IndexSummary Summarise(IReadOnlyList<(string Repository, string Path)> scopes, bool interrupted) => new()
    {
        Scopes = scopes,
        Extracted = _extracted,
        Unchanged = _unchanged,
        Removed = _removed,
        Bytes = _bytes,
        Interrupted = interrupted,
    };
}
