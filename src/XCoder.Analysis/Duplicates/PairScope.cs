namespace XCoder.Analysis.Duplicates;

/// <summary>Where the two of a pair stand.</summary>
internal enum PairScope
{
    /// <summary>In two languages.</summary>
    AcrossLanguages,

    /// <summary>In one language, in two repositories.</summary>
    AcrossRepositories,

    /// <summary>In one language and repository.</summary>
    WithinRepository,
}
