namespace XCoder.Agents.Prompts;

/// <summary>A message of a conversation.</summary>
/// <param name="Role"><c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Text">Its text.</param>
public sealed record PromptMessage(string Role, string Text)
{
    /// <summary>What the model is told to be.</summary>
    public const string System = "system";

    /// <summary>What it is asked.</summary>
    public const string User = "user";

    /// <summary>What it answered.</summary>
    public const string Assistant = "assistant";
}
