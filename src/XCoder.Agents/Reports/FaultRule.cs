using System.Text.RegularExpressions;

namespace XCoder.Agents.Reports;

/// <summary>A row of the table that sorts failures: a kind, and what must hold for it. What is null holds always.</summary>
internal sealed record FaultRule
{
    // Linear in the text's length: what tools and models write is not to be trusted.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private Regex? _ended, _detail, _message;

    /// <summary>Id of the kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Gates it is for.</summary>
    public required IReadOnlyList<string> Gates { get; init; }

    /// <summary>How the program ended, in full.</summary>
    public string? Ended { get; init; }

    /// <summary>What the gate says.</summary>
    public string? Detail { get; init; }

    /// <summary>What the tool says.</summary>
    public string? Pattern { get; init; }

    /// <summary>Where in the message it begins to fit, 0 where it does not ask for one; null where it does not fit.</summary>
    public int? Place(GateEvidence evidence)
    {
        if (!Gates.Contains(evidence.Gate)
            || (Ended is { } ended && !(_ended ??= new Regex($"^(?:{ended})$", Options)).IsMatch(evidence.Ended))
            || (Detail is { } detail && !(_detail ??= new Regex(detail, Options)).IsMatch(evidence.Detail)))
        {
            return null;
        }

        return Pattern is null ? 0 : (_message ??= new Regex(Pattern, Options | (evidence.Gate == FaultSorter.Critique ? RegexOptions.IgnoreCase : RegexOptions.None))).Match(evidence.Message) is { Success: true } match ? match.Index : null;
    }
}
