using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Reports;

/// <summary>
/// Assigns failures of rows to kinds with the table <c>faults.json</c>, by the failed gate and its messages. Not for concurrent use.
/// </summary>
internal sealed class FaultSorter
{
    /// <summary>Gate name for faults from a critique.</summary>
    public const string Critique = "critique";

    private static readonly JsonSerializerOptions Json = RowJson.Options;

    private readonly Table _table = Read();

    /// <summary>The kinds in the order of display.</summary>
    public IReadOnlyList<FaultKind> Kinds => _table.Kinds;

    /// <summary>Id of the kind of a row's failure; null if the row has not failed or no rule matches.</summary>
    /// <remarks>A row has at most one kind; a failed gate decides before the critique.</remarks>
    public string? KindOf(InstructionRow row)
    {
        if (row.Verification.Status == RowStatus.Failed)
        {
            // A compiler's message says more than the parser's, except when the code is in another language.
            var failed = row.Verification.Evidence.Where(evidence => evidence.Outcome == GateOutcome.Failed).ToList();
            return (failed.Find(evidence => evidence.Gate == GateNames.Language) ?? failed.LastOrDefault()) is { } evidence
                ? KindOf(Fault.Of(evidence)) : null;
        }

        return row.Critique.Verdict == Verdict.Accept ? null
            : row.Critique.Faults.Select(fault => KindOf(new Fault(Critique, null, null, fault))).FirstOrDefault(kind => kind is not null);
    }

    /// <summary>Id of the kind of a failure; null if no rule matches.</summary>
    public string? KindOf(Fault fault) =>
        Best(_table.Rules, fault) ?? _table.Otherwise.FirstOrDefault(rule => rule.Place(fault) is not null)?.Kind;

    private static string? Best(IReadOnlyList<FaultRule> rules, Fault fault)
    {
        var (best, place) = ((string?)null, int.MaxValue);
        foreach (var rule in rules)
        {
            if (rule.Place(fault) is { } at && at < place)
            {
                (best, place) = (rule.Kind, at);
            }
        }

        return best;
    }

    private static Table Read()
    {
        using var stream = typeof(FaultSorter).Assembly.GetManifestResourceStream("XCoder.Agents.Reports.faults.json")
            ?? throw new InvalidOperationException("The table of faults is missing from the assembly.");
        return JsonSerializer.Deserialize<Table>(stream, Json)!;
    }

    private sealed record Table(
        [property: JsonRequired] IReadOnlyList<FaultKind> Kinds, [property: JsonRequired] IReadOnlyList<FaultRule> Rules,
        [property: JsonRequired] IReadOnlyList<FaultRule> Otherwise);
}

/// <summary>A rule of the table: a kind and its conditions. A condition that is null always holds.</summary>
internal sealed record FaultRule
{
    // Matching takes time linear in the text's length, because tools and models may write anything.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture;

    private Regex? _message;

    /// <summary>Id of the kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Gates to which the rule applies.</summary>
    public required IReadOnlyList<string> Gates { get; init; }

    /// <summary>Reasons and exit codes, one of which must match the failure's; if both are null, all match.</summary>
    public IReadOnlyList<GateReason>? Reasons { get; init; }

    /// <inheritdoc cref="Reasons"/>
    public IReadOnlyList<int>? ExitCodes { get; init; }

    /// <summary>Regular expression that the tool's message must match.</summary>
    public string? Pattern { get; init; }

    /// <summary>Position in the message at which the pattern matches, 0 without a pattern; null if the rule does not match.</summary>
    public int? Place(Fault fault)
    {
        var isAny = Reasons is null && ExitCodes is null;
        if (!Gates.Contains(fault.Gate)
            || !(isAny || (fault.Reason is { } reason && Reasons?.Contains(reason) == true)
                || (fault.ExitCode is { } code && ExitCodes?.Contains(code) == true)))
        {
            return null;
        }

        return Pattern is null ? 0
            : (_message ??= new Regex(Pattern,
                Options | (fault.Gate == FaultSorter.Critique ? RegexOptions.IgnoreCase
                    : RegexOptions.None))).Match(fault.Message) is { Success: true } match ? match.Index : null;
    }
}

/// <summary>A failure in the form that the table's rules use.</summary>
/// <param name="Gate">The gate. <c>tests</c> covers the tests of both agents, <c>build</c> a program that could not be built with its
/// tests, <c>critique</c> the faults from a critic.</param>
/// <param name="Reason">Why the gate failed, or null if unknown.</param>
/// <param name="ExitCode">Exit code of the program; null if it did not end by itself or nothing ran.</param>
/// <param name="Message">The tool's message, or the gate's if nothing ran.</param>
internal sealed record Fault(string Gate, GateReason? Reason, int? ExitCode, string Message)
{
    private const string Build = "build";

    /// <summary>Converts a gate's evidence.</summary>
    public static Fault Of(GateEvidence evidence) => new(
        evidence.Gate is not (GateNames.Tests or GateNames.Independent) ? evidence.Gate : evidence.Reason == GateReason.NotBuilt ? Build
            : GateNames.Tests,
        evidence.Reason, evidence.ExitCode, evidence.Output ?? (evidence.Milliseconds is null ? evidence.Detail : ""));
}

/// <summary>A kind of failure.</summary>
/// <param name="Id">One of <c>compile</c>, <c>type</c>, <c>api</c>, <c>runtime</c>, <c>wrong-value</c>, <c>time</c>, <c>language</c> and
/// <c>idiom</c>.</param>
/// <param name="Meaning">The failures of this kind, in words.</param>
public sealed record FaultKind(string Id, string Meaning);
