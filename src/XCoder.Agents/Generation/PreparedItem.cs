using XCoder.Agents.Dialogue;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Generation;

/// <summary>A row to be written, with everything its prompts will hold.</summary>
/// <param name="Item">What was planned.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Context">What is shown beside it.</param>
/// <param name="Kind">How that was found; none for held-out seeds.</param>
/// <param name="Task">The task for the agents.</param>
/// <param name="Redactions">What was replaced in seed and context, by kind.</param>
internal sealed record PreparedItem(WorkItem Item, SnippetOrigin Seed, IReadOnlyList<ContextSnippet> Context, ContextKind Kind, DialogueTask Task, IReadOnlyDictionary<string, int> Redactions);
