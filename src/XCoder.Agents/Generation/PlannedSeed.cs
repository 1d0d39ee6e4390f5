namespace XCoder.Agents.Generation;

/// <summary>A seed as the scheduler sees it.</summary>
/// <param name="Row">Row id of the snippet.</param>
/// <param name="Id">Id of the snippet.</param>
/// <param name="Language">Language id, of a dialect that of the language.</param>
/// <param name="Concept">Id of its concept, or null.</param>
/// <param name="Label">Label of its concept; empty where it has none.</param>
/// <param name="Languages">Languages that have the concept; its own alone where it has none.</param>
internal sealed record PlannedSeed(long Row, string Id, string Language, string? Concept, string Label, IReadOnlySet<string> Languages);
