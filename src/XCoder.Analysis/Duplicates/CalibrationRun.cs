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
    private readonly ReferencePairs _reference;
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
    public CalibrationRun(SnippetStore store, SemanticIndex index, ReferencePairs reference, CalibrationOptions options)
    {
        (_index, _reference, _options) = (index, reference, options);
        _rule = new SemanticPairs(index.Candidates, options.Rule);
        _twins = new KnownTranslations(index.Candidates, Names(store, index.Nodes));
        Pairs = [.. _rule.Find(LowestMargin, null).Where(pair => pair.Scope is PairScope.Ports or PairScope.Unrelated)];
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
        var (ports, byLabels) = Learn(PairScope.Ports);
        var (unrelated, byLabelsUnrelated) = Learn(PairScope.Unrelated);
        var threshold = Threshold(ports, _options.Rule.Threshold);
        var unrelatedThreshold = Threshold(unrelated, _options.Rule.UnrelatedThreshold);
        return new Calibration
        {
            ModelHash = modelHash,
            Model = _index.Model,
            Threshold = threshold,
            Target = _options.Precision,
            Precision = ports.PrecisionAt(threshold),
            Recall = ports.RecallAt(threshold),
            Pairs = ports.PairsAt(threshold),
            UnrelatedThreshold = unrelatedThreshold,
            UnrelatedPrecision = unrelated.PrecisionAt(unrelatedThreshold),
            UnrelatedPairs = unrelated.PairsAt(unrelatedThreshold),
            Twins = _twins.Pairs.Count,
            JudgedByTwins = ports.Judged + unrelated.Judged - byLabels - byLabelsUnrelated,
            JudgedByLabels = byLabels + byLabelsUnrelated,
            UnknownLabels = _unknown,
            Curve = [.. Curve.Select(at => new CalibrationPoint(at, ports.PairsAt(at), ports.PrecisionAt(at), ports.RecallAt(at)))],
            CreatedAt = time.GetUtcNow(),
        };
    }

    /// <summary>
    /// The precision expected at a rule's thresholds, in ports and between unrelated projects, from the model's reference pairs alone;
    /// null where it is unknown.
    /// </summary>
    public static (Estimate? Ports, Estimate? Unrelated) Expected(SemanticIndex index, ReferencePairs reference, SemanticOptions options)
    {
        var pairs = new SemanticPairs(index.Candidates, options).Find(options.Threshold, null);
        return (Of(PairScope.Ports, reference.Ports, options.Threshold),
            Of(PairScope.Unrelated, reference.Unrelated, options.UnrelatedThreshold));

        Estimate? Of(PairScope scope, IReadOnlyList<MarginBin> bins, double threshold) => new SemanticCalibration(bins, [],
            pairs.Where(pair => pair.Scope == scope).Select(pair => (double)pair.Margin), []).PrecisionAt(threshold);
    }

    private (SemanticCalibration Learnt, int ByLabels) Learn(PairScope scope)
    {
        var (judged, known, byLabels) = (new List<(double, bool)>(), new List<double>(), 0);
        var margins = new Dictionary<(int, int), double>();
        foreach (var pair in Pairs.Where(pair => pair.Scope == scope))
        {
            margins[(pair.A, pair.B)] = pair.Margin;
            var isLabelled = _labels.TryGetValue((pair.A, pair.B), out var isSame);
            byLabels += isLabelled ? 1 : 0;
            if (isLabelled || (_twins.IsSame(pair.A, pair.B) is { } told && (isSame = told) == told))
            {
                judged.Add((pair.Margin, isSame));
            }
        }

        foreach (var pair in _twins.Pairs.Where(pair => !_labels.ContainsKey(pair))
            .Concat(_labels.Where(label => label.Value && IsAcross(label.Key)).Select(label => label.Key))
            .Where(pair => _rule.Scope(pair.Item1, pair.Item2) == scope))
        {
            known.Add(margins.GetValueOrDefault(pair, double.NaN));
        }

        return (new SemanticCalibration(scope == PairScope.Ports ? _reference.Ports : _reference.Unrelated, judged, margins.Values, known),
            byLabels);
    }

    private double Threshold(SemanticCalibration learnt, double otherwise) =>
        Math.Round(learnt.Threshold(_options.Precision) ?? (learnt is { IsInformed: true, HasPairs: true } ? 1 : otherwise), 2);

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
