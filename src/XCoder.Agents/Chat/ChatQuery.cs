namespace XCoder.Agents.Chat;

/// <summary>
/// One question to the model. Everything that may change the answer is in it; with the model's name it makes the key
/// (<see cref="ChatGateway.KeyOf(ChatQuery, string)"/>) under which the reply is recorded.
/// </summary>
public sealed record ChatQuery
{
    /// <summary>What the question is for, as <c>propose</c> or <c>critique</c>: counted by it, and part of the key.</summary>
    public required string Role { get; init; }

    /// <summary>The conversation, the question last.</summary>
    public required IReadOnlyList<ChatText> Messages { get; init; }

    /// <summary>What an answer must look like.</summary>
    public required AnswerSchema Schema { get; init; }

    /// <summary>Number of the sample: the same question asked again on purpose has another.</summary>
    public required int Sample { get; init; }

    /// <summary>Repositories whose text it holds; not in the key, but a purge of one of them forgets the reply.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>Temperature of sampling, 0 to 2.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>Tokens that an answer may have.</summary>
    public int MaxTokens { get; init; } = 2048;
}
