namespace XCoder.Agents.Chat;

/// <summary>Either an answer or a counted reason why there is none.</summary>
/// <param name="Answer">The answer, or null.</param>
/// <param name="Failure">The reason, or null.</param>
public sealed record ChatReply(ChatAnswer? Answer, ChatFailure? Failure);
