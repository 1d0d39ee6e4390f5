namespace XCoder.Agents.Mining;

/// <summary>
/// The second signal: whether two functions that are near by embedding are translations of one another. Both must be known
/// by one name (or one documentation), do alike in what can be seen in any language, and be of about one size: a wrapper, a
/// stub or an overload fails in one of these. Thresholds are measured on repositories read pair by pair (RESULTS.md).
/// </summary>
public static class TwinRule
{
    private const double SameName = 0.9;
    private const double NearName = 0.6;
    private const double SameDocumentation = 0.8;
    private const double LeastSize = 0.45;
    private const double LeastShape = 0.55;
    private const double LeastContent = 0.55;
    private const double PlainContent = 0.65;
    private const double DoubtfulContent = 0.72;
    private const int ShortTokens = 40;
    private const double LeastWords = 0.35;
    private const double LeastLiterals = 0.25;
    private const int LeastDistinct = 12;

    /// <summary>In what two functions agree.</summary>
    public static TwinSignals Compare(TwinProfile a, TwinProfile b) => new(
        Names(a, b),
        a.Scope.Count == 0 || b.Scope.Count == 0 ? null : NameWords.Dice(a.Scope, b.Scope),
        a.Documentation.Length == 0 || b.Documentation.Length == 0 ? null : Dice(a.Documentation, b.Documentation),
        Dice(a.Words, b.Words),
        a.Calls.Length == 0 && b.Calls.Length == 0 ? null : Dice(a.Calls, b.Calls),
        a.Literals.Length == 0 && b.Literals.Length == 0 ? null : Dice(a.Literals, b.Literals),
        Shapes(a.Shape, b.Shape),
        a.Arity < 0 || b.Arity < 0 ? null : Math.Abs(a.Arity - b.Arity) switch { 0 => 1, 1 => 0.5, _ => 0 },
        Math.Min(a.Tokens, b.Tokens) / (double)Math.Max(a.Tokens, b.Tokens));

    /// <summary>Why two functions are no twins, or null where they are.</summary>
    public static MinedDrop? Reject(TwinSignals signals, TwinProfile a, TwinProfile b) =>
        signals.Size < LeastSize ? MinedDrop.Size
        : signals.Name < SameName && !(signals.Name >= NearName && signals.Documentation >= SameDocumentation) ? MinedDrop.Name
        : signals.Arity == 0 || (signals.Arity < 1 && a.Overloads + b.Overloads > 2) ? MinedDrop.Parameters
        : a.CallsItself != b.CallsItself ? MinedDrop.Delegation
        : signals.Shape < LeastShape ? MinedDrop.Shape
        : signals.Literals < LeastLiterals ? MinedDrop.Literals
        : signals.Words < LeastWords || signals.Content < Least(signals, a, b) ? MinedDrop.Content
        : null;

    // What is less certain needs more in common.
    private static double Least(TwinSignals signals, TwinProfile a, TwinProfile b) =>
        signals.Arity < 1 || a.Overloads + b.Overloads > 2 || signals.Scope is < 0.5 ? DoubtfulContent
        : Math.Min(a.Name.Count, b.Name.Count) < 2 || Math.Min(a.Tokens, b.Tokens) < ShortTokens ? PlainContent
        : LeastContent;

    /// <summary>Whether a function says too little to be compared: few different tokens, or half of them literals.</summary>
    public static bool IsTrivial(TwinProfile profile) => profile.Distinct < LeastDistinct || 2 * profile.LiteralTokens >= profile.Tokens;

    private static double Names(TwinProfile a, TwinProfile b)
    {
        if (string.Concat(a.Name) == string.Concat(b.Name))
        {
            return 1;
        }

        // What stands in no type often bears its type's name: schema_equal is Schema.equal.
        var (longer, shorter) = a.Name.Count >= b.Name.Count ? (a, b) : (b, a);
        var lead = longer.Name.Count - shorter.Name.Count;
        return lead > 0 && longer.Name.Skip(lead).SequenceEqual(shorter.Name) && longer.Name.Skip(Math.Max(0, lead - 1)).Take(1).All(shorter.Scope.Contains)
            ? SameName
            : 0.8 * NameWords.Dice(a.Name, b.Name);
    }

    private static double Dice(uint[] a, uint[] b)
    {
        var (i, j, shared) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            shared += a[i] == b[j] ? 1 : 0;
            (i, j) = a[i] == b[j] ? (i + 1, j + 1) : a[i] < b[j] ? (i + 1, j) : (i, j + 1);
        }

        return a.Length + b.Length == 0 ? 0 : 2.0 * shared / (a.Length + b.Length);
    }

    // One more or less of anything is idiom (an early return, a null check).
    private static double Shapes(int[] a, int[] b)
    {
        var (apart, all) = (0.0, 0.0);
        for (var kind = 0; kind < a.Length; kind++)
        {
            var weight = kind == a.Length - 1 ? 0.5 : 1;
            apart += weight * Math.Max(0, Math.Abs(a[kind] - b[kind]) - 1);
            all += weight * Math.Max(a[kind], b[kind]);
        }

        return all == 0 ? 1 : 1 - (apart / all);
    }
}
