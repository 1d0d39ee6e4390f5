namespace XCoder.Agents.Mining;

/// <summary>How an instruction is worded: renders the values of a template.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Hash">Hash of its text.</param>
/// <param name="Render">Makes text of values.</param>
internal sealed record Wording(string Name, string Hash, Func<IReadOnlyDictionary<string, object?>, string> Render);
