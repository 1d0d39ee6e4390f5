namespace XCoder.Analysis.Duplicates;

/// <summary>What decides with whom a snippet is compared and whether it makes a good representative.</summary>
[Flags]
internal enum SnippetTraits : byte
{
    /// <summary>A callable without documentation, errors or test mark.</summary>
    None = 0,

    /// <summary>A structure, interface or enumeration; compared only with its like. Else a callable.</summary>
    Structure = 1,

    /// <summary>Has a syntax error.</summary>
    Errors = 2,

    /// <summary>Has a documentation comment.</summary>
    Documented = 4,

    /// <summary>Is test code.</summary>
    Test = 8,
}
