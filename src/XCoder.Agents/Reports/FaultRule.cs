using System.Text.RegularExpressions;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Reports;

/// <summary>A row of the table that sorts failures: a kind, and what must hold for it. What is null holds always.</summary>
internal sealed record FaultRule
{
    // Linear in the text's length: what tools and models write is not to be trusted.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private Regex? _message;

    /// <summary>Id of the kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Gates it is for.</summary>
    public required IReadOnlyList<string> Gates { get; init; }

    /// <summary>Reasons and exit codes, one of which must be the failure's; both null: any.</summary>
    public IReadOnlyList<GateReason>? Reasons { get; init; }

    /// <inheritdoc cref="Reasons"/>
    public IReadOnlyList<int>? ExitCodes { get; init; }

    /// <summary>What the tool says.</summary>
    public string? Pattern { get; init; }

    /// <summary>Where in the message it begins to fit, 0 where it does not ask for one; null where it does not fit.</summary>
    public int? Place(Fault fault)
    {
        var isAny = Reasons is null && ExitCodes is null;
        if (!Gates.Contains(fault.Gate) || !(isAny || (fault.Reason is { } reason && Reasons?.Contains(reason) == true) || (fault.ExitCode is { } code && ExitCodes?.Contains(code) == true)))
        {
            return null;
        }

        return Pattern is null ? 0 : (_message ??= new Regex(Pattern, Options | (fault.Gate == FaultSorter.Critique ? RegexOptions.IgnoreCase : RegexOptions.None))).Match(fault.Message) is { Success: true } match ? match.Index : null;
    }
}
