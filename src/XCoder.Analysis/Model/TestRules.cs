namespace XCoder.Analysis.Model;

/// <summary>
/// How a language marks tests; regular expressions, null for none. A snippet is a test if its file's path, its
/// name or one of its decorators matches, or if a snippet around it is one.
/// </summary>
public sealed record TestRules
{
    /// <summary>Over the path below the repository, <c>/</c>-separated. Adds to the rule for folders every language has.</summary>
    public string? Paths { get; init; }

    /// <summary>Over the bare name of a function or structure.</summary>
    public string? Names { get; init; }

    /// <summary>Over each decorator, annotation or attribute as written.</summary>
    public string? Decorators { get; init; }
}
