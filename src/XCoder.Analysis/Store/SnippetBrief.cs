using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>What concepts and coverage are made of: a snippet without its place and signature.</summary>
/// <param name="Row">Row id of the snippet.</param>
/// <param name="File">Row id of its file.</param>
/// <param name="Repository">Name of its repository.</param>
/// <param name="Language">Language id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its bare name.</param>
/// <param name="QualifiedName">Its name with those it stands in.</param>
/// <param name="Documentation">The first 400 characters of its documentation, or null.</param>
/// <param name="FirstToken">Index of its first token in its file.</param>
/// <param name="Tokens">Number of tokens.</param>
/// <param name="IsTest">Whether it is test code.</param>
/// <param name="HasErrors">Whether it holds a syntax error.</param>
public readonly record struct SnippetBrief(
    long Row, long File, string Repository, string Language, SnippetKind Kind, string Name, string QualifiedName, string? Documentation, int FirstToken, int Tokens, bool IsTest, bool HasErrors);
