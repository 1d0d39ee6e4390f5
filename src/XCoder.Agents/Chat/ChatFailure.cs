namespace XCoder.Agents.Chat;

/// <summary>Why a question has no answer, in words.</summary>
/// <param name="Kind">The reason; it is counted.</param>
/// <param name="Message">What happened; it holds no key.</param>
public sealed record ChatFailure(ChatFailureKind Kind, string Message);
