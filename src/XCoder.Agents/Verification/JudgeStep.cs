using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Verification;

/// <summary>Has answers compared by a chat model where neither could be run, or counts the rows where one could.</summary>
/// <param name="judge">The judge; null: there is none.</param>
/// <param name="concurrency">Rows at a time.</param>
internal sealed class JudgeStep(AnswerJudge? judge, int concurrency) : IRowStep
{
    private int _open, _judged, _preferences, _lost;
    private bool _isOutOfBudget;

    /// <inheritdoc/>
    public int Concurrency => concurrency;

    /// <summary>What it came to so far.</summary>
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
    /// <exception cref="EndpointException">The endpoint cannot be used any more.</exception>
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

/// <summary>What a judge came to.</summary>
/// <param name="Open">Rows whose answers only a judge could compare, and none was given.</param>
/// <param name="Rows">Rows that were to be judged.</param>
/// <param name="Preferences">Pairs of answers told apart.</param>
/// <param name="Lost">Rows without a usable answer.</param>
/// <param name="IsOutOfBudget">Whether the budget ended it.</param>
public sealed record JudgeSummary(int Open, int Rows, int Preferences, int Lost, bool IsOutOfBudget);
