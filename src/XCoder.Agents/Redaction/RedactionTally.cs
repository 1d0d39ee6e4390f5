namespace XCoder.Agents.Redaction;

/// <summary>Redacts the texts of one row and counts what was replaced in all of them.</summary>
internal sealed class RedactionTally(SensitiveTextGuard guard, IReadOnlyDictionary<string, int>? before = null)
{
    private readonly SortedDictionary<string, int> _counts = new((before ?? new Dictionary<string, int>()).ToDictionary(), StringComparer.Ordinal);

    /// <summary>Replacements by kind so far.</summary>
    public IReadOnlyDictionary<string, int> Counts => _counts;

    /// <summary>A text without its secrets.</summary>
    public string Redact(string text)
    {
        var redacted = guard.Redact(text);
        foreach (var (kind, count) in redacted.Counts)
        {
            _counts[kind] = _counts.GetValueOrDefault(kind) + count;
        }

        return redacted.Text;
    }
}
