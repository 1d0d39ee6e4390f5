using System.Runtime.InteropServices;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining.Translations;

/// <summary>
/// What is known of two repositories when two of their functions are compared: which words each uses, which prefix its names bear, which
/// other functions have twins, and which words stand for each other.
/// </summary>
internal sealed class PairContext
{
    /// <summary>A body of fewer steps says too little to be compared.</summary>
    public const int LeastSteps = 3;

    private const double PrefixShare = 0.3;
    private const int PrefixNames = 20;
    private const double GoodName = 0.9;
    private const double GoodSteps = 0.5;
    private const int MostForeign = 8;
    private const double MostSurprise = 12;

    private static readonly (int Before, int Behind) None = (-1, -1);

    private readonly Func<int, long> _cell;
    private readonly Func<int, long> _file;
    private readonly Dictionary<int, FunctionProfile> _profiles;
    private readonly Dictionary<int, uint[]> _steps = [];
    private readonly CellWords _words;
    private readonly Dictionary<(int A, int B), double> _likeness = [];
    private readonly Dictionary<(int Node, long Cell), List<(int A, int B)>> _rivals = [];
    private readonly HashSet<(int A, int B)> _twins = [];
    private readonly Dictionary<(long, long), int> _company = [];
    private readonly WordSynonyms _synonyms = new();
    private readonly WordUse _use = new();
    private readonly Func<(int A, int B), int> _tests;
    private readonly Dictionary<int, (int Before, int Behind)> _beside = [];

    /// <summary>Learns from all candidates of a workspace.</summary>
    /// <param name="pairs">The candidates.</param>
    /// <param name="profiles">The profiles of their functions.</param>
    /// <param name="words">The words of each repository and language.</param>
    /// <param name="cell">Returns the number of a function's repository and language.</param>
    /// <param name="file">Returns the number of a function's file.</param>
    /// <param name="order">The functions by file, in the order of their places.</param>
    /// <param name="tests">Returns the number of twin tests that call the two functions.</param>
    public PairContext(IReadOnlyCollection<(int A, int B)> pairs, Dictionary<int, FunctionProfile> profiles, CellWords words,
        Func<int, long> cell, Func<int, long> file, IEnumerable<IReadOnlyList<int>> order, Func<(int A, int B), int> tests)
    {
        (_profiles, _words, _cell, _file, _tests) = (profiles, words, cell, file, tests);
        foreach (var functions in order)
        {
            for (var i = 0; i < functions.Count; i++)
            {
                _beside[functions[i]] = (i > 0 ? functions[i - 1] : -1, i < functions.Count - 1 ? functions[i + 1] : -1);
            }
        }

        var named = new List<(int A, int B)>();
        foreach (var pair in pairs)
        {
            var (a, b) = Turn(pair);
            _likeness[(a, b)] = StepAlignment.Likeness(Steps(a), Steps(b));
            if (SignalReader.Name(profiles[a], profiles[b]) >= GoodName)
            {
                named.Add((a, b));
                Rivals(a, cell(b)).Add((a, b));
                Rivals(b, cell(a)).Add((a, b));
            }
        }

        foreach (var (a, b) in named)
        {
            var likeness = _likeness[(a, b)];
            if (likeness >= GoodSteps && Math.Min(Steps(a).Length, Steps(b).Length) >= LeastSteps
                && Rivals(a, cell(b)).Concat(Rivals(b, cell(a))).All(rival => _likeness[rival] <= likeness))
            {
                _twins.Add((a, b));
                CollectionsMarshal.GetValueRefOrAddDefault(_company, (file(a), file(b)), out _)++;
            }
        }

        foreach (var group in _twins.GroupBy(twin => (cell(twin.A), cell(twin.B))))
        {
            _synonyms.Learn(group.Key, group.Order().Select(twin => (Steps(twin.A), Steps(twin.B))));
            foreach (var (a, b) in group)
            {
                _use.Add(group.Key, Steps(a), _synonyms.Replace(group.Key, Steps(b)));
            }
        }
    }

