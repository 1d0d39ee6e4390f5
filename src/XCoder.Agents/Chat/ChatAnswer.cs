using System.Text.Json;

namespace XCoder.Agents.Chat;

/// <summary>An answer that fits its schema.</summary>
/// <param name="Key">Content address of the question.</param>
/// <param name="Value">The answer; every property is one of the schema's, every string is valid text.</param>
/// <param name="PromptTokens">Tokens of all questions asked for it, by the endpoint's own count; 0 where it gives none.</param>
/// <param name="CompletionTokens">Tokens of all replies.</param>
/// <param name="Recorded">Whether all of it was recorded before, so that nothing was sent.</param>
public sealed record ChatAnswer(string Key, JsonElement Value, int PromptTokens, int CompletionTokens, bool Recorded);
