namespace XCoder.Agents.Export;

/// <summary>Reasons for people.</summary>
public static class DropText
{
    /// <summary>A reason in words.</summary>
    public static string Of(DropReason reason) => reason switch
    {
        DropReason.Verdict => "verdict not asked for",
        DropReason.Dataset => "data set not asked for",
        DropReason.Task => "task not asked for",
        DropReason.Status => "verification not asked for",
        DropReason.Language => "language not asked for",
        DropReason.Repository => "repository not asked for",
        DropReason.LicenceUnknown => "licence unknown",
        DropReason.LicenceNotAllowed => "licence not allowed",
        DropReason.Total => "total too low or missing",
        DropReason.Contaminated => "holds part of a benchmark",
        DropReason.Duplicate => "duplicate of an exported row",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, null),
    };

    /// <summary>A reason as scripts read it, for example <c>licence-unknown</c>.</summary>
    public static string NameOf(DropReason reason) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(reason.ToString());
}
