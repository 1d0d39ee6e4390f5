namespace XCoder.Agents.Reports;

/// <summary>What a run took of the chat model.</summary>
/// <param name="Requests">Requests sent.</param>
/// <param name="PromptTokens">Tokens of the requests.</param>
/// <param name="CompletionTokens">Tokens of the replies.</param>
/// <param name="Cost">Cost in the unit of the given prices, or null where none were given.</param>
public sealed record RunUsage(long Requests, long PromptTokens, long CompletionTokens, double? Cost);
