namespace XCoder.Analysis.Model;

/// <summary>A stored snippet without its code; the store returns the code by id.</summary>
public sealed record Snippet
{
    /// <summary>
    /// Stable id: 20 hex digits of a hash over repository, path, qualified name and code, plus order among equal
    /// snippets.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Name of the snippet's repository in the workspace.</summary>
    public required string Repository { get; init; }

    /// <summary>Path of the snippet's file below the repository's root, <c>/</c>-separated.</summary>
    public required string Path { get; init; }

    /// <summary>Id of the snippet's language.</summary>
    public required string Language { get; init; }

    /// <inheritdoc cref="ExtractedSnippet.Kind"/>
    public required SnippetKind Kind { get; init; }

    /// <inheritdoc cref="ExtractedSnippet.Form"/>
    public string? Form { get; init; }

    /// <summary>
    /// Whether it has no name to call it by: <see cref="Name"/> is the call that it is handed to (<c>app.get /carts</c>).
    /// </summary>
    public bool IsCallback => Form == "callback";

    /// <inheritdoc cref="ExtractedSnippet.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="ExtractedSnippet.QualifiedName"/>
    public required string QualifiedName { get; init; }

    /// <inheritdoc cref="ExtractedSnippet.Span"/>
    public required SourceSpan Span { get; init; }

    /// <inheritdoc cref="ExtractedSnippet.Signature"/>
    public required string Signature { get; init; }

    /// <inheritdoc cref="ExtractedSnippet.Documentation"/>
    public string? Documentation { get; init; }

    /// <inheritdoc cref="ExtractedSnippet.TokenCount"/>
    public required int Tokens { get; init; }

    /// <inheritdoc cref="ExtractedSnippet.HasErrors"/>
    public bool HasErrors { get; init; }

    /// <inheritdoc cref="ExtractedSnippet.IsTest"/>
    public bool IsTest { get; init; }

    /// <summary>Whether it stands for a whole file, as the members of a group of files do; its id is then repository and path.</summary>
    public bool IsFile => Id.Contains('/');
}

/// <summary>
/// The kind of a snippet. Finer detail (trait, record, lambda, local …) is in <see cref="ExtractedSnippet.Form"/>.
/// </summary>
public enum SnippetKind
{
    /// <summary>A function outside a structure, a local function, or a lambda bound to a name.</summary>
    Function,

    /// <summary>A function that belongs to a structure.</summary>
    Method,

    /// <summary>A function that initialises an instance of a structure.</summary>
    Constructor,

    /// <summary>A class, struct, record, module type, object or union.</summary>
    Structure,

    /// <summary>An interface, trait, protocol or type class.</summary>
    Interface,

    /// <summary>An enumeration.</summary>
    Enumeration,
}

/// <summary>Properties derived from a snippet's kind.</summary>
public static class SnippetKinds
{
    /// <summary>Whether snippets of this kind are compared as structures rather than as functions.</summary>
    public static bool IsStructure(this SnippetKind kind) =>
        kind is SnippetKind.Structure or SnippetKind.Interface or SnippetKind.Enumeration;
}
