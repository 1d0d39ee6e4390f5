using System.Text.Json;
using System.Text.RegularExpressions;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;

namespace XCoder.Agents.Generation;

/// <summary>
/// Compiles drafts and runs their tests in the sandbox while rows are written. Results are recorded as replies are, so that a run that is
/// continued asks what an undisturbed one would. Thread-safe.
/// </summary>
/// <param name="verifier">The gates; they take the author's tests alone.</param>
/// <param name="records">Where results are recorded; null records nothing.</param>
/// <param name="run">Number of the run, or null.</param>
/// <param name="threads">Drafts that run at the same time.</param>
internal sealed partial class DraftRunner(Verifier verifier, ReplyStore? records, long? run, int threads) : IDisposable
{
    private const int MostEvidence = 2000;

    private readonly SemaphoreSlim _free = new(Math.Max(1, threads));

    /// <summary>Compiles a draft and runs its tests; null where this machine cannot tell.</summary>
    /// <param name="language">Language id of the code.</param>
    /// <param name="repositories">Repositories that the draft derives from.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="journal">
    /// Records which draft is being read: if that ends the process, the resumed run cannot tell of this one. Null records nothing.
    /// </param>
    /// <param name="cancellation">Ends the programs.</param>
    public async Task<DraftTrial?> TryAsync(string language, IReadOnlyList<string> repositories, Draft draft, RowJournal? journal,
        CancellationToken cancellation)
    {
        var key = RowId.Hash(StoredReply.Trial, language, draft.Code, draft.Tests ?? "", draft.Instruction);
        if (records?.Find(key, repositories, out _) is { } known)
        {
            return JsonSerializer.Deserialize<DraftTrial?>(known.Text);
        }

        if (journal?.HasEndedARun(key) == true)
        {
            return null;
        }

        await _free.WaitAsync(cancellation);
        try
        {
            var item = new GateCase(language, draft.Code, new TestSets(draft.Tests), draft.Instruction, null, cancellation);
            var verdict = await Task.Run(
                () => journal is null ? verifier.Try(item) : journal.Try(key, () => verifier.Try(item)), cancellation);
            if (verdict.Lacks is not null)
            {
                return null;
            }

            var trial = Of(verdict);
            if (records is not null)
            {
                await records.AddAsync(new StoredReply { Key = key, Role = StoredReply.Trial, Text = JsonSerializer.Serialize(trial) },
                    repositories, run);
            }

            return trial;
        }
        finally
        {
            _free.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _free.Dispose();
        verifier.Dispose();
    }

    private static DraftTrial? Of(CodeVerdict verdict)
    {
        var tests = verdict.Gates.FirstOrDefault(gate => gate.Gate == TestSets.OwnGate);
        return verdict.Status == RowStatus.Failed
            ? Trial(tests?.Outcome == GateOutcome.Failed ? TrialResult.Failed : TrialResult.Refused, verdict.Failure!)
            : tests is null ? null
            : tests.Outcome == GateOutcome.Passed ? new DraftTrial(TrialResult.Passed, "It compiles, and the tests pass.")
            : tests.Reason is GateReason.NotBuilt or GateReason.NotRunnable or GateReason.SaysNothing
                ? Trial(TrialResult.Unusable, tests)
            : null;
    }

    private static DraftTrial Trial(TrialResult result, GateResult gate)
    {
        var evidence = gate.ToEvidence();
        var text = Secrets().Replace($"{evidence.Detail} {evidence.Output}".Trim(), "");
        return new DraftTrial(result, text.Length <= MostEvidence ? text : text[..MostEvidence] + "…");
    }

    // The words by which the sandbox sees that tests have ended.
    [GeneratedRegex(@"passed-[0-9A-F]{20,}")]
    private static partial Regex Secrets();
}
