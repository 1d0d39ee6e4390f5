using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Differential;

/// <summary>A type in terms that all languages share.</summary>
/// <param name="Kind">Kind of the type.</param>
/// <param name="Item">Type of a list's items, else null.</param>
/// <param name="Least">Smallest value of an integer.</param>
/// <param name="Most">Largest value of an integer.</param>
internal sealed record CallType(CallKind Kind, CallType? Item = null, long Least = -CallForm.Widest, long Most = CallForm.Widest)
{
    /// <summary>The type of a parameter about which nothing is known.</summary>
    public static CallType Any { get; } = new(CallKind.Any);

    /// <summary>Whether the type, or the type of its items, is still unknown.</summary>
    public bool IsOpen => Kind == CallKind.Any || Item?.IsOpen == true;

    /// <summary>Intersects two types. Returns null if they have no values in common.</summary>
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

    /// <summary>Replaces unknown types and numbers by integers, and character codes by characters.</summary>
    public CallType Settled() => Kind switch
    {
        CallKind.Any or CallKind.Number => this with { Kind = CallKind.Integer },
        CallKind.Code => new CallType(CallKind.Character),
        CallKind.List => new CallType(CallKind.List, Item!.Settled()),
        _ => this,
    };
}

/// <summary>Kind of value that a parameter takes, independent of the language.</summary>
internal enum CallKind
{
    /// <summary>Nothing is known about the type.</summary>
    Any,

    /// <summary>A number that may be an integer or a floating-point number.</summary>
    Number,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>A floating-point number.</summary>
    Float,

    Boolean,

    /// <summary>A string.</summary>
    Text,

    /// <summary>One character.</summary>
    Character,

    /// <summary>A character code or a small integer, such as C's <c>char</c>.</summary>
    Code,

    /// <summary>A list or an array.</summary>
    List,
}

/// <summary>A function that can be called from outside.</summary>
/// <param name="Name">Bare name.</param>
/// <param name="Qualified">Name with the names of its scopes before it.</param>
/// <param name="Owner">Name of the type that declares the function, or empty.</param>
/// <param name="Place">Where the function is declared: a key of
/// <see cref="XCoder.Agents.Verification.Toolchains.CallForm.Targets"/>.</param>
/// <param name="Signature">The declaration as written.</param>
/// <param name="Parameters">The parameters in order, without the receiver.</param>
/// <param name="Code">The code that holds the function.</param>
internal sealed record CallFunction(string Name, string Qualified, string Owner, string Place, string Signature,
    IReadOnlyList<CallParameter> Parameters, string Code);

/// <summary>A parameter of a function.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Spelled">Type as written, or null.</param>
/// <param name="Type">Type in terms that all languages share.</param>
/// <param name="HasDefault">Whether a call may leave it out.</param>
/// <param name="IsLength">Whether it takes the length of the parameter before it.</param>
/// <param name="Rule">The rule that matches its type, or null.</param>
/// <param name="Default">The value that a call without it takes; null if there is none or it is no literal.</param>
/// <param name="IsShared">Whether its default may be an object that one call changes and the next one sees: anything but a number, a text,
/// a truth value or null.</param>
internal sealed record CallParameter(string Name, string? Spelled, CallType Type, bool HasDefault, bool IsLength, TypeRule? Rule,
    object? Default = null, bool IsShared = false);
