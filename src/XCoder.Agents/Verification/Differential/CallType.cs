using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>A type that values of several languages share.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Item">Of a list: what its items are.</param>
/// <param name="Least">Least value of an integer.</param>
/// <param name="Most">Greatest value of an integer.</param>
internal sealed record CallType(CallKind Kind, CallType? Item = null, long Least = -CallForm.Widest, long Most = CallForm.Widest)
{
    /// <summary>A type that nothing is known of.</summary>
    public static CallType Any { get; } = new(CallKind.Any);

    /// <summary>Whether something is still to be settled.</summary>
    public bool IsOpen => Kind == CallKind.Any || Item?.IsOpen == true;

    /// <summary>What both types hold; null where they have nothing in common.</summary>
    public CallType? With(CallType other)
    {
        var (low, high) = Kind <= other.Kind ? (this, other) : (other, this);
        CallType? found = (low.Kind, high.Kind) switch
        {
            (CallKind.Any, _) => high,
            (CallKind.List, CallKind.List) => low.Item!.With(high.Item!) is { } item ? new CallType(CallKind.List, item) : null,
            (CallKind.Number, CallKind.Integer or CallKind.Float) => high,
            (CallKind.Integer, CallKind.Float) => low,
            (CallKind.Number or CallKind.Integer, CallKind.Code) => new CallType(CallKind.Integer, null, 0, 127),
            (CallKind.Text, CallKind.Character or CallKind.Code) => new CallType(CallKind.Character),
            (CallKind.Character, CallKind.Code) => low,
            var (a, b) => a == b ? low : null,
        };
        return found is null || found.Kind == CallKind.List || low.Kind == CallKind.Code || high.Kind == CallKind.Code ? found
            : found with { Least = Math.Max(Least, other.Least), Most = Math.Min(Most, other.Most) };
    }

    /// <summary>The type with what is open taken for whole numbers.</summary>
    public CallType Settled() => Kind switch
    {
        CallKind.Any or CallKind.Number => this with { Kind = CallKind.Integer },
        CallKind.Code => new CallType(CallKind.Character),
        CallKind.List => new CallType(CallKind.List, Item!.Settled()),
        _ => this,
    };
}

/// <summary>What a parameter takes, whatever its language calls it.</summary>
internal enum CallKind
{
    /// <summary>Nothing says.</summary>
    Any,

    /// <summary>A number that may or may not be whole.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A floating-point number.</summary>
    Float,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A string.</summary>
    Text,

    /// <summary>One character.</summary>
    Character,

    /// <summary>One character as a number, or a small number.</summary>
    Code,

    /// <summary>A list or an array.</summary>
    List,
}

/// <summary>A function that can be called.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Qualified">Its name behind those of its scopes.</param>
/// <param name="Owner">Name of the type it stands in, or empty.</param>
/// <param name="Place">Where it stands: a key of <see cref="XCoder.Agents.Verification.Toolchains.CallForm.Targets"/>.</param>
/// <param name="Signature">Its declaration.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Code">The code it stands in.</param>
internal sealed record CallFunction(string Name, string Qualified, string Owner, string Place, string Signature,
    IReadOnlyList<CallParameter> Parameters, string Code);

/// <summary>A parameter of a function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Spelled">Its type as written, or null.</param>
/// <param name="Type">Its type.</param>
/// <param name="HasDefault">Whether it may be left out.</param>
/// <param name="IsLength">Whether it is the length of the parameter before it.</param>
/// <param name="Rule">The rule of its type, or null where it has none.</param>
internal sealed record CallParameter(string Name, string? Spelled, CallType Type, bool HasDefault, bool IsLength, TypeRule? Rule);
