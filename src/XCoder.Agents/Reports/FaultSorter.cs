using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Reports;

/// <summary>Sorts failures of rows into kinds, by the table <c>faults.json</c>: by the gate that failed and by what was said there. Not for concurrent use.</summary>
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
            return (failed.Find(evidence => evidence.Gate == GateNames.Language) ?? failed.LastOrDefault()) is { } evidence ? KindOf(Fault.Of(evidence)) : null;
        }

        return row.Critique.Verdict == Verdict.Accept ? null
            : row.Critique.Faults.Select(fault => KindOf(new Fault(Critique, null, null, fault))).FirstOrDefault(kind => kind is not null);
    }

    /// <summary>Id of the kind of a failure; null where nothing in the table fits.</summary>
    public string? KindOf(Fault fault) => Best(_table.Rules, fault) ?? _table.Otherwise.FirstOrDefault(rule => rule.Place(fault) is not null)?.Kind;

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
        [property: JsonRequired] IReadOnlyList<FaultKind> Kinds, [property: JsonRequired] IReadOnlyList<FaultRule> Rules, [property: JsonRequired] IReadOnlyList<FaultRule> Otherwise);
}
