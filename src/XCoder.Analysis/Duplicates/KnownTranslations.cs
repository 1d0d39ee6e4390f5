using XCoder.Analysis.Semantic;
using System.Runtime.InteropServices;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Finds pairs in two languages that can be assumed to behave the same without comparing their code: both have the same
/// telling name or the same sentence of documentation, and each is the only one with it in its repository and language.
/// Names count only if the two places share several of them, as ports of a library do, or one project in two languages.
/// </summary>
internal sealed class KnownTranslations
{
    private const int LeastShared = 5;
    private const int LeastSharedWithin = 2;
    private const double LeastShare = 0.03;

    private readonly SemanticCandidates _candidates;
    private readonly Dictionary<(int Node, long Cell), int> _twins = [];

    /// <summary>Finds the translation pairs.</summary>
    /// <param name="candidates">Gives the languages and repositories of the nodes.</param>
    /// <param name="names">Names of each node; empty for tests and structures.</param>
    public KnownTranslations(SemanticCandidates candidates, IReadOnlyList<NodeNames> names)
    {
        _candidates = candidates;
        var pairs = new HashSet<(int, int)>();
        Match(names.Select(name => name.Documentation), isName: false, pairs);
        Match(names.Select(name => name.Name), isName: true, pairs);
        Pairs = [.. pairs.Order()];
    }

    /// <summary>The pairs, each with the lower node first, in ascending order.</summary>
    public IReadOnlyList<(int A, int B)> Pairs { get; }

    /// <summary>
    /// Whether two nodes are known to behave the same: true if they are a translation pair, false if one of them has
    /// its translation, in the other's repository and language, at a different node; null if nothing is known.
    /// </summary>
    public bool? IsSame(int a, int b)
    {
        var (ofA, ofB) = (_twins.GetValueOrDefault((a, Cell(b)), -1), _twins.GetValueOrDefault((b, Cell(a)), -1));
        return ofA == b || ofB == a ? true : (ofA >= 0 && !AreAlike(ofA, b)) || (ofB >= 0 && !AreAlike(ofB, a)) ? false : null;
    }

    private bool AreAlike(int a, int b) => _candidates.TextGroups[a] is var text and >= 0 && text == _candidates.TextGroups[b];

    private long Cell(int node) => PortPlaces.Place(_candidates.Repositories[node], _candidates.Languages[node]);

    private void Match(IEnumerable<string?> keys, bool isName, HashSet<(int, int)> pairs)
    {
        // For each key and cell (repository and language) its only node, or -1 where there are several.
        var bearers = new Dictionary<string, Dictionary<long, int>>();
        var node = -1;
        foreach (var key in keys)
        {
            node++;
            if (key is not null)
            {
                var cells = bearers.TryGetValue(key, out var found) ? found : bearers[key] = [];
                ref var bearer = ref CollectionsMarshal.GetValueRefOrAddDefault(cells, Cell(node), out var isTaken);
                bearer = isTaken ? -1 : node;
            }
        }

        var sizes = new Dictionary<long, int>();
        var shared = new Dictionary<(long, long), List<(int A, int B)>>();
        foreach (var cells in bearers.Values)
        {
            var single = cells.Where(cell => cell.Value >= 0).OrderBy(cell => cell.Key).ToArray();
            foreach (var (cell, _) in single)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(sizes, cell, out _)++;
            }

            // A name that very many nodes have says little.
            for (var i = 0; i < single.Length && single.Length <= 64; i++)
            {
                for (var j = i + 1; j < single.Length; j++)
                {
                    if ((single[i].Key & 255) != (single[j].Key & 255))
                    {
                        (shared.TryGetValue((single[i].Key, single[j].Key), out var list) ? list
                            : shared[(single[i].Key, single[j].Key)] = []).Add((single[i].Value, single[j].Value));
                    }
                }
            }
        }

        foreach (var ((left, right), found) in shared.OrderBy(pair => pair.Key))
        {
            var isWithin = left >> 8 == right >> 8;
            if (!isName || (isWithin ? found.Count >= LeastSharedWithin : found.Count >= LeastShared
                && found.Count >= LeastShare * Math.Min(sizes[left], sizes[right])))
            {
                foreach (var (a, b) in found)
                {
                    pairs.Add((Math.Min(a, b), Math.Max(a, b)));
                    _twins.TryAdd((a, right), b);
                    _twins.TryAdd((b, left), a);
                }
            }
        }
    }
}

/// <summary>The name and documentation of a node, normalised to find translation pairs by.</summary>
/// <param name="Name">The name in lower case without separators; null unless it has at least 8 letters, or 5 letters and two words.</param>
/// <param name="Documentation">The first sentence of the documentation, normalised likewise; null if it has fewer than six words.</param>
internal readonly record struct NodeNames(string? Name, string? Documentation)
{
    private const int LeastLetters = 8;
    private const int LeastWords = 6;

    /// <summary>Normalises the names of a snippet.</summary>
    /// <param name="name">Its unqualified name.</param>
    /// <param name="documentation">Its documentation, or null.</param>
    public static NodeNames Of(string name, string? documentation)
    {
        var letters = NameWords.Plain(name);
        return new NodeNames(letters.Length >= LeastLetters || (letters.Length >= 5 && Words(name) > 1) ? letters : null,
            Sentence(documentation));
    }

    private static string? Sentence(string? documentation)
    {
        if (documentation is null)
        {
            return null;
        }

        var end = documentation.AsSpan().IndexOfAny('.', '\n');
        var first = end > 0 ? documentation[..end] : documentation;
        return first.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= LeastWords ? NameWords.Plain(first) : null;
    }

    private static int Words(string name)
    {
        var words = 0;
        for (var i = 0; i < name.Length; i++)
        {
            words += char.IsLetterOrDigit(name[i])
                && (i == 0 || !char.IsLetterOrDigit(name[i - 1]) || (char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))) ? 1 : 0;
        }

        return words;
    }
}
