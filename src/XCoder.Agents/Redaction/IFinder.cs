namespace XCoder.Agents.Redaction;

/// <summary>Looks for one sort of sensitive text around a place where one of its keywords stands. Stateless.</summary>
internal interface IFinder
{
    /// <summary>Adds what it finds. The work is bounded whatever the text is.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="at">Where the keyword begins.</param>
    /// <param name="found">Receives findings; they may overlap.</param>
    void Find(string text, int at, List<Finding> found);
}

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

/// <summary>A kind of secrets or personal data.</summary>
/// <param name="Id">Its id, under which it is counted: <c>aws-access-key</c>.</param>
/// <param name="Placeholder">Word of its placeholder: <c>AWS_ACCESS_KEY</c> becomes <c>&lt;AWS_ACCESS_KEY&gt;</c>.</param>
internal sealed record SensitiveKind(string Id, string Placeholder)
{
    public static readonly SensitiveKind Email = new("email", "EMAIL");
    public static readonly SensitiveKind Address4 = new("ip-address", "IP_ADDRESS");
    public static readonly SensitiveKind Address6 = new("ip-address", "IPV6_ADDRESS");
    public static readonly SensitiveKind HardwareAddress = new("mac-address", "MAC_ADDRESS");
    public static readonly SensitiveKind PrivateKey = new("private-key", "PRIVATE_KEY");
    public static readonly SensitiveKind Password = new("password", "PASSWORD");
    public static readonly SensitiveKind Secret = new("secret", "SECRET");
    public static readonly SensitiveKind UrlPassword = new("url-password", "PASSWORD");
}
