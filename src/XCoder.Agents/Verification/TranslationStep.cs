using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Differential;

namespace XCoder.Agents.Verification;

/// <summary>
/// Runs the differential gate on translations, mined ones included. This is a step of its own because the other gates' findings are stored
/// first: a comparison that ends the program loses nothing, and one that lacked a tool is repeated alone.
/// </summary>
/// <param name="gate">The differential gate.</param>
/// <param name="threads">Number of rows at a time.</param>
/// <param name="again">Whether to compare rows again that were compared before.</param>
/// <param name="journal">Records rows while they are compared; null records nothing.</param>
internal sealed class TranslationStep(TranslationGate gate, int threads, bool again, RowJournal? journal = null) : IRowStep
{
    private readonly SortedDictionary<(string Source, string Target), int[]> _counts = [];
    private readonly SortedDictionary<string, int> _unknown = new(StringComparer.Ordinal);
    private int _compared, _before;

    /// <inheritdoc/>
    public int Concurrency => threads;

    /// <summary>Counts so far.</summary>
    public TranslationSummary Summary => new(_compared, _before,
        [.. _counts.Select(
            count => new TranslationCount(count.Key.Source, count.Key.Target, count.Value[0], count.Value[1], count.Value[2]))],
            new SortedDictionary<string, int>(_unknown, StringComparer.Ordinal));

    /// <inheritdoc/>
    public bool Wants(InstructionRow row, CancellationToken cancellation)
    {
        if (!TranslationGate.IsFor(row))
        {
            return false;
        }

        // A row that another gate failed stays failed.
        var isDone = TranslationGate.IsDone(row);
        _before += isDone && !again ? 1 : 0;
        return isDone ? again : row.Verification.Status != RowStatus.Failed;
    }

    /// <inheritdoc/>
    public Task<StepResult> WorkAsync(InstructionRow row, CancellationToken cancellation)
    {
        var verdict = Judge(row, cancellation);
        var found = row with { Verification = TranslationGate.Join(row.Verification, verdict),
            Critique = TranslationGate.Join(row.Critique, verdict) };
        return Task.FromResult(new StepResult(verdict.IsLasting ? found : null, () => Count(row, verdict)));
    }

    private void Count(InstructionRow row, DifferentialVerdict verdict)
    {
        _compared++;
        var count = _counts.TryGetValue((row.SourceLanguage, row.TargetLanguage), out var known) ? known
            : _counts[(row.SourceLanguage, row.TargetLanguage)] = new int[3];
        count[verdict.Outcome switch { GateOutcome.Passed => 0, GateOutcome.Failed => 1, _ => 2 }]++;
        if (verdict.ReasonText is { } reason)
        {
            _unknown[reason] = _unknown.GetValueOrDefault(reason) + 1;
        }
    }

    private DifferentialVerdict Judge(InstructionRow row, CancellationToken cancellation) =>
        journal?.HasEndedARun(row.Id) == true
            ? new DifferentialVerdict(GateOutcome.Unknown, RowJournal.Reason, Reason: GateReason.ParserEnded)
            : journal is null ? gate.Judge(row, cancellation) : journal.Try(row.Id, () => gate.Judge(row, cancellation));
}

/// <summary>Counts of the translations from one language into another.</summary>
/// <param name="Source">Language id of the source.</param>
/// <param name="Target">Language id of the response.</param>
/// <param name="Agree">Rows whose source and response return the same values.</param>
/// <param name="Differ">Rows whose source and response return different values.</param>
/// <param name="Unknown">Rows for which the comparison decided nothing.</param>
public sealed record TranslationCount(string Source, string Target, int Agree, int Differ, int Unknown);

/// <summary>Counts of a comparison of translations with their sources.</summary>
/// <param name="Compared">Rows compared in this pass.</param>
/// <param name="Before">Rows compared in earlier passes.</param>
/// <param name="Pairs">Counts of this pass by pair of languages.</param>
/// <param name="Unknown">Rows for which the comparison decided nothing, by reason.</param>
public sealed record TranslationSummary(int Compared, int Before, IReadOnlyList<TranslationCount> Pairs,
    IReadOnlyDictionary<string, int> Unknown);
