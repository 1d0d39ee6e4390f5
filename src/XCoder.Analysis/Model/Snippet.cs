namespace XCoder.Analysis.Model;

/// <summary>A stored snippet, without its code (the store gives that by id).</summary>
public sealed record Snippet
{
    /// <summary>Stable id, 20 hex digits of a hash over repository, path, qualified name, code and, among equals, order.</summary>
    public required string Id { get; init; }

    /// <summary>Name of its repository in the workspace.</summary>
    public required string Repository { get; init; }

    /// <summary>Path of its file below the repository's root, <c>/</c>-separated.</summary>
    public required string Path { get; init; }

    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <inheritdoc cref="ExtractedSnippet.Kind"/>
    public required SnippetKind Kind { get; init; }

    /// <inheritdoc cref="ExtractedSnippet.Form"/>
    public string? Form { get; init; }

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
}
