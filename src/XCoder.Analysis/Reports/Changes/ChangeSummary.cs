using XCoder.Analysis.Changes;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Reports.Changes;

/// <summary>What every format for people says about a change, in the same words.</summary>
public static class ChangeSummary
{
    private const int MostUnread = 5;

    /// <summary>A heading: <c>2 new duplicates</c>, <c>1 twin not changed, in tests</c>.</summary>
    public static string Title(ChangeKind kind, bool isTest, int count) => (kind switch
    {
        ChangeKind.New => NumberText.Count(count, "new duplicate"),
        ChangeKind.Grown => NumberText.Count(count, "more copy", "more copies") + " of known duplicates",
        ChangeKind.Closer => NumberText.Count(count, "copy", "copies") + " became equal",
        ChangeKind.Twin => NumberText.Count(count, "twin") + " not changed",
        ChangeKind.Parallel => NumberText.Count(count, "parallel implementation"),
        _ => NumberText.Count(count, "gap") + " closed",
    }) + (isTest ? ", in tests" : "");

    /// <summary>All headings in one line, or that nothing was found.</summary>
    public static string Headline(ChangeReport report) => report.Files.Count == 0 ? "No source file changed"
        : report.Findings.Count == 0 ? "No finding"
        : string.Join("; ", report.Findings.GroupBy(static finding => (finding.IsTest, finding.Kind))
            .Select(static section => Title(section.Key.Kind, section.Key.IsTest, section.Count())));

    /// <summary>What was compared, how much of it is duplicated, and whether the check fails. Not yet safe for a terminal.</summary>
    public static IEnumerable<string> Lines(ChangeReport report)
    {
        var with = report.IsMergeBase ? $"{report.Base[..10]}, where this and {report.Revision} part"
            : $"{report.Revision} ({report.Base[..10]})";
        if (report.Files.Count == 0)
        {
            yield return $"No source file of {report.Repository.Name} changed since {with}.";
        }
        else
        {
            yield return $"{NumberText.Count(report.Files.Count, "source file")} of {report.Repository.Name} changed since {with}"
                + (report.Findings.Count == 0 ? "; nothing was found." : ".");
            yield return report.ChangedTokens == 0 ? "No function or structure outside tests is new or edited."
                : $"New duplicates are {NumberText.Count(report.DuplicatedTokens)} of {NumberText.Count(report.ChangedTokens, "token")} "
                    + $"of new and edited functions outside tests, {NumberText.Share(report.DuplicatedShare)}.";
        }

        if (report.Basis is { } basis)
        {
            yield return ThresholdText.Of(basis);
        }

        foreach (var left in (string?[])[Unread(report), Ignored(report)])
        {
            if (left is not null)
            {
                yield return left;
            }
        }

        if (report.Gate is { } gate)
        {
            yield return $"--fail-on {gate.Name}: {(report.Fails ? "failed" : "passed")}";
        }
    }

    /// <summary>How much source code of the change was not read, and why; null for none.</summary>
    public static string? Unread(ChangeReport report) => report.Unread.Count == 0 ? null
        : $"Not read: {NumberText.Count(report.Unread.Sum(static unread => unread.Files), "file")} of the change ("
            + string.Join(", ", report.Unread.GroupBy(static unread => unread.Reason).OrderBy(static group => group.Key)
                .Select(static group => $"{NumberText.Count(group.Sum(static unread => unread.Files))} {group.Key.Name()}"))
            + $"): {string.Join(", ", report.Unread.Take(MostUnread).Select(static unread => unread.Path))}"
            + (report.Unread.Count > MostUnread ? ", …" : "") + ". No finding and no gate counts what is in them.";

    /// <summary>What is left out, how much of it the gate would count, and by what; null for nothing.</summary>
    public static string? Ignored(ChangeReport report)
    {
        var counted = report.Gate is { } gate ? report.Ignored.Count(ignored => gate.Counts(ignored.Finding)) : 0;
        return report.Ignored.Count == 0 ? null : IgnoredText.Of([.. report.Ignored.Select(static ignored => ignored.Reason)], "finding",
            counted > 0 ? $", {NumberText.Count(counted)} of which the gate would count" : "");
    }
}
