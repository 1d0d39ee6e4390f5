namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>
/// What the query file makes of a grammar's symbol; the numbers are those of <c>grammars/native/walk.c</c>.
/// 1 to 9 are taken whole as one token or comment, 16 and above are entered.
/// </summary>
internal enum SymbolClass : byte
{
    Plain = 0,
    Identifier = 1,
    Number = 2,
    String = 3,
    Literal = 4,
    Keyword = 5,
    Punctuation = 6,
    Comment = 9,
    Definition = 16,
    Wrapper = 17,
    Import = 18,
    Decorator = 19,
    Interpolation = 20,

    /// <summary>What follows a definition as a sibling and belongs to it: the body in grammars that part it from the signature.</summary>
    Continuation = 21,
    Error = 30,
}
