namespace XCoder.Agents.Redaction;

/// <summary>Searches for one sort of sensitive text around one of its keywords. Stateless.</summary>
internal interface IFinder
{
    /// <summary>Adds the findings at a keyword. The work per keyword is bounded, whatever the text is.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="at">Index where the keyword begins.</param>
    /// <param name="found">Receives the findings; they may overlap.</param>
    void Find(string text, int at, List<Finding> found);
}

/// <summary>A range of text that must be redacted.</summary>
/// <param name="Start">Index of the first character.</param>
/// <param name="End">Index after the last character.</param>
/// <param name="Kind">The kind of secret or personal data.</param>
/// <param name="Rank">Priority among overlapping findings: the lower rank wins.</param>
internal readonly record struct Finding(int Start, int End, SensitiveKind Kind, int Rank)
{
    public const int KeyBlock = 0, Token = 1, Named = 2, Address = 3, Guess = 4;

    /// <summary>Sorts the findings and drops those that overlap a finding of lower rank or an earlier one of the same rank.</summary>
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

/// <summary>A kind of secret or personal data.</summary>
/// <param name="Id">Id under which redactions are counted, such as <c>aws-access-key</c>.</param>
/// <param name="Placeholder">Word of the placeholder: <c>AWS_ACCESS_KEY</c> becomes <c>&lt;AWS_ACCESS_KEY&gt;</c>.</param>
internal sealed record SensitiveKind(string Id, string Placeholder)
{
    public static readonly SensitiveKind Email = new("email", "EMAIL");
    public static readonly SensitiveKind Address4 = new("ip-address", "IP_ADDRESS");
    public static readonly SensitiveKind Address6 = new("ip-address", "IPV6_ADDRESS");
    public static readonly SensitiveKind HardwareAddress = new("mac-address", "MAC_ADDRESS");
    public static readonly SensitiveKind PrivateKey = new("private-key", "PRIVATE_KEY");
    public static readonly SensitiveKind Password = new("password", "PASSWORD");
    public static readonly SensitiveKind Secret = new("secret", "SECRET");
    public static readonly SensitiveKind User = new("user-name", "USER");
    public static readonly SensitiveKind UrlPassword = new("url-password", "PASSWORD");
}
