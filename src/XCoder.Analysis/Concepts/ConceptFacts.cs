namespace XCoder.Analysis.Concepts;

/// <summary>What labels, representatives and ids are made of: facts of one node, a distinct content.</summary>
/// <param name="Name">Name of the snippet, as written; may be empty.</param>
/// <param name="Enclosing">Name of the structure or file it stands in; may be empty.</param>
/// <param name="Documentation">Its documentation, or null.</param>
/// <param name="Language">Language id.</param>
/// <param name="ContentKey">Hash of its content: the same in every run, different for every node.</param>
/// <param name="IsTest">Whether it is test code.</param>
internal sealed record ConceptFacts(string Name, string Enclosing, string? Documentation, string Language, ulong ContentKey, bool IsTest)
{
    /// <summary>Distinctive identifiers of its code, as written, in any order. Default: none.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Number of equal snippets in the repositories, 1 or more. Default 1.</summary>
    public int Copies { get; init; } = 1;
}
