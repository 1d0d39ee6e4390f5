namespace XCoder.Agents.Chat;

/// <summary>How one try to call the endpoint failed.</summary>
public enum ChatCallError
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
