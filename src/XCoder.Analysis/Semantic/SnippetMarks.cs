namespace XCoder.Analysis.Semantic;

/// <summary>What is known of a snippet besides its code.</summary>
[Flags]
public enum SnippetMarks : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It has documentation.</summary>
    Documented = 1,

    /// <summary>Test code calls or names it (<c>TestedFunctions</c>).</summary>
    Tested = 2,

    /// <summary>It is test code.</summary>
    Test = 4,
}
