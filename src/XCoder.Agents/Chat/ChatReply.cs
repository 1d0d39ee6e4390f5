using System.Text.Json;

namespace XCoder.Agents.Chat;

/// <summary>Either an answer or a counted reason why there is none.</summary>
/// <param name="Answer">The answer, or null.</param>
/// <param name="Failure">The reason, or null.</param>
public sealed record ChatReply(ChatAnswer? Answer, ChatFailure? Failure);

/// <summary>An answer that fits its schema.</summary>
/// <param name="Key">Content address of the question.</param>
/// <param name="Value">The answer; every property is one of the schema's, every string is valid text.</param>
/// <param name="PromptTokens">Tokens of all questions asked for it, by the endpoint's own count; 0 where it gives none.</param>
/// <param name="CompletionTokens">Tokens of all replies.</param>
/// <param name="Recorded">Whether all of it was recorded before, so that nothing was sent.</param>
public sealed record ChatAnswer(string Key, JsonElement Value, int PromptTokens, int CompletionTokens, bool Recorded);

/// <summary>Why a question has no answer, in words.</summary>
/// <param name="Kind">The reason; it is counted.</param>
/// <param name="Message">What happened; it holds no key.</param>
public sealed record ChatFailure(ChatFailureKind Kind, string Message);

/// <summary>Why a question has no answer.</summary>
public enum ChatFailureKind
{
    /// <summary>The model or the endpoint's filter refused.</summary>
    Refused,

    /// <summary>The reply holds nothing.</summary>
    Empty,

    /// <summary>The reply holds no JSON, not even almost.</summary>
    Malformed,

    /// <summary>JSON, but not of the schema.</summary>
    WrongSchema,

    /// <summary>The reply reached the limit of tokens and was cut.</summary>
    Truncated,

    /// <summary>The endpoint does not take this question (400, 413, 422): too long for the model, for one.</summary>
    Rejected,

    /// <summary>The reply is longer than is read.</summary>
    TooLarge,

    /// <summary>No reply after all retries.</summary>
    Unavailable,

    /// <summary>A limit on requests or cost is reached.</summary>
    Budget,
}
