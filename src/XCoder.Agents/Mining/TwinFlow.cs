namespace XCoder.Agents.Mining;

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
        foreach (var (a, b, weight) in ((int, int, double)[])[(Branches, other.Branches, 1), (Loops, other.Loops, 1), (Failures, other.Failures, 1), (Arithmetic, other.Arithmetic, 0.5)])
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
