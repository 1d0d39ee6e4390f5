using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>
/// The second signal: whether two functions that are near by embedding are translations of one another. Both must be known
/// by one name (or one documentation), take as many parameters, branch, repeat and fail alike, hold the same literals, be of
/// about one size and say the same in the same order: a wrapper, a stub, an overload or one that handles more cases fails in
/// one of these. Thresholds are measured on repositories read pair by pair (RESULTS.md).
/// </summary>
internal static class TranslationRule
{
    private const double SameName = 0.9;
    private const double NearName = 0.6;
    private const double SameDocumentation = 0.8;
    private const double LeastScope = 0.75;
    private const double LeastSize = 0.7;
    private const double LeastContent = 0.62;
    private const double PlainContent = 0.75;
    private const double DoubtfulContent = 0.82;
    private const int ShortTokens = 40;
    private const double LeastWords = 0.35;
    private const double LeastLiterals = 0.9;
    private const int LeastDistinct = 12;

    /// <summary>In what two functions agree.</summary>
    public static TranslationSignals Compare(FunctionProfile a, FunctionProfile b) => new(
        Names(a, b),
        a.Scope.Count == 0 || b.Scope.Count == 0 ? null : string.Concat(a.Scope) == string.Concat(b.Scope) ? 1
            : NameWords.Dice(a.Scope, b.Scope),
        a.Documentation.Length == 0 || b.Documentation.Length == 0 ? null : Dice(a.Documentation, b.Documentation),
        Dice(a.Words, b.Words),
        a.Calls.Length == 0 && b.Calls.Length == 0 ? null : Dice(a.Calls, b.Calls),
        a.Literals.Length == 0 && b.Literals.Length == 0 ? null : Dice(a.Literals, b.Literals),
        a.Flow.Likeness(b.Flow),
        a.Arity < 0 || b.Arity < 0 ? null : Math.Abs(a.Arity - b.Arity) switch { 0 => 1, 1 => 0.5, _ => 0 },
        Math.Min(a.Tokens, b.Tokens) / (double)Math.Max(a.Tokens, b.Tokens));

    /// <summary>Why two functions are no twins, or null where they are.</summary>
    public static MinedDrop? Reject(TranslationSignals signals, FunctionProfile a, FunctionProfile b) =>
        signals.Size < LeastSize ? MinedDrop.Size
        : signals.Name < SameName && !(signals.Name >= NearName && signals.Documentation >= SameDocumentation) ? MinedDrop.Name
        : signals.Arity < 1 ? MinedDrop.Parameters
        : signals.Scope < LeastScope || StandElsewhere(a.Scope, b.Scope) ? MinedDrop.Scope
        : a.CallsItself != b.CallsItself ? MinedDrop.Delegation
        : !a.Flow.Agrees(b.Flow) ? MinedDrop.Shape
        : signals.Literals < LeastLiterals ? MinedDrop.Literals
        : signals.Words < LeastWords || signals.Content < Least(signals, a, b) ? MinedDrop.Content
        : !StepComparison.Agree(a.Steps, b.Steps) ? MinedDrop.Order
        : a.Gives is { } gives && b.Gives == !gives ? MinedDrop.Result
        : null;

    // Where telling literals agree less is needed; where parameters cannot be counted, or overloads stand beside, more.
    private static double Least(TranslationSignals signals, FunctionProfile a, FunctionProfile b) =>
        signals.Arity is null || a.Overloads + b.Overloads > 2 ? DoubtfulContent
        : signals.Literals is null || Math.Min(a.Name.Count, b.Name.Count) < 2 || Math.Min(a.Tokens, b.Tokens) < ShortTokens ? PlainContent
        : LeastContent;

    // PipedTransport is not HttpTransport and DoubleRecorder not Recorder; but GherkinTokenMatcher may be TokenMatcher.
    private static bool StandElsewhere(IReadOnlyList<string> a, IReadOnlyList<string> b) =>
        a.Count > 0 && b.Count > 0 && string.Concat(a) != string.Concat(b) && a.Any(word => !b.Contains(word))
            && b.Any(word => !a.Contains(word));

    /// <summary>Whether a function says too little to be compared: few different tokens, or half of them literals.</summary>
    public static bool IsTrivial(FunctionProfile profile) =>
        profile.Distinct < LeastDistinct || 2 * profile.LiteralTokens >= profile.Tokens;

    private static double Names(FunctionProfile a, FunctionProfile b)
    {
        if (string.Concat(a.Name) == string.Concat(b.Name))
        {
            return 1;
        }

        // What stands in no type often bears its type's name: schema_equal is Schema.equal.
        var (longer, shorter) = a.Name.Count >= b.Name.Count ? (a, b) : (b, a);
        var lead = longer.Name.Count - shorter.Name.Count;
        return lead > 0 && longer.Name.Skip(lead).SequenceEqual(shorter.Name) && longer.Name.Skip(Math.Max(0, lead - 1)).Take(1)
            .All(shorter.Scope.Contains)
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
}

/// <summary>In what two functions agree besides their embeddings; each in [0, 1], null where one of them says nothing.</summary>
/// <param name="Name">Their names.</param>
/// <param name="Scope">The types they stand in.</param>
/// <param name="Documentation">First sentences of their documentation.</param>
/// <param name="Words">Words of the identifiers.</param>
/// <param name="Calls">Names they call.</param>
/// <param name="Literals">Telling numbers and strings.</param>
/// <param name="Shape">Branches, loops, errors, arithmetic.</param>
/// <param name="Arity">1 for as many parameters, 0.5 for one more.</param>
/// <param name="Size">Tokens of the smaller by those of the larger.</param>
internal sealed record TranslationSignals(double Name, double? Scope, double? Documentation, double Words, double? Calls, double? Literals,
    double Shape, double? Arity, double Size)
{
    /// <summary>What their bodies share: words 0.4, calls, literals and shape 0.2 each, of those that are known; in [0, 1].</summary>
    public double Content
    {
        get
        {
            var (sum, weight) = ((0.4 * Words) + (0.2 * Shape), 0.6);
            foreach (var value in (double?[])[Calls, Literals])
            {
                (sum, weight) = value is { } known ? (sum + (0.2 * known), weight + 0.2) : (sum, weight);
            }

            return sum / weight;
        }
    }

    /// <summary>One number to rank partners by: names 0.3, content 0.5, type, documentation and arity a little; in [0, 1].</summary>
    public double Score =>
        (0.3 * Name) + (0.5 * Content) + (0.08 * (Scope ?? 0.5)) + (0.06 * (Documentation ?? 0.5)) + (0.06 * (Arity ?? 0.5));

    /// <summary>Those that are known, by name.</summary>
    public IReadOnlyDictionary<string, double> Known()
    {
        (string Name, double? Value)[] all = [("name", Name), ("scope", Scope), ("documentation", Documentation), ("words", Words),
            ("calls", Calls), ("literals", Literals), ("shape", Shape), ("arity", Arity), ("size", Size), ("score", Score)];
        return all.Where(signal => signal.Value is not null)
            .ToDictionary(signal => signal.Name, signal => Math.Round(signal.Value!.Value, 3));
    }
}
