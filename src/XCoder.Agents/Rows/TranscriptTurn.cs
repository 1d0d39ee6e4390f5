namespace XCoder.Agents.Rows;

/// <summary>One contribution to a discussion.</summary>
/// <param name="Round">Round, 1-based; 0 before the first.</param>
/// <param name="Agent">Language of the agent, or <c>coordinator</c>.</param>
/// <param name="Act">What it did: <c>propose</c>, <c>react</c>, <c>vote</c>, <c>decide</c>, <c>critique</c>, <c>revise</c>, ….</param>
/// <param name="Text">What it said, as parsed.</param>
/// <param name="Request">Key of the request in the store, or null.</param>
public sealed record TranscriptTurn(int Round, string Agent, string Act, string Text, string? Request);
