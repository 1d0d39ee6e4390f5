namespace XCoder.Analysis.Model;

/// <summary>A snippet as embedding models see it: its code and tokens, but never its file name or folder.</summary>
public sealed record SnippetInput
{
    /// <summary>Id of the snippet's language.</summary>
    public required string Language { get; init; }

    /// <summary>Models distinguish only functions from structures.</summary>
    public required SnippetKind Kind { get; init; }

    /// <summary>Bare name; empty for code without a name.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Name of the enclosing structure or function; empty if there is none. Models do not read the code around the
    /// snippet.
    /// </summary>
    public string Enclosing { get; init; } = "";

    /// <summary>Text of the whole file as UTF-8.</summary>
    public required byte[] Text { get; init; }

    /// <summary>First byte of the snippet in <see cref="Text"/>.</summary>
    public required int StartByte { get; init; }

    /// <summary>End of the snippet, exclusive.</summary>
    public required int EndByte { get; init; }

    /// <summary>Tokens of the whole file.</summary>
    public required TokenStream Stream { get; init; }

    /// <summary>Index of the snippet's first token.</summary>
    public required int FirstToken { get; init; }

    /// <summary>Number of the snippet's tokens.</summary>
    public required int TokenCount { get; init; }

    /// <summary>Documentation comment without comment signs, or null.</summary>
    public string? Documentation { get; init; }

    /// <summary>For a structure, its functions and methods in source order: (signature, first token, number of tokens).</summary>
    public IReadOnlyList<(string Signature, int FirstToken, int TokenCount)> Members { get; init; } = [];
}
