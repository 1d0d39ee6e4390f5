namespace XCoder.Analysis.Repositories.Detect;

/// <summary>What a file's name tells about its language.</summary>
internal enum NameEvidence
{
    /// <summary>It can be of no language; no need to read it.</summary>
    None,

    /// <summary>Nothing; its first bytes may name an interpreter (<c>#!</c>).</summary>
    Interpreter,

    /// <summary>Its name or ending is known; the content may decide between languages that share the ending.</summary>
    Name,
}
