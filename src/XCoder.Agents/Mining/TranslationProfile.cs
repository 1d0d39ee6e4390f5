namespace XCoder.Agents.Mining;

/// <summary>What of a function is compared with another language's: hashes, so that a million fit into memory.</summary>
internal sealed class FunctionProfile
{
    /// <summary>Words of its name; of a constructor those of its type.</summary>
    public required IReadOnlyList<string> Name { get; init; }

    /// <summary>Words of the type or module it stands in; empty where there is none.</summary>
    public required IReadOnlyList<string> Scope { get; init; }

    /// <summary>Functions of its name in its type, repository and language: more than one are overloads.</summary>
    public required int Overloads { get; init; }

    /// <summary>Whether it calls its own name: it delegates, or is recursive.</summary>
    public required bool CallsItself { get; init; }

    /// <summary>Tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>Different tokens.</summary>
    public required int Distinct { get; init; }

    /// <summary>Tokens that are numbers, strings or other literals.</summary>
    public required int LiteralTokens { get; init; }

    /// <summary>Number of parameters without the receiver, or -1 where it cannot be told.</summary>
    public required int Arity { get; init; }

    /// <summary>Words of the identifiers in it, ascending hashes.</summary>
    public required uint[] Words { get; init; }

    /// <summary>Names it calls, ascending hashes.</summary>
    public required uint[] Calls { get; init; }

    /// <summary>Its telling numbers (not 0, 1, 2) and strings, ascending hashes.</summary>
    public required uint[] Literals { get; init; }

    /// <summary>Words of the first sentence of its documentation, ascending hashes.</summary>
    public required uint[] Documentation { get; init; }

    /// <summary>What steers it.</summary>
    public required ControlFlowCounts Flow { get; init; }

    /// <summary>Whether it gives a value back; null where that cannot be told.</summary>
    public required bool? Gives { get; init; }

    /// <summary>What its body says, in order, hashes.</summary>
    public required uint[] Steps { get; init; }
}

/// <summary>How often a function branches, repeats, fails, calculates and joins conditions.</summary>
/// <param name="Branches">Conditions and arms of choices.</param>
/// <param name="Loops">Loops, and calls that are loops.</param>
/// <param name="Failures">Errors raised and conditions insisted on; not errors passed on.</param>
/// <param name="Arithmetic">Arithmetic operators.</param>
/// <param name="Logic">And, or.</param>
internal readonly record struct ControlFlowCounts(int Branches, int Loops, int Failures, int Arithmetic, int Logic)
{
    // Of so many one may be told otherwise.
    private const int Tolerance = 4;

    /// <summary>
    /// How much of it two functions share, in [0, 1]. One more or less of anything is idiom (an early return, a null check),
    /// arithmetic counts half.
    /// </summary>
    public double Likeness(ControlFlowCounts other)
    {
        var (apart, all) = (0.0, 0.0);
        foreach (var (a, b, weight) in ((int, int, double)[])[(Branches, other.Branches, 1), (Loops, other.Loops, 1),
            (Failures, other.Failures, 1), (Arithmetic, other.Arithmetic, 0.5)])
        {
            apart += weight * Math.Max(0, Math.Abs(a - b) - 1);
            all += weight * Math.Max(a, b);
        }

        return all == 0 ? 1 : 1 - (apart / all);
    }

    /// <summary>
    /// Whether two functions can do the same: as many branches and joined conditions but for one in four, and neither
    /// repeats or fails where the other does not.
    /// </summary>
    public bool Agrees(ControlFlowCounts other) =>
        Close(Branches, other.Branches) && Close(Logic, other.Logic) && Loops > 0 == other.Loops > 0 && Failures > 0 == other.Failures > 0;

    private static bool Close(int a, int b) => Math.Min(a, b) > 0 ? Tolerance * Math.Abs(a - b) <= Math.Max(a, b) : a == b;
}

/// <summary>
/// Compares what two functions say step by step. A call left out, a field more, another condition or another order is a few
/// words; so two functions that are more than a word or two apart are not taken for translations (measured, see RESULTS.md).
/// </summary>
internal static class StepComparison
{
    private const int Most = 2;
    private const int OneIn = 5;
    private const int Least = 3;

    /// <summary>Whether no more than two steps, nor one in five, are said by one function only or in another order.</summary>
    /// <param name="a">Hashes of the steps of one function, in order.</param>
    /// <param name="b">Those of the other.</param>
    public static bool Agree(uint[] a, uint[] b) =>
        Math.Min(a.Length, b.Length) >= Least && Math.Min(Most, (a.Length + b.Length) / OneIn) is var most && Apart(a, b, most) <= most;

    /// <summary>
    /// Steps that are not in the longest common subsequence, those of both counted; <paramref name="most"/> + 1 where there are more.
    /// </summary>
    /// <remarks>E. W. Myers, An O(ND) difference algorithm and its variations, Algorithmica 1, 1986.</remarks>
    internal static int Apart(uint[] a, uint[] b, int most)
    {
        var reach = new int[(2 * most) + 3];
        for (var apart = 0; apart <= most; apart++)
        {
            for (var diagonal = -apart; diagonal <= apart; diagonal += 2)
            {
                var (above, below) = (reach[most + diagonal], reach[most + diagonal + 2]);
                var x = diagonal == -apart || (diagonal != apart && above < below) ? below : above + 1;
                while (x < a.Length && x - diagonal < b.Length && a[x] == b[x - diagonal])
                {
                    x++;
                }

                reach[most + diagonal + 1] = x;
                if (x >= a.Length && x - diagonal >= b.Length)
                {
                    return apart;
                }
            }
        }

        return most + 1;
    }
}
