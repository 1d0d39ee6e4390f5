namespace XCoder.Tests.Agents.Chat;

/// <summary>What the server on loopback answers.</summary>
internal sealed record LoopbackAnswer
{
    /// <summary>The message's text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The whole body in place of a reply around the text; null for none.</summary>
    public string? Body { get; init; }

    /// <summary>The status that goes with the body.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Type of the body's content; by its first characters where none is given.</summary>
    public string? ContentType { get; init; }

    /// <summary>Encoding of the body; its byte order mark is sent, too, if it has one.</summary>
    public System.Text.Encoding Encoding { get; init; } = new System.Text.UTF8Encoding(false);

    /// <summary>What is sent in place of HTTP, before the connection is closed; null for none.</summary>
    public string? Raw { get; init; }

    /// <summary>The finish reason; by the fault where none is given.</summary>
    public string? Finish { get; init; }

    public LoopbackFault Fault { get; init; }

    /// <summary>Value of <c>Retry-After</c>, where the fault has one.</summary>
    public string RetryAfter { get; init; } = "1";

    /// <summary>Where a redirect leads.</summary>
    public string Location { get; init; } = "http://127.0.0.1:1/v1/chat/completions";

    /// <summary>Time until the answer.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What must have ended before the answer.</summary>
    public Task Until { get; init; } = Task.CompletedTask;

    public int PromptTokens { get; init; } = 100;

    public int CompletionTokens { get; init; } = 50;

    public static implicit operator LoopbackAnswer(LoopbackFault fault) => new() { Fault = fault };

    public static implicit operator LoopbackAnswer(string text) => new() { Text = text };
}
