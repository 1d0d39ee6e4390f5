using System.Runtime.InteropServices;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Pairs across languages that are known to be the same without looking at their code: of one telling name, or of one
/// documentation sentence, each borne by no other in its repository and language. Names count only between two that share
/// several of them, as ports of a library do, or one project in two languages.
/// </summary>
internal sealed class KnownTranslations
{
    private const int LeastShared = 5;
    private const int LeastSharedWithin = 2;
    private const double LeastShare = 0.03;

    private readonly SemanticCandidates _candidates;
    private readonly Dictionary<(int Node, long Cell), int> _twins = [];

    /// <summary>Finds the twins.</summary>
    /// <param name="candidates">The nodes' languages and repositories.</param>
    /// <param name="names">Names of each node; tests and structures none.</param>
    public KnownTranslations(SemanticCandidates candidates, IReadOnlyList<NodeNames> names)
    {
        _candidates = candidates;
        var pairs = new HashSet<(int, int)>();
        Match(names.Select(name => name.Documentation), isName: false, pairs);
        Match(names.Select(name => name.Name), isName: true, pairs);
        Pairs = [.. pairs.Order()];
    }

    /// <summary>The pairs, each with the lower node first, ascending.</summary>
    public IReadOnlyList<(int A, int B)> Pairs { get; }

    /// <summary>
    /// Whether a pair is known: the same, or different because one of the two has its twin where the other stands.
    /// </summary>
    public bool? IsSame(int a, int b)
    {
        var (ofA, ofB) = (_twins.GetValueOrDefault((a, Cell(b)), -1), _twins.GetValueOrDefault((b, Cell(a)), -1));
        return ofA == b || ofB == a ? true : (ofA >= 0 && !AreAlike(ofA, b)) || (ofB >= 0 && !AreAlike(ofB, a)) ? false : null;
    }

    private bool AreAlike(int a, int b) => _candidates.TextGroups[a] is var text and >= 0 && text == _candidates.TextGroups[b];

    private long Cell(int node) => ((long)_candidates.Repositories[node] << 8) | _candidates.Languages[node];

    private void Match(IEnumerable<string?> keys, bool isName, HashSet<(int, int)> pairs)
    {
        // The bearer of a key in a cell, or -1 where there are several.
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

            // A name that very many bear says little.
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

/// <summary>What a node is called and said to do, to find pairs by that are known to be the same.</summary>
/// <param name="Name">Its name, two words or more, without case and separators; null where the name says little.</param>
/// <param name="Documentation">The first sentence of its documentation, six words or more, likewise; null for none.</param>
internal readonly record struct NodeNames(string? Name, string? Documentation)
{
    private const int LeastLetters = 8;
    private const int LeastWords = 6;

    /// <summary>Names of a snippet.</summary>
    /// <param name="name">Its bare name.</param>
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
