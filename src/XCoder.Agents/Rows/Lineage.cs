namespace XCoder.Agents.Rows;

/// <summary>A place that a row rests on.</summary>
/// <param name="Role">What it was to the row.</param>
/// <param name="Repository">Name of the repository in the workspace.</param>
/// <param name="Remote">Its address without credentials, or null.</param>
/// <param name="Commit">Its commit, or null.</param>
/// <param name="Path">Path below its root.</param>
/// <param name="StartLine">First line, 1-based.</param>
/// <param name="EndLine">Last line, inclusive.</param>
/// <param name="Licence">SPDX expression, <c>NOASSERTION</c>, or null where nothing says one.</param>
/// <param name="Snippet">Id of the snippet.</param>
public sealed record Lineage(LineageRole Role, string Repository, string? Remote, string? Commit, string Path, int StartLine, int EndLine, string? Licence, string? Snippet = null);
