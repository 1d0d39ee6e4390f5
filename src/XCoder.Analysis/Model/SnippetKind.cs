namespace XCoder.Analysis.Model;

/// <summary>What a snippet is. Finer detail (trait, record, lambda, local …) stands in <see cref="ExtractedSnippet.Form"/>.</summary>
public enum SnippetKind
{
    /// <summary>A function outside a structure; also local functions and lambdas bound to a name.</summary>
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
