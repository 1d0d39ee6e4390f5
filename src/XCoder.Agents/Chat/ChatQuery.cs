using XCoder.Agents.Prompts;

namespace XCoder.Agents.Chat;

/// <summary>
/// One question to the model. Everything that may change the answer is in it; with the model's name it makes the key
/// (<see cref="ChatGateway.KeyOf(ChatQuery, string)"/>) under which the reply is recorded.
/// </summary>
public sealed record ChatQuery
{
    /// <summary>The prompt. Its name says what the question is for, as <c>propose</c> or <c>critique</c>; it needs a schema.</summary>
    public required PromptTemplate Prompt { get; init; }

    /// <summary>The values that stand in it.</summary>
    public required IReadOnlyDictionary<string, object?> Values { get; init; }

    /// <summary>Number of the sample: the same question asked again on purpose has another.</summary>
    public required int Sample { get; init; }

    /// <summary>Repositories whose text it holds; not in the key, but a purge of one of them forgets the reply.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>The conversation, the question last.</summary>
    /// <exception cref="ArgumentException">A required value is missing, or one is given that the prompt does not take.</exception>
    public IReadOnlyList<PromptMessage> Messages() => Prompt.Render(Values);
}
