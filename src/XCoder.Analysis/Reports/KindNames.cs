using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>The names of kinds as every report writes them.</summary>
public static class KindNames
{
    private static readonly string[] DuplicateKinds = ["exact", "renamed", "near", "semantic"];
    private static readonly string[] SnippetKinds = ["function", "method", "constructor", "structure", "interface", "enumeration"];

    /// <summary>The kind's name, for example <c>renamed</c>.</summary>
    public static string Name(this DuplicateKind kind) => DuplicateKinds[(int)kind];

    /// <summary>The kind's name, for example <c>constructor</c>.</summary>
    public static string Name(this SnippetKind kind) => SnippetKinds[(int)kind];
}
