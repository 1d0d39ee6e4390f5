using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Differential;

namespace XCoder.Agents.Verification;

/// <summary>
/// Asks the last gate of the list about translations, mined ones too. It is a step of its own because what the other gates found is
/// stored first: a comparison that ends the program takes nothing back, and one that lacked a tool is repeated alone.
/// </summary>
/// <param name="gate">The gate.</param>
/// <param name="threads">Rows at a time.</param>
/// <param name="again">Whether rows that were compared before are compared again.</param>
/// <param name="journal">Where rows are noted while they are tried; null: nowhere.</param>
internal sealed class TranslationStep(TranslationGate gate, int threads, bool again, RowJournal? journal = null) : IRowStep
{
    private readonly SortedDictionary<(string Source, string Target), int[]> _counts = [];
    private readonly SortedDictionary<string, int> _unknown = new(StringComparer.Ordinal);
    private int _compared, _before;

    /// <inheritdoc/>
    public int Concurrency => threads;

    /// <summary>What it came to so far.</summary>
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

        // What another gate refused is refused.
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

/// <summary>Translations from one language into another.</summary>
/// <param name="Source">Language id of the source.</param>
/// <param name="Target">Language id of the response.</param>
/// <param name="Agree">Rows whose source and response gave the same.</param>
/// <param name="Differ">Rows whose source and response did not.</param>
/// <param name="Unknown">Rows of which nothing can be said.</param>
public sealed record TranslationCount(string Source, string Target, int Agree, int Differ, int Unknown);

/// <summary>What comparing translations with their sources came to.</summary>
/// <param name="Compared">Rows that were compared now.</param>
/// <param name="Before">Rows that had been compared before.</param>
/// <param name="Pairs">Rows now by languages.</param>
/// <param name="Unknown">Rows of which nothing could be said, by reason.</param>
public sealed record TranslationSummary(int Compared, int Before, IReadOnlyList<TranslationCount> Pairs,
    IReadOnlyDictionary<string, int> Unknown);
