namespace XCoder.Agents.Prompts;

/// <summary>A message of a rendered prompt.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">Its text.</param>
public sealed record PromptMessage(string Role, string Text);
