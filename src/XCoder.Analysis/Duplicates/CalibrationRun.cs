using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Finds a threshold for the semantic duplicates of a workspace. The candidate pairs in two languages are judged by
/// translation pairs, by labels, and by the reference pairs of the model.
/// </summary>
internal sealed class CalibrationRun
{
    // Few pairs with a lower margin behave the same, so judging more of them would add nothing.
    private const double LowestMargin = -0.05;

    private static readonly double[] Curve = [0, 0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5];

    private readonly SemanticIndex _index;
    private readonly IReadOnlyList<MarginBin> _reference;
    private readonly CalibrationOptions _options;
    private readonly KnownTranslations _twins;
    private readonly SemanticPairs _rule;
    private readonly Dictionary<(int, int), bool> _labels = [];
    private readonly int _unknown;

    /// <summary>Collects the candidate pairs of a workspace and the given labels.</summary>
    /// <param name="store">Gives names, documentation and the snippets that labels refer to.</param>
    /// <param name="index">The semantic index of the workspace.</param>
    /// <param name="reference">Pairs judged when the model was made, by margin.</param>
    /// <param name="options">Precision to reach, labels, and the rule for pairs.</param>
    public CalibrationRun(SnippetStore store, SemanticIndex index, IReadOnlyList<MarginBin> reference, CalibrationOptions options)
    {
        (_index, _reference, _options) = (index, reference, options);
        _rule = new SemanticPairs(index.Candidates, options.Rule);
        _twins = new KnownTranslations(index.Candidates, Names(store, index.Nodes));
        Pairs = [.. _rule.Find(LowestMargin, null).Where(pair => pair.Scope == PairScope.AcrossLanguages)];
        foreach (var label in options.Labels)
        {
            _unknown += Label(store, label) ? 0 : 1;
        }
    }

    /// <summary>All candidate pairs in two languages, down to a margin of -0.05, below which few behave the same.</summary>
    public IReadOnlyList<SemanticPair> Pairs { get; }

    /// <summary>Adds a judgement of a pair, replacing an earlier one.</summary>
    /// <returns>False if one of the snippets is not in the index.</returns>
    public bool Label(SnippetStore store, LabelledPair label)
    {
        var (a, b) = (NodeOf(store, label.A), NodeOf(store, label.B));
        if (a < 0 || b < 0)
        {
            return false;
        }

        _labels[(Math.Min(a, b), Math.Max(a, b))] = label.Same;
        return true;
    }

    /// <summary>Whether a pair has a label.</summary>
    public bool IsLabelled(SemanticPair pair) => _labels.ContainsKey((pair.A, pair.B));

    /// <summary>Computes the calibration from everything known so far.</summary>
    /// <param name="modelHash">Hash of the model.</param>
    /// <param name="time">Supplies the time stamp.</param>
    public Calibration Calibrate(string modelHash, TimeProvider time)
    {
        var (judged, known, byLabels) = (new List<(double, bool)>(), new List<double>(), 0);
        var margins = Pairs.ToDictionary(pair => (pair.A, pair.B), pair => (double)pair.Margin);
        foreach (var pair in Pairs)
        {
            var isLabelled = _labels.TryGetValue((pair.A, pair.B), out var isSame);
            byLabels += isLabelled ? 1 : 0;
            if (isLabelled || (_twins.IsSame(pair.A, pair.B) is { } told && (isSame = told) == told))
            {
                judged.Add((pair.Margin, isSame));
            }
        }

        foreach (var pair in _twins.Pairs.Where(pair => !_labels.ContainsKey(pair))
            .Concat(_labels.Where(label => label.Value && IsAcross(label.Key)).Select(label => label.Key)))
        {
            known.Add(margins.GetValueOrDefault(pair, double.NaN));
        }

        var learnt = new SemanticCalibration(_reference, judged, margins.Values, known);
        var threshold = Math.Round(learnt.Threshold(_options.Precision) ?? (learnt.IsInformed ? 1 : _options.Rule.Threshold), 2);
        return new Calibration
        {
            ModelHash = modelHash,
            Model = _index.Model,
            Threshold = threshold,
            Target = _options.Precision,
            Precision = learnt.PrecisionAt(threshold),
            Recall = learnt.RecallAt(threshold),
            Pairs = learnt.PairsAt(threshold),
            Twins = _twins.Pairs.Count,
            JudgedByTwins = judged.Count - byLabels,
            JudgedByLabels = byLabels,
            UnknownLabels = _unknown,
            Curve = [.. Curve.Select(at => new CalibrationPoint(at, learnt.PairsAt(at), learnt.PrecisionAt(at), learnt.RecallAt(at)))],
            CreatedAt = time.GetUtcNow(),
        };
    }

    /// <summary>The precision expected at a rule's threshold, from the model's reference pairs alone; null where it is unknown.</summary>
    public static Estimate? Expected(SemanticIndex index, IReadOnlyList<MarginBin> reference, SemanticOptions options)
    {
        var pairs = new SemanticPairs(index.Candidates, options).Find(options.Threshold, null);
        return new SemanticCalibration(reference, [], pairs.Where(pair => pair.Scope == PairScope.AcrossLanguages)
            .Select(pair => (double)pair.Margin), []).PrecisionAt(options.Threshold);
    }

    private bool IsAcross((int A, int B) pair) => _index.Nodes.Family[pair.A] != _index.Nodes.Family[pair.B];

    private int NodeOf(SnippetStore store, string id) => store.FindSnippet(id) is { } row ? _index.Nodes.Find(row) : -1;

    // Names come from the first snippet of each node. Tests and structures are left out because their names are weaker
    // evidence.
    private static NodeNames[] Names(SnippetStore store, SemanticNodes nodes)
    {
        var names = new NodeNames[nodes.Count];
        var isKnown = new bool[nodes.Count];
        foreach (var (row, name, documentation, isTest) in store.Names())
        {
            if (nodes.Find(row) is var node and >= 0 && node < nodes.Functions && !isKnown[node])
            {
                isKnown[node] = true;
                names[node] = isTest ? default : NodeNames.Of(name, documentation);
            }
        }

        return names;
    }
}
