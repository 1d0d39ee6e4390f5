namespace XCoder.Agents.Redaction;

/// <summary>A stretch of text that must not leave.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="End">Behind its last.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Rank">Which of two that overlap is meant: the lower.</param>
internal readonly record struct Finding(int Start, int End, SensitiveKind Kind, int Rank)
{
    public const int KeyBlock = 0, Token = 1, Named = 2, Address = 3, Guess = 4;

    /// <summary>The findings in order, without those that overlap better ones.</summary>
    public static List<Finding> Disjoint(List<Finding> findings)
    {
        findings.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        var kept = new List<Finding>(findings.Count);
        foreach (var finding in findings)
        {
            if (kept.Count == 0 || kept[^1].End <= finding.Start)
            {
                kept.Add(finding);
            }
            else if (finding.Rank < kept[^1].Rank)
            {
                kept[^1] = finding;
            }
        }

        return kept;
    }
}
