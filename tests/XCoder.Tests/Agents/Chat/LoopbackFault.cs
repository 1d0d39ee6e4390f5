namespace XCoder.Tests.Agents.Chat;

/// <summary>What the server on loopback does wrong.</summary>
public enum LoopbackFault
{
    None,
    TooManyRequests,
    TooManyRequestsWithRetryAfter,
    ServerError,
    Unavailable,
    Hang,
    CutStream,
    MalformedJson,
    BrokenProtocol,
    WrongSchema,
    Refusal,
    ContentFilter,
    Empty,
    Truncated,
    HtmlErrorPage,
    HtmlPage,
    Redirect,
    Unauthorized,
    NotFound,
    BadRequest,
    RejectedSchema,
    Rejected,
    Exhausted,
    Endless,
}
