namespace XCoder.Analysis.Model;

/// <summary>What extraction found in one file.</summary>
public sealed record ExtractedFile
{
    /// <summary>The language's id.</summary>
    public required string Language { get; init; }

    /// <summary>The tokens of the file.</summary>
    public required TokenStream Tokens { get; init; }

    /// <summary>Snippets ordered by start, a parent before its children.</summary>
    public required IReadOnlyList<ExtractedSnippet> Snippets { get; init; }

    /// <summary>Import statements as written, in source order.</summary>
    public IReadOnlyList<string> Imports { get; init; } = [];

    /// <summary>Whether the parser met a syntax error.</summary>
    public bool HasErrors { get; init; }

    /// <summary>Bytes the parser was told to leave out (inactive <c>#if</c> regions of C#): not seen, and counted so.</summary>
    public int InactiveBytes { get; init; }
}

/// <summary>One function or structure as extraction found it, before the store gives it an id.</summary>
public sealed record ExtractedSnippet
{
    /// <summary>What it is.</summary>
    public required SnippetKind Kind { get; init; }

    /// <summary>Finer detail in the language's own word (<c>trait</c>, <c>record</c>, <c>lambda</c>, <c>local</c>), or null.</summary>
    public string? Form { get; init; }

    /// <summary>The bare name.</summary>
    public required string Name { get; init; }

    /// <summary>The name behind those of its enclosing scopes, joined by the language's separator.</summary>
    public required string QualifiedName { get; init; }

    /// <summary>Where it stands, decorators and modifiers included, documentation comment before it not.</summary>
    public required SourceSpan Span { get; init; }

    /// <summary>Index of its first token in the file's <see cref="TokenStream"/>.</summary>
    public required int FirstToken { get; init; }

    /// <summary>Number of tokens, comments not counted.</summary>
    public required int TokenCount { get; init; }

    /// <summary>The declaration up to its body, white space collapsed, at most 1,000 characters.</summary>
    public required string Signature { get; init; }

    /// <summary>Parameters as written, white space collapsed.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>Documentation comment without comment signs and indentation, or null.</summary>
    public string? Documentation { get; init; }

    /// <summary>Index in the file's snippets of the innermost enclosing snippet, or -1.</summary>
    public int Parent { get; init; } = -1;

    /// <summary>Indexes into <see cref="ExtractedFile.Imports"/> of the imports it needs.</summary>
    public IReadOnlyList<int> Imports { get; init; } = [];

    /// <summary>Decorators, annotations or attributes as written.</summary>
    public IReadOnlyList<string> Decorators { get; init; } = [];

    /// <summary>Whether it is test code, by the manifest's rules for its language.</summary>
    public bool IsTest { get; init; }

    /// <summary>Whether the parser met a syntax error inside it.</summary>
    public bool HasErrors { get; init; }

    /// <summary>What the compiler resolved, where one ran; else null.</summary>
    public ResolvedFacts? Resolved { get; init; }
}

/// <summary>What a semantic compiler (Roslyn, for C#) knows about a snippet beyond its syntax.</summary>
/// <param name="Signature">Signature with fully qualified types.</param>
/// <param name="Calls">Symbols the snippet calls, fully qualified, distinct, ordinal order.</param>
/// <param name="Types">Types the snippet uses, fully qualified, distinct, ordinal order.</param>
/// <param name="IsSelfContained">Whether every name resolves to the snippet itself or to the framework.</param>
public sealed record ResolvedFacts(
    string Signature,
    IReadOnlyList<string> Calls,
    IReadOnlyList<string> Types,
    bool IsSelfContained);
