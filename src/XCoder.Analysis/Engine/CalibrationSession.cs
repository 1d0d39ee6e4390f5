using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis;

/// <summary>Chooses a threshold for semantic duplicates; pairs can be judged first.</summary>
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

    /// <summary>
    /// Returns pairs that have no label yet. They are spread evenly over all margins, because a range without
    /// judgements stays unknown.
    /// </summary>
    /// <param name="count">Most pairs to return.</param>
    /// <param name="seed">Seed of the random choice.</param>
    /// <returns>Two snippets each, with their cosine and their margin.</returns>
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

    /// <summary>
    /// Number of pairs of functions in two languages that are near enough to judge; without one there is nothing to calibrate.
    /// </summary>
    public int Pairs => _run.Pairs.Count;

    /// <summary>Returns the code of a snippet, or null if it is no longer in the store.</summary>
    /// <param name="snippet">The snippet's id.</param>
    public string? Code(string snippet) => _store.Code(snippet);

    /// <summary>Adds a judgement of a pair.</summary>
    public void Judge(LabelledPair pair) => _run.Label(_store, pair);

    /// <summary>Chooses the threshold and writes it to the workspace, unless there are no pairs: then what held before stays.</summary>
    /// <param name="time">Clock for the time stamp; null uses the system's.</param>
    public Calibration Finish(TimeProvider? time = null)
    {
        var calibration = _run.Calibrate(_state.ModelHash, time ?? TimeProvider.System);
        if (Pairs > 0)
        {
            calibration.Write(_folder);
        }

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
