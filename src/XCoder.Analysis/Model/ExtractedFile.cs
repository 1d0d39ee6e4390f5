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
