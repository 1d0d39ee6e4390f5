using System.Text.Json;

namespace XCoder.Agents.Chat;

/// <summary>The result of a question: an answer, or the reason why there is none.</summary>
/// <param name="Answer">The answer, or null.</param>
/// <param name="Failure">The reason, or null.</param>
public sealed record ChatReply(ChatAnswer? Answer, ChatFailure? Failure);

/// <summary>An answer that fits its schema.</summary>
/// <param name="Key">Content hash of the question.</param>
/// <param name="Value">The answer. It has no properties that a closed schema does not name, and every string is valid Unicode.</param>
/// <param name="PromptTokens">Prompt tokens of all attempts, as the endpoint reports them; 0 when it does not.</param>
/// <param name="CompletionTokens">Completion tokens of all replies.</param>
/// <param name="Recorded">Whether every reply was already recorded, so that nothing was sent.</param>
public sealed record ChatAnswer(string Key, JsonElement Value, int PromptTokens, int CompletionTokens, bool Recorded);

/// <summary>Why a question has no answer, with a message.</summary>
/// <param name="Kind">The reason; the gateway counts failures by it.</param>
/// <param name="Message">What happened; it holds no API key.</param>
public sealed record ChatFailure(ChatFailureKind Kind, string Message);

/// <summary>Why a question has no answer.</summary>
public enum ChatFailureKind
{
    /// <summary>The model or the endpoint's content filter refused.</summary>
    Refused,

    /// <summary>The reply is empty.</summary>
    Empty,

    /// <summary>The reply holds no JSON, even after repairs.</summary>
    Malformed,

    /// <summary>The reply holds JSON that does not fit the schema.</summary>
    WrongSchema,

    /// <summary>The reply reached the token limit and was cut.</summary>
    Truncated,

    /// <summary>The endpoint rejects this request (400, 413, 422), for example because it is too long for the model.</summary>
    Rejected,

    /// <summary>The reply exceeds the limit of bytes.</summary>
    TooLarge,

    /// <summary>No reply after all retries.</summary>
    Unavailable,

    /// <summary>A limit on requests or cost is reached.</summary>
    Budget,
}
