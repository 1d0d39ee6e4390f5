namespace XCoder.Agents.Chat;

/// <summary>The endpoint cannot be used, so the run ends. The message says what happened, what was done and how to go on.</summary>
public sealed class EndpointException(string message, Exception? inner = null) : Exception(message, inner);
