namespace XCoder.Agents.Chat;

/// <summary>Where and how <see cref="OpenAIEndpoint"/> asks.</summary>
public sealed record OpenAIChatOptions
{
    /// <summary>Address of the protocol's root, as <c>http://localhost:8000/v1</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The key, or empty where the endpoint wants none. It is sent in the Authorization header and goes nowhere else.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Time of one try, from sending to the reply's end.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether replies are streamed: endpoints that cut long silences then keep the line.</summary>
    public bool IsStreaming { get; init; }

    /// <summary>Bytes of a reply that are read at most.</summary>
    public long MaxReplyBytes { get; init; } = 8 << 20;

    /// <summary>
    /// Whether the limit of tokens is also sent as <c>max_tokens</c>, which old servers read; the newest models of OpenAI reject
    /// it.
    /// </summary>
    public bool SendsMaxTokens { get; init; }

    // A record would print the key.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Endpoint = ").Append(Endpoint).Append(", Model = ").Append(Model);
        return true;
    }
}
