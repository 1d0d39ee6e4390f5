using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Reports;

/// <summary>
/// Sorts failures of rows into kinds, by the table <c>faults.json</c>: by the gate that failed and by what was said there. Not for
/// concurrent use.
/// </summary>
internal sealed class FaultSorter
{
    /// <summary>The gate of what a critique says.</summary>
    public const string Critique = "critique";

    private static readonly JsonSerializerOptions Json = RowJson.Options;

    private readonly Table _table = Read();

    /// <summary>The kinds, in the order they are shown.</summary>
    public IReadOnlyList<FaultKind> Kinds => _table.Kinds;

    /// <summary>Id of the kind of a row's failure; null where it has not failed.</summary>
    /// <remarks>A row has one kind at most: a gate's before the critique's.</remarks>
    public string? KindOf(InstructionRow row)
    {
        if (row.Verification.Status == RowStatus.Failed)
        {
            // What a compiler says tells more than what a grammar does, but for another language.
            var failed = row.Verification.Evidence.Where(evidence => evidence.Outcome == GateOutcome.Failed).ToList();
            return (failed.Find(evidence => evidence.Gate == GateNames.Language) ?? failed.LastOrDefault()) is { } evidence
                ? KindOf(Fault.Of(evidence)) : null;
        }

        return row.Critique.Verdict == Verdict.Accept ? null
            : row.Critique.Faults.Select(fault => KindOf(new Fault(Critique, null, null, fault))).FirstOrDefault(kind => kind is not null);
    }

    /// <summary>Id of the kind of a failure; null where nothing in the table fits.</summary>
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

/// <summary>A row of the table that sorts failures: a kind, and what must hold for it. What is null holds always.</summary>
internal sealed record FaultRule
{
    // Linear in the text's length: what tools and models write is not to be trusted.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.Multiline | RegexOptions.CultureInvariant
        | RegexOptions.ExplicitCapture;

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

/// <summary>A failure as the table of faults sees it.</summary>
/// <param name="Gate">The gate: <c>tests</c> whoever wrote them, <c>build</c> where the program with its tests could not be built,
/// <c>critique</c> for what a critic says.</param>
/// <param name="Reason">Why it failed; null where nothing says it.</param>
/// <param name="ExitCode">Exit code of what was run; null where it did not end by itself, or nothing was run.</param>
/// <param name="Message">What the tool said; what the gate said where nothing was run.</param>
internal sealed record Fault(string Gate, GateReason? Reason, int? ExitCode, string Message)
{
    private const string Build = "build";

    /// <summary>What a gate found.</summary>
    public static Fault Of(GateEvidence evidence) => new(
        evidence.Gate is not (GateNames.Tests or GateNames.Independent) ? evidence.Gate : evidence.Reason == GateReason.NotBuilt ? Build
            : GateNames.Tests,
        evidence.Reason, evidence.ExitCode, evidence.Output ?? (evidence.Milliseconds is null ? evidence.Detail : ""));
}

/// <summary>A kind of fault that failures are sorted into.</summary>
/// <param name="Id">Its id: <c>compile</c>, <c>type</c>, <c>api</c>, <c>runtime</c>, <c>wrong-value</c>, <c>time</c>, <c>language</c> or
/// <c>idiom</c>.</param>
/// <param name="Meaning">What falls under it.</param>
public sealed record FaultKind(string Id, string Meaning);
