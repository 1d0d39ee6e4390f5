namespace XCoder.Analysis.Languages.TreeSitter;

/// <summary>
/// The meaning of a capture in a definition pattern. Query files use these names in lower case. The captures from
/// <see cref="Wrapper"/> to <see cref="Enumeration"/> mark the definition node itself, those from <see cref="Call"/> to
/// <see cref="Default"/> a node that names functions inside it; where two patterns match one node, the later kind wins.
/// </summary>
internal enum CaptureRole : byte
{
    None,

    /// <summary>
    /// Stands beside the kind of a definition: one that goes by the name of what it is assigned to or handed to, because
    /// it has no name of its own, or one that only itself can see.
    /// </summary>
    Anonymous,

    /// <summary>A call: a function among its arguments goes by <see cref="Callee"/> and <see cref="Title"/>.</summary>
    Call,

    /// <summary>
    /// Same as <see cref="Call"/>, for languages that write blocks after calls: inside a function with a name of its own,
    /// a block is a part of that function, whatever strings its call has.
    /// </summary>
    Block,

    /// <summary>
    /// A call that runs the function at once (<c>map</c>, <c>then</c>), so that what holds the call's value does not name
    /// the function.
    /// </summary>
    Consumer,

    /// <summary>A list, map or the like: what holds it does not name the functions inside.</summary>
    Collection,

    /// <summary>
    /// Same as <see cref="Binding"/>, but only outside of functions: there, what a call makes of a block is seldom a
    /// function.
    /// </summary>
    Field,

    /// <summary>A variable, property or field, whose <see cref="Name"/> a function inside its value goes by.</summary>
    Binding,

    /// <summary>
    /// The export of a whole file. A function inside keeps its own name; else it goes by <see cref="Name"/>, or by the
    /// file's name where there is none.
    /// </summary>
    Default,

    /// <summary>
    /// Same meaning as the symbol class of that name, for patterns that look inside the node or have predicates.
    /// </summary>
    Wrapper,

    /// <inheritdoc cref="Wrapper"/>
    Decorator,

    /// <inheritdoc cref="Wrapper"/>
    Import,

    /// <summary>A namespace or module: it adds to qualified names but is no snippet.</summary>
    Scope,

    /// <summary>
    /// Members of a type declared elsewhere (<c>impl</c>, extension). Adds to qualified names; its functions are
    /// methods.
    /// </summary>
    Extension,

    /// <summary>
    /// A function without a body: a method if inside an interface, otherwise ignored (foreign functions, prototypes).
    /// </summary>
    Signature,

    /// <summary>
    /// Half a definition: a type signature, or a value that may be a function. It becomes a snippet as a member of an
    /// interface (or, with a body, of any type), or is joined to a definition of the same name that follows directly.
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
    /// The type that a method belongs to if written outside of it (Go receivers). Several are joined (<c>a::B::f</c>).
    /// </summary>
    Receiver,

    /// <summary>The node whose named children are the parameters.</summary>
    Parameters,

    /// <summary>One parameter.</summary>
    Parameter,

    /// <summary>The body. The signature ends before it.</summary>
    Body,

    /// <summary>A documentation string inside the definition. The token stream leaves it out.</summary>
    Documentation,

    /// <summary>What is called. Functions inside of it are not arguments of the call.</summary>
    Callee,

    /// <summary>A string among the arguments of a call; the first one counts.</summary>
    Title,
}

/// <summary>
/// The class that the query file gives to a symbol of the grammar. The numbers match <c>grammars/native/walk.c</c>. The
/// walk takes symbols of class 1 to 9 whole, as one token or comment, and enters those of class 16 and above.
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

    /// <summary>A string in which a blank that holds a line end means one space between words and nothing at either end (JSX).</summary>
    Folded = 7,

    /// <summary>A sign that only joins a line to the next one.</summary>
    Joint = 8,
    Comment = 9,
    Definition = 16,
    Wrapper = 17,
    Import = 18,
    Decorator = 19,
    Interpolation = 20,

    /// <summary>
    /// A sibling that follows a definition and belongs to it: the body, in grammars that separate it from the
    /// signature.
    /// </summary>
    Continuation = 21,

    /// <summary>A node whose patterns all name functions inside it. They run only when such a function is found.</summary>
    Context = 22,
    Error = 30,
}
