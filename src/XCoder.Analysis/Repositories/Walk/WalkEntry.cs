namespace XCoder.Analysis.Repositories.Walk;

/// <summary>What a walk meets: a <see cref="FoundFile"/> or <see cref="SkippedFiles"/>.</summary>
/// <param name="Path">Path below the root, <c>/</c>-separated; ends in <c>/</c> for a folder left out as a whole.</param>
internal abstract record WalkEntry(string Path);
