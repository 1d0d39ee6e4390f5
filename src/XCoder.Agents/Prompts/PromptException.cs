namespace XCoder.Agents.Prompts;

/// <summary>A prompt file cannot be used. The message says which, why and what to do.</summary>
public sealed class PromptException(string message, Exception? inner = null) : Exception(message, inner);
