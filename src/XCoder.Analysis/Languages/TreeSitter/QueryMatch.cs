using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>Tree-sitter's <c>TSQueryMatch</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct QueryMatch
{
    public uint Id;
    public ushort PatternIndex;
    public ushort CaptureCount;
    public QueryCapture* Captures;
}

/// <summary>Tree-sitter's <c>TSQueryCapture</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QueryCapture
{
    public SyntaxNode Node;
    public uint Index;
}

/// <summary>
/// A predicate of a query pattern: <c>#eq?</c>, <c>#any-of?</c>, <c>#match?</c> or the negation of one, such as
/// <c>#not-eq?</c>.
/// </summary>
/// <param name="Capture">Id of the capture that the predicate reads. The predicate holds if the capture matched nothing.</param>
/// <param name="Negated">Whether the predicate is a negation.</param>
/// <param name="Values">Texts of which the capture must equal one; null for <c>#match?</c>.</param>
/// <param name="Expression">Regular expression that must match; null unless <c>#match?</c>.</param>
internal sealed record QueryPredicate(uint Capture, bool Negated, IReadOnlyList<string>? Values, Regex? Expression)
{
    public bool Holds(string text) =>
        (Values is not null ? Values.Contains(text) : Expression!.IsMatch(text)) != Negated;
}

/// <summary>Tree-sitter's <c>TSQueryPredicateStep</c>. Type 0 ends a predicate, 1 is a capture, 2 a string.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QueryPredicateStep
{
    public int Type;
    public uint ValueId;
}
