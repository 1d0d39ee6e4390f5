namespace XCoder.Analysis.Repositories.Walk;

/// <summary>What a walk does with a folder.</summary>
internal enum FolderDecision : byte
{
    /// <summary>Walk it.</summary>
    Enter,

    /// <summary>Neither walk nor count it: version control's own data.</summary>
    Pass,

    /// <summary>Count it as ignored.</summary>
    Ignored,

    /// <summary>Count it as vendored.</summary>
    Vendored,

    /// <summary>It is a work tree of its own.</summary>
    WorkTree,

    /// <summary>It cannot be read.</summary>
    Unreadable,
}
