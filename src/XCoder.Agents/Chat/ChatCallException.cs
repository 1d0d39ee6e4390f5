namespace XCoder.Agents.Chat;

/// <summary>One try to call an endpoint failed. The message holds no key; inner exceptions are left out, since they may.</summary>
/// <param name="error">How.</param>
/// <param name="message">What happened.</param>
internal sealed class ChatCallException(ChatCallError error, string message) : Exception(message)
{
    /// <summary>How it failed.</summary>
    public ChatCallError Error { get; } = error;

    /// <summary>HTTP status, or 0.</summary>
    public int Status { get; init; }

    /// <summary>What the endpoint's <c>Retry-After</c> says, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the account has no money left: another try would not help.</summary>
    public bool IsExhausted { get; init; }

    /// <summary>Whether another try may succeed: 408, 409, 425, 429, 5xx, timeouts, lost connections, cut replies.</summary>
    public bool IsPassing => !IsExhausted && (Error is ChatCallError.Connection or ChatCallError.Cut or ChatCallError.Timeout || Status is 408 or 409 or 425 or 429 or >= 500);

    /// <summary>Whether the endpoint may have worked on it, and so may ask money for it.</summary>
    public bool MayCost => Error is ChatCallError.Cut or ChatCallError.Timeout or ChatCallError.TooLarge or ChatCallError.Protocol;
}

/// <summary>How one try to call the endpoint failed.</summary>
internal enum ChatCallError
{
    /// <summary>No connection.</summary>
    Connection,

    /// <summary>Connected, but the reply broke off.</summary>
    Cut,

    /// <summary>No whole reply within the time of a try.</summary>
    Timeout,

    /// <summary>An HTTP status that is no success; <see cref="ChatCallException.Status"/> says which.</summary>
    Status,

    /// <summary>The endpoint sends elsewhere; that is not followed, since the key would go along.</summary>
    Redirect,

    /// <summary>The endpoint's certificate is not trusted; nothing was sent.</summary>
    Certificate,

    /// <summary>The reply is longer than is read.</summary>
    TooLarge,

    /// <summary>The reply is not of the protocol.</summary>
    Protocol,
}