    /// <summary>Returns the signals of a candidate.</summary>
    public PairSignals Compare((int A, int B) pair)
    {
        var (a, b) = Turn(pair);
        var (one, other) = (_profiles[a], _profiles[b]);
        var cells = (_cell(a), _cell(b));
        var steps = Steps(a);
        var others = _synonyms.Replace(cells, Steps(b));
        var likeness = _likeness[(a, b)];
        var isTwin = _twins.Contains((a, b));
        var company = _company.GetValueOrDefault((_file(a), _file(b))) - (isTwin ? 1 : 0);
        var apart = SignalReader.Compare(one, other);
        var rival = Rivals(a, cells.Item2).Concat(Rivals(b, cells.Item1)).Where(item => item != (a, b))
            .Select(item => SignalReader.KnownScope(_profiles[item.A], _profiles[item.B]) ?? 0).DefaultIfEmpty(0).Max();
        var (near, far) = (_beside.GetValueOrDefault(a, None), _beside.GetValueOrDefault(b, None));
        return apart with
        {
            Steps = ReferenceEquals(others, Steps(b)) ? likeness : StepAlignment.Likeness(steps, others),
            Foreign = Math.Min(MostForeign, Foreign(steps, others, cells)),
            Company = Math.Log(1 + company),
            Alone = company == 0 ? 1 : 0,
            Rival = Math.Max(0, rival - apart.Scope),
            Hole = Math.Log(1 + StepAlignment.Gaps(steps, others).Select(gap => Math.Abs(gap.A - gap.B)).DefaultIfEmpty(0).Max()),
            Surprise = Math.Min(MostSurprise, _use.Surprise(cells, steps, others, isTwin)),
            Siblings = (_twins.Contains((near.Before, far.Before)) ? 1 : 0) + (_twins.Contains((near.Behind, far.Behind)) ? 1 : 0),
            Tests = Math.Log(1 + _tests(pair)),
        };
    }

    /// <summary>Number of steps of a function, without the prefix of its library.</summary>
    public int Length(int node) => Steps(node).Length;

    private int Foreign(uint[] a, uint[] b, (long A, long B) cells) =>
        a.Except(b).Count(step => !StepReader.IsOperator(step) && !_words.Knows(cells.B, step)
            && !_words.Knows(cells.B, _synonyms.Other(cells, step)))
        + b.Except(a).Count(step => !StepReader.IsOperator(step) && !_words.Knows(cells.A, step));

    // Both orders of a pair are one: the lower cell first, so that synonyms have one direction.
    private (int A, int B) Turn((int A, int B) pair) => _cell(pair.A) <= _cell(pair.B) ? pair : (pair.B, pair.A);

    private List<(int A, int B)> Rivals(int node, long cell)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_rivals, (node, cell), out _);
        return list ??= [];
    }

    private uint[] Steps(int node)
    {
        ref var steps = ref CollectionsMarshal.GetValueRefOrAddDefault(_steps, node, out _);
        return steps ??= _words.WithoutPrefix(_cell(node), _profiles[node].Steps);
    }

    /// <summary>The words that the functions of each repository and language use.</summary>
    internal sealed class CellWords
    {
        private readonly Dictionary<long, Dictionary<uint, int>> _uses = [];
        private readonly Dictionary<long, Dictionary<string, int>> _firsts = [];
        private readonly Dictionary<long, int> _free = [];
        private readonly Dictionary<long, HashSet<uint>> _prefixes = [];

        /// <summary>Counts a function.</summary>
        public void Add(long cell, FunctionProfile profile)
        {
            ref var uses = ref CollectionsMarshal.GetValueRefOrAddDefault(_uses, cell, out _);
            uses ??= [];
            foreach (var step in profile.Steps.Distinct())
            {
                CollectionsMarshal.GetValueRefOrAddDefault(uses, step, out _)++;
            }

            if (profile.Scope.Count == 0 && profile.Name.Count > 1)
            {
                ref var firsts = ref CollectionsMarshal.GetValueRefOrAddDefault(_firsts, cell, out _);
                CollectionsMarshal.GetValueRefOrAddDefault(firsts ??= [], profile.Name[0], out _)++;
                CollectionsMarshal.GetValueRefOrAddDefault(_free, cell, out _)++;
            }
        }

        /// <summary>Whether more than one function of a cell uses a word.</summary>
        public bool Knows(long cell, uint? word) => word is { } known && _uses.GetValueOrDefault(cell)?.GetValueOrDefault(known) > 1;

        /// <summary>Returns the steps without the words that begin the names of a cell's functions, as in C.</summary>
        public uint[] WithoutPrefix(long cell, uint[] steps)
        {
            if (!_prefixes.TryGetValue(cell, out var prefixes))
            {
                _prefixes[cell] = prefixes = _firsts.GetValueOrDefault(cell) is { } firsts && _free[cell] >= PrefixNames
                    ? [.. firsts.Where(first => first.Value >= PrefixShare * _free[cell]).Select(first => StepReader.Step(first.Key))] : [];
            }

            return prefixes.Count == 0 ? steps : Array.FindAll(steps, step => !prefixes.Contains(step));
        }
    }
}
