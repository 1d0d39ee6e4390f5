using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>
/// Preference pairs as rows of their own (Ds4): the better answer is the response, the worse one the only candidate, what tells
/// them apart the only preference. They are read off the rows they come from and stored nowhere else, so that nothing is kept twice.
/// </summary>
internal static class PreferenceRows
{
    private const int Digits = 20;

    /// <summary>The pairs of a row, widest margin first.</summary>
    public static IEnumerable<InstructionRow> Of(InstructionRow row)
    {
        foreach (var preference in row.Preferences)
        {
            var (chosen, rejected) = (Answer(row, preference.Chosen), Answer(row, preference.Rejected));
            yield return row with
            {
                Id = RowId.Hash(row.Id, chosen.Response, rejected.Response)[..Digits],
                Dataset = RowKind.Preference.Dataset,
                Response = chosen.Response,
                Verification = chosen.Verification ?? row.Verification,
                Candidates = [rejected],
                Preferences = [preference with { Chosen = 0, Rejected = 1 }],
            };
        }
    }

    private static RowCandidate Answer(InstructionRow row, int number) => number == 0 ? new RowCandidate(row.Response, row.Verification) : row.Candidates[number - 1];
}
