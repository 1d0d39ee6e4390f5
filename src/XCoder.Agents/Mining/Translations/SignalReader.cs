using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining.Translations;

/// <summary>Compares two functions by themselves, without what is known of their repositories.</summary>
internal static class SignalReader
{
    private const double SameWords = 0.95;
    private const double Prefixed = 0.9;
    private const double Contained = 0.85;
    private const double OtherName = 0.8;
    private const double UnknownScope = 0.6;
    private const double UsualTokens = 60;
    private const double Half = 0.5;

    /// <summary>Returns the signals that need the two profiles only; the others are 0.</summary>
    public static PairSignals Compare(FunctionProfile a, FunctionProfile b)
    {
        var branches = Math.Abs(a.Flow.Branches - b.Flow.Branches) / (double)Math.Max(1, Math.Max(a.Flow.Branches, b.Flow.Branches));
        var literals = a.Literals.Length + b.Literals.Length == 0 ? 0 : Dice(a.Literals, b.Literals) - 1;
        var arguments = Math.Min(3, Arguments(a.Calls, b.Calls));
        var nulls = Math.Min(3, Math.Abs(a.Plain.Nulls - b.Plain.Nulls));
        var weighty = Count(branches != 0, a.Flow.Loops != b.Flow.Loops, a.Flow.Logic != b.Flow.Logic,
            (a.Plain.Zeros, a.Plain.Ones, a.Plain.Twos) != (b.Plain.Zeros, b.Plain.Ones, b.Plain.Twos), Parameters(a, b) != 0,
            arguments != 0, literals != 0);
        var light = Count((a.Plain.Trues, a.Plain.Falses) != (b.Plain.Trues, b.Plain.Falses), nulls != 0,
            a.Flow.Arithmetic != b.Flow.Arithmetic);
        return new PairSignals(Name(a, b), Scope(a, b), 0, 0, branches, literals, nulls, arguments, a.Overloads + b.Overloads > 2 ? 1 : 0,
            Math.Log(Math.Min(a.Tokens, b.Tokens) / (double)Math.Max(a.Tokens, b.Tokens)),
            Math.Log(Math.Min(a.Tokens, b.Tokens) / UsualTokens), 0, 0, 0, weighty + light, weighty == 0 ? 1 : 0, 0, 0,
            Calls(a.Calls, b.Calls),
            a.Documentation.Length == 0 || b.Documentation.Length == 0 ? 0 : Dice(a.Documentation, b.Documentation) - Half, 0, 0);
    }

    /// <summary>Agreement of two names, in [0, 1].</summary>
    public static double Name(FunctionProfile a, FunctionProfile b)
    {
        if (string.Concat(a.Name) == string.Concat(b.Name))
        {
            return 1;
        }

        var (left, right) = (a.Scope.Concat(a.Name).ToHashSet(), b.Scope.Concat(b.Name).ToHashSet());
        return left.SetEquals(right) ? SameWords
            : string.Concat(a.Name.Skip(1)) == string.Concat(b.Name) || string.Concat(b.Name.Skip(1)) == string.Concat(a.Name) ? Prefixed
            : left.IsSubsetOf(right) || right.IsSubsetOf(left) ? Contained
            : OtherName * NameWords.Dice(a.Name, b.Name);
    }

    /// <summary>Agreement of the names of two types, in [0, 1].</summary>
    public static double Scope(FunctionProfile a, FunctionProfile b) => KnownScope(a, b) ?? UnknownScope;

    /// <summary>Agreement of the names of two types, in [0, 1]; null where one has none.</summary>
    public static double? KnownScope(FunctionProfile a, FunctionProfile b) => a.Scope.Count == 0 || b.Scope.Count == 0 ? null
        : string.Concat(a.Scope) == string.Concat(b.Scope) ? 1 : NameWords.Dice(a.Scope, b.Scope);

    // A receiver that one language passes as a parameter: body_move(body, v) and body.move(v).
    private static int Parameters(FunctionProfile a, FunctionProfile b)
    {
        if (a.Arity < 0 || b.Arity < 0)
        {
            return 0;
        }

        var apart = Math.Abs(a.Arity - b.Arity);
        return (a.Scope.Count == 0) == (b.Scope.Count == 0) ? apart
            : Math.Min(apart, a.Scope.Count == 0 ? Math.Abs(a.Arity - 1 - b.Arity) : Math.Abs(b.Arity - 1 - a.Arity));
    }

    // Calls of one name, in pairs, that pass another number of arguments. A receiver may be one of them.
    private static int Arguments(CallShape[] a, CallShape[] b)
    {
        var (i, j, apart) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            if (a[i].Name != b[j].Name)
            {
                (i, j) = a[i].Name < b[j].Name ? (i + 1, j) : (i, j + 1);
                continue;
            }

            var (x, y) = (a[i++], b[j++]);
            apart += x.Arguments == y.Arguments
                || (x.HasReceiver != y.HasReceiver && Math.Abs(x.Arguments - y.Arguments) == 1) ? 0 : 1;
        }

        return apart;
    }

    private static double Calls(CallShape[] a, CallShape[] b)
    {
        var (i, j, shared) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            shared += a[i].Name == b[j].Name ? 1 : 0;
            (i, j) = a[i].Name == b[j].Name ? (i + 1, j + 1) : a[i].Name < b[j].Name ? (i + 1, j) : (i, j + 1);
        }

        return a.Length + b.Length == 0 ? 1 : 2.0 * shared / (a.Length + b.Length);
    }

    private static int Count(params ReadOnlySpan<bool> differs) => differs.Count(true);

    private static double Dice(uint[] a, uint[] b)
    {
        var (i, j, shared) = (0, 0, 0);
        while (i < a.Length && j < b.Length)
        {
            shared += a[i] == b[j] ? 1 : 0;
            (i, j) = a[i] == b[j] ? (i + 1, j + 1) : a[i] < b[j] ? (i + 1, j) : (i, j + 1);
        }

        return 2.0 * shared / (a.Length + b.Length);
    }
}
