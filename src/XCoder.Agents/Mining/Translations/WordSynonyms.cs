using System.Runtime.InteropServices;

namespace XCoder.Agents.Mining.Translations;

/// <summary>
/// Words that stand for each other in two repositories, as <c>length</c> and <c>count</c>: what twins lack on either side, again and
/// again together.
/// </summary>
internal sealed class WordSynonyms
{
    // More words than this on one side say nothing about which belongs to which.
    private const int MostUnmatched = 12;
    private const int LeastTogether = 4;
    private const double LeastShare = 0.5;

    private readonly Dictionary<(long, long), (Dictionary<uint, uint> ToA, Dictionary<uint, uint> ToB)> _known = [];

    /// <summary>Learns from the twins of two repositories.</summary>
    /// <param name="cells">The two repositories and languages.</param>
    /// <param name="twins">The steps of each two twins.</param>
    public void Learn((long, long) cells, IEnumerable<(uint[] A, uint[] B)> twins)
    {
        var (together, ofA, ofB) = (new Dictionary<(uint A, uint B), int>(), new Dictionary<uint, int>(), new Dictionary<uint, int>());
        foreach (var (a, b) in twins)
        {
            var onlyA = a.Except(b).Where(step => !StepReader.IsOperator(step)).ToList();
            var onlyB = b.Except(a).Where(step => !StepReader.IsOperator(step)).ToList();
            if (onlyA.Count > MostUnmatched || onlyB.Count > MostUnmatched)
            {
                continue;
            }

            onlyA.ForEach(word => CollectionsMarshal.GetValueRefOrAddDefault(ofA, word, out _)++);
            onlyB.ForEach(word => CollectionsMarshal.GetValueRefOrAddDefault(ofB, word, out _)++);
            foreach (var x in onlyA)
            {
                foreach (var y in onlyB)
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(together, (x, y), out _)++;
                }
            }
        }

        var (toA, toB) = (new Dictionary<uint, uint>(), new Dictionary<uint, uint>());
        foreach (var ((x, y), _) in together.Where(item => item.Value >= LeastTogether && item.Value >= LeastShare * ofA[item.Key.A]
            && item.Value >= LeastShare * ofB[item.Key.B])
            .OrderByDescending(item => (double)item.Value * item.Value / ((double)ofA[item.Key.A] * ofB[item.Key.B]))
            .ThenBy(item => item.Key))
        {
            if (!toA.ContainsKey(y) && !toB.ContainsKey(x))
            {
                (toA[y], toB[x]) = (x, y);
            }
        }

        if (toA.Count > 0)
        {
            _known[cells] = (toA, toB);
        }
    }

    /// <summary>Returns the second one's steps with the first one's words.</summary>
    public uint[] Replace((long, long) cells, uint[] steps) => _known.TryGetValue(cells, out var words)
        ? Array.ConvertAll(steps, step => words.ToA.GetValueOrDefault(step, step)) : steps;

    /// <summary>The second one's word for a word of the first; null where none is known.</summary>
    public uint? Other((long, long) cells, uint word) =>
        _known.TryGetValue(cells, out var words) && words.ToB.TryGetValue(word, out var other) ? other : null;
}
