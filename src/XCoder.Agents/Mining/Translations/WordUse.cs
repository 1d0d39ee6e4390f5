using System.Runtime.InteropServices;

namespace XCoder.Agents.Mining.Translations;

/// <summary>
/// How often a step of one side of a twin has no partner on the other side, for two repositories and for two languages: what is idiom
/// often has none, so its absence says little; what always has one is missed where it has none.
/// </summary>
internal sealed class WordUse
{
    // How often the words of pairs that are no translations have no partner.
    private const double Background = 0.5;
    private const double Most = 3;

    // A word of which little is known counts as if it had been seen this often more, this share of it alone.
    private const double Prior = 2;
    private const double Usual = 0.15;

    private readonly Dictionary<(long, long, uint, bool), (int Alone, int All)> _ports = [];
    private readonly Dictionary<(int, int, uint, bool), (int Alone, int All)> _languages = [];

    /// <summary>Counts a twin.</summary>
    public void Add((long A, long B) cells, uint[] a, uint[] b)
    {
        foreach (var (step, isA, isAlone) in Steps(a, b))
        {
            ref var port = ref CollectionsMarshal.GetValueRefOrAddDefault(_ports, (cells.A, cells.B, step, isA), out _);
            port = (port.Alone + (isAlone ? 1 : 0), port.All + 1);
            ref var language = ref CollectionsMarshal.GetValueRefOrAddDefault(_languages, Languages(cells, step, isA), out _);
            language = (language.Alone + (isAlone ? 1 : 0), language.All + 1);
        }
    }

    /// <summary>
    /// Returns the sum over the steps without a partner of how much rarer that is among twins than among other pairs, as a logarithm, 0
    /// or more.
    /// </summary>
    /// <param name="cells">The two repositories and languages.</param>
    /// <param name="a">The one's steps.</param>
    /// <param name="b">The other's steps.</param>
    /// <param name="isCounted">Whether the two were counted, so that they do not speak for themselves.</param>
    public double Surprise((long A, long B) cells, uint[] a, uint[] b, bool isCounted)
    {
        var (sum, own) = (0.0, isCounted ? 1 : 0);
        foreach (var (step, isA, _) in Steps(a, b).Where(step => step.IsAlone))
        {
            var language = _languages.GetValueOrDefault(Languages(cells, step, isA));
            var port = _ports.GetValueOrDefault((cells.A, cells.B, step, isA));
            var usual = (language.Alone - own + (Prior * Usual)) / (language.All - own + Prior);
            var share = (port.Alone - own + (Prior * usual)) / (port.All - own + Prior);
            sum += Math.Clamp(Math.Log(Background / share), 0, Most);
        }

        return sum;
    }

    private static IEnumerable<(uint Step, bool IsA, bool IsAlone)> Steps(uint[] a, uint[] b)
    {
        var (left, right) = (a.ToHashSet(), b.ToHashSet());
        return left.Select(step => (step, true, !right.Contains(step))).Concat(right.Select(step => (step, false, !left.Contains(step))));
    }

    private static (int, int, uint, bool) Languages((long A, long B) cells, uint step, bool isA)
    {
        var (a, b) = ((int)(cells.A & ((1 << MinedFunctions.LanguageBits) - 1)), (int)(cells.B & ((1 << MinedFunctions.LanguageBits) - 1)));
        return a <= b ? (a, b, step, isA) : (b, a, step, !isA);
    }
}
