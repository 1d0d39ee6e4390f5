namespace XCoder.Agents.Mining;

/// <summary>
/// The features by which functions of different languages are compared. Sets are stored as hashes, so that a million profiles fit into
/// memory.
/// </summary>
internal sealed class FunctionProfile
{
    /// <summary>Words of the function's name; for a constructor, words of its type and "new".</summary>
    public required IReadOnlyList<string> Name { get; init; }

    /// <summary>Words of the enclosing type or module; empty when there is none.</summary>
    public required IReadOnlyList<string> Scope { get; init; }

    /// <summary>Number of functions with the same qualified name in the file; more than one means overloads.</summary>
    public required int Overloads { get; init; }

    /// <summary>Whether the function calls its own name, by delegation or recursion.</summary>
    public required bool CallsItself { get; init; }

    /// <summary>Number of tokens.</summary>
    public required int Tokens { get; init; }

    /// <summary>Number of different tokens.</summary>
    public required int Distinct { get; init; }

    /// <summary>Number of tokens that are numbers, strings or other literals.</summary>
    public required int LiteralTokens { get; init; }

    /// <summary>Number of parameters without the receiver, or -1 when unknown.</summary>
    public required int Arity { get; init; }

    /// <summary>Hashes of the words in its identifiers, ascending.</summary>
    public required uint[] Words { get; init; }

    /// <summary>Hashes of the names it calls, ascending.</summary>
    public required uint[] Calls { get; init; }

    /// <summary>Hashes of its distinctive numbers (not 0, 1 or 2) and strings, ascending.</summary>
    public required uint[] Literals { get; init; }

    /// <summary>Hashes of the words in the first sentence of its documentation, ascending.</summary>
    public required uint[] Documentation { get; init; }

    /// <summary>Counts of its control flow and operators.</summary>
    public required ControlFlowCounts Flow { get; init; }

    /// <summary>Whether it returns a value; null when unknown.</summary>
    public required bool? Gives { get; init; }

    /// <summary>Hashes of the steps of its body, in order.</summary>
    public required uint[] Steps { get; init; }
}

/// <summary>Counts a function's branches, loops, failures and operators.</summary>
/// <param name="Branches">Conditions and arms of switches.</param>
/// <param name="Loops">Loops, and calls that act as loops.</param>
/// <param name="Failures">Errors raised and assertions; errors that are only passed on do not count.</param>
/// <param name="Arithmetic">Arithmetic operators.</param>
/// <param name="Logic">Logical operators (and, or).</param>
internal readonly record struct ControlFlowCounts(int Branches, int Loops, int Failures, int Arithmetic, int Logic)
{
    // Of this many branches or operators, one may be written differently.
    private const int Tolerance = 4;

    /// <summary>
    /// Returns how similar the counts of two functions are, in [0, 1]. A difference of one is ignored as idiom (an early return, a null
    /// check); arithmetic has half weight. Logic is not compared.
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
    /// Whether two functions may do the same: branches and logical operators differ by at most one in four, and either both or neither
    /// contain loops and failures.
    /// </summary>
    public bool Agrees(ControlFlowCounts other) =>
        Close(Branches, other.Branches) && Close(Logic, other.Logic) && Loops > 0 == other.Loops > 0 && Failures > 0 == other.Failures > 0;

    private static bool Close(int a, int b) => Math.Min(a, b) > 0 ? Tolerance * Math.Abs(a - b) <= Math.Max(a, b) : a == b;
}

/// <summary>
/// Compares the steps of two functions. A missing call, an extra field, another condition or another order differs by only a few words, so
/// functions more than a word or two apart do not count as translations (measured, see RESULTS.md).
/// </summary>
internal static class StepComparison
{
    private const int Most = 2;
    private const int OneIn = 5;
    private const int Least = 3;

    /// <summary>Whether at most two steps, and at most one step in five, differ or stand in another order.</summary>
    /// <param name="a">Hashes of one function's steps, in order.</param>
    /// <param name="b">Hashes of the other function's steps, in order.</param>
    public static bool Agree(uint[] a, uint[] b) =>
        Math.Min(a.Length, b.Length) >= Least && Math.Min(Most, (a.Length + b.Length) / OneIn) is var most && Apart(a, b, most) <= most;

    /// <summary>
    /// Returns how many steps of both functions are outside their longest common subsequence, or <paramref name="most"/> + 1 when there are
    /// more than <paramref name="most"/>.
    /// </summary>
    /// <remarks>E. W. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1, 1986.</remarks>
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
