namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>
/// What a capture of a definition pattern means; the names are those of the query files, lower case. The first
/// group names the definition node itself; a later kind wins where two patterns match one node.
/// </summary>
internal enum CaptureRole : byte
{
    None,

    /// <summary>As the class of that name, for patterns that look inside the node or have predicates.</summary>
    Wrapper,

    /// <inheritdoc cref="Wrapper"/>
    Decorator,

    /// <inheritdoc cref="Wrapper"/>
    Import,

    /// <summary>A namespace or module that only adds to qualified names.</summary>
    Scope,

    /// <summary>Members of a type declared elsewhere (<c>impl</c>, extension): adds to names, its functions are methods.</summary>
    Extension,

    /// <summary>A function without body: a method within an interface, nothing elsewhere (foreign functions, prototypes).</summary>
    Signature,

    /// <summary>
    /// Half a definition: a type signature, or a value that may be a function. A snippet as a member (of an interface;
    /// with a body also of another type), or joined to a definition of its name that follows directly.
    /// </summary>
    Declaration,
    Function,
    Method,
    Constructor,
    Structure,
    Interface,
    Enumeration,

    /// <summary>The bare or qualified name.</summary>
    Name,

    /// <summary>
    /// The type a method belongs to where it is written outside of it (Go receivers); several are joined (<c>a::B::f</c>).
    /// </summary>
    Receiver,

    /// <summary>The node whose named children are the parameters.</summary>
    Parameters,

    /// <summary>One parameter.</summary>
    Parameter,

    /// <summary>The body; the signature ends before it.</summary>
    Body,

    /// <summary>A documentation string inside the definition. It is not among the tokens.</summary>
    Documentation,
}

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
