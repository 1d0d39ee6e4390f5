using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>The choice of a threshold for semantic duplicates: pairs may be judged before it is made.</summary>
public sealed class CalibrationSession : IDisposable
{
    private const double BinWidth = 0.05, LastBin = 0.5;

    private readonly IDisposable _hold;
    private readonly WorkspaceFolder _folder;
    private readonly SemanticState _state;
    private readonly SnippetStore _store;
    private readonly CalibrationRun _run;

    internal CalibrationSession(Workspace.WorkspaceHold hold, SemanticState state, CalibrationOptions options)
    {
        (_hold, _folder, _state, _store) = (hold, hold.Folder, state, hold.Folder.OpenStore());
        _run = new CalibrationRun(_store, state.Index, state.Reference, options);
    }

    /// <summary>Pairs that nobody has judged. They come from all margins alike: a range that nobody looked into teaches nothing.</summary>
    /// <param name="count">Most pairs to give.</param>
    /// <param name="seed">Number that the choice follows from.</param>
    /// <returns>Two snippets, their cosine and their margin.</returns>
    public IEnumerable<(Snippet A, Snippet B, double Cosine, double Margin)> PairsToJudge(int count, int seed)
    {
        foreach (var pair in Choose(count, new Random(seed)))
        {
            var rows = new[] { _state.Index.Nodes.First(pair.A), _state.Index.Nodes.First(pair.B) };
            var snippets = _store.Snippets(rows);
            if (rows.All(snippets.ContainsKey))
            {
                yield return (snippets[rows[0]], snippets[rows[1]], pair.Cosine, pair.Margin);
            }
        }
    }

    /// <summary>Code of a snippet, or null where it is gone.</summary>
    /// <param name="snippet">The snippet's id.</param>
    public string? Code(string snippet) => _store.Code(snippet);

    /// <summary>Takes a judgement into account.</summary>
    public void Judge(LabelledPair pair) => _run.Label(_store, pair);

    /// <summary>Chooses the threshold and keeps it in the workspace.</summary>
    /// <param name="time">Clock; null for the system's.</param>
    public Calibration Finish(TimeProvider? time = null)
    {
        var calibration = _run.Calibrate(_state.ModelHash, time ?? TimeProvider.System);
        calibration.Write(_folder);
        return calibration;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Dispose();
        _hold.Dispose();
    }

    private List<SemanticPair> Choose(int count, Random random)
    {
        var bins = _run.Pairs.Where(pair => !_run.IsLabelled(pair))
            .GroupBy(pair => (int)Math.Floor(Math.Min(pair.Margin, LastBin) / BinWidth)).OrderBy(bin => bin.Key)
            .Select(bin => new Queue<SemanticPair>(Shuffled([.. bin], random))).ToList();
        var chosen = new List<SemanticPair>();
        for (var any = true; any && chosen.Count < count;)
        {
            any = false;
            foreach (var bin in bins)
            {
                if (chosen.Count < count && bin.TryDequeue(out var pair))
                {
                    chosen.Add(pair);
                    any = true;
                }
            }
        }

        return chosen;
    }

    private static SemanticPair[] Shuffled(SemanticPair[] pairs, Random random)
    {
        random.Shuffle(pairs);
        return pairs;
    }
}
