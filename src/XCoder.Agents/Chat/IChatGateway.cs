namespace XCoder.Agents.Chat;

/// <summary>Answers questions by a schema.</summary>
public interface IChatGateway
{
    /// <summary>Asks, or finds the answer recorded.</summary>
    /// <param name="query">The question.</param>
    /// <param name="cancellation">Ends the wait; a reply that comes all the same is not lost when another waits for it.</param>
    /// <exception cref="EndpointException">The endpoint is dead or refuses the key: the run ends.</exception>
    Task<ChatReply> AskAsync(ChatQuery query, CancellationToken cancellation);
}
