using System.Runtime.InteropServices;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Semantic;

/// <summary>
/// Finds places, each a language of a repository, that are ports of each other: many of their functions are each other's best partner
/// there, by a margin that strangers seldom reach, or bear the same long names. Strangers of some size share dozens of names, but few of
/// all that they have (measured on 100 repositories, RESULTS.md).
/// </summary>
internal static class PortPlaces
{
    private const double LeastMargin = 0.25;

    // Pairs that strangers of any size have, at most, and their share of the functions of the smaller place. The parts of one project
    // that call each other across languages resemble each other more than strangers do.
    private const int LeastPairs = 4;
    private const double LeastShare = 0.01;
    private const double LeastShareWithin = 0.05;

    // In small places fewer pairs tell as much.
    private const int FewPairs = 2;
    private const double LargeShare = 0.5;
    private const double LargeShareWithin = 0.1;

    private const int LongName = 8;
    private const int MostPlaces = 64;
    private const int LeastNames = 10;
    private const double LeastShareOfNames = 0.1;

    /// <summary>A place as one number.</summary>
    /// <param name="repository">Number of the repository.</param>
    /// <param name="language">Number of the language's family.</param>
    public static long Place(int repository, byte language) => ((long)repository << 8) | language;

    /// <summary>Returns the pairs of places that share long names, the lower first.</summary>
    /// <param name="nodes">The nodes; structures are left out, because they follow from their functions.</param>
    /// <param name="names">Row ids and names of the snippets outside tests; enumerated once, before the method returns.</param>
    public static IEnumerable<(long A, long B)> ByNames(SemanticNodes nodes, IEnumerable<(long Row, string Name)> names)
    {
        var known = new Dictionary<string, HashSet<long>>();
        foreach (var (row, name) in names)
        {
            if (nodes.Find(row) is var node and >= 0 && node < nodes.Functions && NameWords.Plain(name) is { Length: >= LongName } plain)
            {
                ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(known, plain, out _);
                (places ??= []).Add(Place(nodes.Repository[node], nodes.Family[node]));
            }
        }

        var (sizes, shared) = (new Dictionary<long, int>(), new Dictionary<(long A, long B), int>());
        foreach (var places in known.Values)
        {
            foreach (var place in places)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(sizes, place, out _)++;
            }

            // A name that very many places know tells nothing of two of them.
            long[] some = places.Count <= MostPlaces ? [.. places.Order()] : [];
            for (var i = 0; i < some.Length; i++)
            {
                for (var j = i + 1; j < some.Length; j++)
                {
                    if ((some[i] & byte.MaxValue) != (some[j] & byte.MaxValue))
                    {
                        CollectionsMarshal.GetValueRefOrAddDefault(shared, (some[i], some[j]), out _)++;
                    }
                }
            }
        }

        return shared.Where(pair => pair.Value >= LeastNames
            && pair.Value >= LeastShareOfNames * Math.Min(sizes[pair.Key.A], sizes[pair.Key.B])).Select(static pair => pair.Key);
    }

    /// <summary>Returns the pairs of places with many pairs of functions, the lower first.</summary>
    /// <param name="nodes">The nodes; structures are left out, because they follow from their functions.</param>
    /// <param name="graph">Their margins.</param>
    public static IEnumerable<(long A, long B)> ByMargins(SemanticNodes nodes, MarginGraph graph)
    {
        var (sizes, best) = (new Dictionary<long, int>(), new Dictionary<(int Node, long Place), MarginEdge>());
        for (var node = 0; node < nodes.Functions; node++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(sizes, PlaceOf(node), out _)++;
            foreach (var edge in graph[node])
            {
                if (edge.Margin >= LeastMargin && nodes.Family[edge.Other] != nodes.Family[node])
                {
                    ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(best, (node, PlaceOf(edge.Other)), out var isKnown);
                    known = !isKnown || edge.Margin > known.Margin ? edge : known;
                }
            }
        }

        return best
            .Where(item => item.Key.Node < item.Value.Other
                && best.TryGetValue((item.Value.Other, PlaceOf(item.Key.Node)), out var back) && back.Other == item.Key.Node)
            .CountBy(item => Order(PlaceOf(item.Key.Node), item.Key.Place))
            .Where(pair => ArePorts(pair.Key, pair.Value, pair.Value / (double)Math.Min(sizes[pair.Key.A], sizes[pair.Key.B])))
            .Select(static pair => pair.Key);

        long PlaceOf(int node) => Place(nodes.Repository[node], nodes.Family[node]);
    }

    private static bool ArePorts((long A, long B) places, int pairs, double share)
    {
        var isWithin = places.A >> 8 == places.B >> 8;
        return (pairs >= FewPairs && share >= (isWithin ? LargeShareWithin : LargeShare))
            || (pairs >= LeastPairs && share >= (isWithin ? LeastShareWithin : LeastShare));
    }

    private static (long A, long B) Order(long a, long b) => a < b ? (a, b) : (b, a);
}
