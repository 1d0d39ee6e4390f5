using XCoder.Analysis.Store;

namespace XCoder.Agents.Mining;

/// <summary>A function as it goes into rows.</summary>
/// <param name="Origin">The snippet and where it comes from.</param>
/// <param name="Code">Its code, dedented.</param>
/// <param name="Bare">The same without its documentation.</param>
/// <param name="Description">What it does in sentences, or null where its documentation does not say.</param>
/// <param name="Scope">The type it stands in; empty where there is none.</param>
/// <param name="Redactions">What was replaced in <paramref name="Description"/>, by kind.</param>
internal sealed record MinedCode(SnippetOrigin Origin, string Code, string Bare, string? Description, string Scope, IReadOnlyDictionary<string, int> Redactions);
