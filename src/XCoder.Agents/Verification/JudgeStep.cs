using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Verification;

/// <summary>Has a chat model compare the answers that could not be run, or counts the rows for which it could.</summary>
/// <param name="judge">The judge; null if there is no chat model.</param>
/// <param name="concurrency">Number of rows judged at the same time.</param>
internal sealed class JudgeStep(AnswerJudge? judge, int concurrency) : IRowStep
{
    private int _open, _judged, _preferences, _lost;
    private bool _isOutOfBudget;

    /// <inheritdoc/>
    public int Concurrency => concurrency;

    /// <summary>Counts so far.</summary>
    public JudgeSummary Summary =>
        judge is null ? new JudgeSummary(_open, 0, 0, 0, false) : new JudgeSummary(0, _judged, _preferences, _lost, _isOutOfBudget);

    /// <inheritdoc/>
    public bool Wants(InstructionRow row, CancellationToken cancellation)
    {
        if (!AnswerJudge.Wants(row))
        {
            return false;
        }

        _ = judge is null ? _open++ : _judged++;
        return judge is not null && !_isOutOfBudget;
    }

    /// <inheritdoc/>
    /// <exception cref="EndpointException">The endpoint is no longer usable.</exception>
    public async Task<StepResult> WorkAsync(InstructionRow row, CancellationToken cancellation)
    {
        if (_isOutOfBudget)
        {
            return new StepResult(null, () => { });
        }

        var (preferences, failure) = await judge!.JudgeAsync(row, cancellation).ConfigureAwait(false);
        return new StepResult(row with { Preferences = preferences }, () =>
        {
            _preferences += preferences.Count;
            _lost += failure is { Kind: not ChatFailureKind.Budget } ? 1 : 0;
            _isOutOfBudget |= failure?.Kind == ChatFailureKind.Budget;
        });
    }
}

/// <summary>Counts of a pass of the judge.</summary>
/// <param name="Open">Rows whose answers only a judge could compare, counted when there is no judge.</param>
/// <param name="Rows">Rows that needed a judgement.</param>
/// <param name="Preferences">Pairs of answers that the judge ordered.</param>
/// <param name="Lost">Rows for which the judge gave no usable answer.</param>
/// <param name="IsOutOfBudget">Whether the budget ended the judging.</param>
public sealed record JudgeSummary(int Open, int Rows, int Preferences, int Lost, bool IsOutOfBudget);
