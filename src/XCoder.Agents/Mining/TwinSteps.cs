namespace XCoder.Agents.Mining;

/// <summary>
/// Compares what two functions say step by step. A call left out, a field more, another condition or another order is a few
/// words; so two functions that are more than a word or two apart are not taken for translations (measured, see RESULTS.md).
/// </summary>
internal static class StepComparison
{
    private const int Most = 2;
    private const int OneIn = 5;
    private const int Least = 3;

    /// <summary>Whether no more than two steps, nor one in five, are said by one function only or in another order.</summary>
    /// <param name="a">Hashes of the steps of one function, in order.</param>
    /// <param name="b">Those of the other.</param>
    public static bool Agree(uint[] a, uint[] b) =>
        Math.Min(a.Length, b.Length) >= Least && Math.Min(Most, (a.Length + b.Length) / OneIn) is var most && Apart(a, b, most) <= most;

    /// <summary>Steps that are not in the longest common subsequence, those of both counted; <paramref name="most"/> + 1 where there are more.</summary>
    /// <remarks>E. W. Myers, An O(ND) difference algorithm and its variations, Algorithmica 1, 1986.</remarks>
    internal static int Apart(uint[] a, uint[] b, int most)
    {
        var reach = new int[(2 * most) + 3];
        for (var apart = 0; apart <= most; apart++)
        {
            for (var diagonal = -apart; diagonal <= apart; diagonal += 2)
            {
                var (above, below) = (reach[most + diagonal], reach[most + diagonal + 2]);
                var x = diagonal == -apart || (diagonal != apart && above < below) ? below : above + 1;
                while (x < a.Length && x - diagonal < b.Length && a[x] == b[x - diagonal])
                {
                    x++;
                }

                reach[most + diagonal + 1] = x;
                if (x >= a.Length && x - diagonal >= b.Length)
                {
                    return apart;
                }
            }
        }

        return most + 1;
    }
}
