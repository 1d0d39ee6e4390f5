namespace XCoder.Analysis.Model;

/// <summary>What extraction found in one file.</summary>
public sealed record ExtractedFile
{
    /// <summary>Id of the file's language.</summary>
    public required string Language { get; init; }

    /// <summary>Tokens of the whole file; snippets refer to ranges of them.</summary>
    public required TokenStream Tokens { get; init; }

    /// <summary>
    /// For each token, a number that stands for the layout before it that has a meaning in the language, see <see
    /// cref="LayoutMark"/>. Empty if no layout has.
    /// </summary>
    internal ulong[] Layout { get; init; } = [];

    /// <summary>Snippets ordered by start; a parent comes before its children.</summary>
    public required IReadOnlyList<ExtractedSnippet> Snippets { get; init; }

    /// <summary>Import statements as written, in source order.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];

    /// <summary>Whether the parser met a syntax error.</summary>
    public bool HasErrors { get; init; }

    /// <summary>Bytes that the parser could not read: those of the outermost error nodes, and one for each such node.</summary>
    public int ErrorBytes { get; init; }

    /// <summary>
    /// Bytes that were not read because nothing makes them active (<c>#if false</c> in C#), or because the file has too many
    /// combinations of symbols.
    /// </summary>
    public int InactiveBytes { get; init; }
}

/// <summary>One function or structure as extraction found it, before the store gives it an id.</summary>
public sealed record ExtractedSnippet
{
    /// <summary>Function, structure, or a finer distinction of the two.</summary>
    public required SnippetKind Kind { get; init; }

    /// <summary>
    /// The language's own word for a finer kind (<c>trait</c>, <c>record</c>, <c>lambda</c>, <c>local</c>), or null. A
    /// function that goes by the call that it is handed to is a <c>callback</c> or a <c>test</c>.
    /// </summary>
    public string? Form { get; init; }

    /// <summary>The bare name, without enclosing scopes.</summary>
    public required string Name { get; init; }

    /// <summary>The bare name, preceded by the names of its enclosing scopes and joined by the language's separator.</summary>
    public required string QualifiedName { get; init; }

    /// <summary>
    /// Its range in the file. It includes decorators and modifiers, but not the documentation comment before them.
    /// </summary>
    public required SourceSpan Span { get; init; }

    /// <summary>Index of its first token in the file's <see cref="TokenStream"/>.</summary>
    public required int FirstToken { get; init; }

    /// <summary>Number of tokens. Comments do not count.</summary>
    public required int TokenCount { get; init; }

    /// <summary>The declaration up to its body, with white space collapsed; at most 1,000 characters.</summary>
    public required string Signature { get; init; }

    /// <summary>Parameters as written, with white space collapsed.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>The documentation comment without comment signs and indentation, or null.</summary>
    public string? Documentation { get; init; }

    /// <summary>Index in the file's snippets of the innermost enclosing snippet, or -1.</summary>
    public int Parent { get; init; } = -1;

    /// <summary>Indexes into <see cref="ExtractedFile.Imports"/> of the imports that this snippet needs.</summary>
    public IReadOnlyList<int> Imports { get; init; } = [];

    /// <summary>Decorators, annotations or attributes as written.</summary>
    public IReadOnlyList<string> Decorators { get; init; } = [];

    /// <summary>Whether it is test code, by the manifest's rules for its language.</summary>
    public bool IsTest { get; init; }

    /// <summary>Whether the parser met a syntax error inside it.</summary>
    public bool HasErrors { get; init; }

    /// <summary>What the compiler resolved; null where no compiler ran.</summary>
    public ResolvedFacts? Resolved { get; init; }
}

/// <summary>What a semantic compiler (Roslyn, for C#) knows about a snippet beyond its syntax.</summary>
/// <param name="Signature">Signature with fully qualified types.</param>
/// <param name="Calls">Symbols that the snippet calls: fully qualified, distinct, in ordinal order.</param>
/// <param name="Types">Types that the snippet uses: fully qualified, distinct, in ordinal order.</param>
/// <param name="IsSelfContained">Whether every name resolves to the snippet itself or to the framework.</param>
public sealed record ResolvedFacts(
    string Signature,
    IReadOnlyList<string> Calls,
    IReadOnlyList<string> Types,
    bool IsSelfContained);
