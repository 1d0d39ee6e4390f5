namespace XCoder.Analysis.Model;

/// <summary>What follows from a snippet's kind.</summary>
public static class SnippetKinds
{
    /// <summary>Whether snippets of this kind are compared as structures rather than as functions.</summary>
    public static bool IsStructure(this SnippetKind kind) => kind is SnippetKind.Structure or SnippetKind.Interface or SnippetKind.Enumeration;
}
