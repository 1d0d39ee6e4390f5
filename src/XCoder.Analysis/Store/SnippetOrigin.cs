using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <summary>A snippet with its code and where it comes from.</summary>
/// <param name="Row">Row id.</param>
/// <param name="Snippet">The snippet.</param>
/// <param name="Code">Its text.</param>
/// <param name="Repository">Its repository.</param>
/// <param name="Licence">Licence of its file, or null where nothing says one.</param>
/// <param name="Facts">What a compiler resolved, or null.</param>
public sealed record SnippetOrigin(long Row, Snippet Snippet, string Code, Repository Repository, Licence? Licence, ResolvedFacts? Facts);
