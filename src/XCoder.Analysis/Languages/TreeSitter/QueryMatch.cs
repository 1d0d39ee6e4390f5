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
/// A predicate of a query pattern: <c>#eq?</c>, <c>#not-eq?</c>, <c>#any-of?</c>, <c>#not-any-of?</c>, <c>#match?</c>, <c>#not-match?</c>.
/// </summary>
/// <param name="Capture">Id of the capture it reads. A predicate on a capture that took nothing holds.</param>
/// <param name="Negated">Whether it must not hold.</param>
/// <param name="Values">Texts to be equal to one of, or null for a match.</param>
/// <param name="Expression">Expression to match, or null.</param>
internal sealed record QueryPredicate(uint Capture, bool Negated, IReadOnlyList<string>? Values, Regex? Expression)
{
    public bool Holds(string text) =>
        (Values is not null ? Values.Contains(text) : Expression!.IsMatch(text)) != Negated;
}

/// <summary>Tree-sitter's <c>TSQueryPredicateStep</c>: 0 ends a predicate, 1 is a capture, 2 a string.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QueryPredicateStep
{
    public int Type;
    public uint ValueId;
}
