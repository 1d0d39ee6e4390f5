namespace XCoder.Agents.Redaction;

/// <summary>A text whose secrets and personal data were replaced.</summary>
/// <param name="Text">The text with placeholders.</param>
/// <param name="Counts">Replacements by kind; empty where nothing was found.</param>
internal sealed record RedactedText(string Text, IReadOnlyDictionary<string, int> Counts);
