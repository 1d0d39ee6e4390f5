namespace XCoder.Agents.Chat;

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
