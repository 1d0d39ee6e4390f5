namespace XCoder.Analysis.Model;

/// <summary>A snippet as embedding models see it: its code and tokens, never its file name or folder.</summary>
public sealed record SnippetInput
{
    /// <summary>Language id.</summary>
    public required string Language { get; init; }

    /// <summary>Function-like or structure-like.</summary>
    public required SnippetKind Kind { get; init; }

    /// <summary>Bare name; empty for code that has none.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the structure or function it stands in; empty for none. The code around it is not read.</summary>
    public string Enclosing { get; init; } = "";

    /// <summary>Text of the whole file, UTF-8.</summary>
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

    /// <summary>Cleaned documentation comment, or null.</summary>
    public string? Documentation { get; init; }

    /// <summary>Functions and methods that belong to a structure: (signature, first token, number of tokens), in source order.</summary>
    public IReadOnlyList<(string Signature, int FirstToken, int TokenCount)> Members { get; init; } = [];
}
