namespace XCoder.Analysis.Model;

/// <summary>A git work tree, or a folder in none. Git facts are read from files; no program runs.</summary>
/// <param name="Name">The folder's name, made unique in the workspace with a suffix.</param>
/// <param name="Root">Absolute path of the work tree.</param>
/// <param name="Remote">Address of <c>origin</c> (or the only remote) without credentials, or null.</param>
/// <param name="Commit">Commit of HEAD, 40 or 64 hex digits, or null.</param>
public sealed record Repository(string Name, string Root, string? Remote, string? Commit);
