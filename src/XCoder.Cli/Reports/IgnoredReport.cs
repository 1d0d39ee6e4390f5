using Spectre.Console;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>Renders what reports leave out for a terminal.</summary>
internal static class IgnoredReport
{
    /// <summary>Writes each group with the reason of each member that is left out.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<IgnoredGroup> ignored)
    {
        foreach (var group in ignored)
        {
            console.Paragraph($"{group.Group.Kind.Name()}: {NumberText.Count(group.Group.Members.Count)} x {group.Group.Kept().Name}"
                + $"{(group.IsWhole ? "" : ", in part")} [{group.Group.Group}]");
            foreach (var (member, reason) in group.Group.Members.Zip(group.Reasons))
            {
                console.Line(("  ", null), (SafeText.ForTerminal(SnippetPlace.Of(member)), null),
                    ($"  {(reason is null ? "reported" : SafeText.ForTerminal($"{reason.Place}: {reason.Text}"))}", ReportConsole.Dim));
            }

            console.Line();
        }

        console.Paragraph(ignored.Count == 0 ? "Nothing is left out." : $"{NumberText.Count(ignored.Count(static group => group.IsWhole),
            "group")} left out, {NumberText.Count(ignored.Count(static group => !group.IsWhole))} in part");
    }

    /// <summary>Writes everything that leaves something out, with how many groups it does.</summary>
    /// <param name="console">Receives the table.</param>
    /// <param name="list">What says so: source, place, reason, number of groups.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<(IgnoreReason Reason, int Groups)> list)
    {
        var table = new ReportTable(new ReportColumn("By", 9, MinWidth: 10), new ReportColumn("Reason", 8, MinWidth: 16),
            new ReportColumn("Groups", 10, IsNumber: true));
        foreach (var (reason, groups) in list)
        {
            table.Add(reason.Place, reason.Text, NumberText.Count(groups));
        }

        table.Write(console);
        console.Paragraph(list.Count == 0 ? "Nothing is ignored: no comment, rule or entry says so."
            : NumberText.Count(list.Count, "comment, rule or entry", "comments, rules and entries")
                + (list.Count(static item => item.Groups == 0) is > 0 and var idle ? $"; {NumberText.Count(idle)} of no effect now" : ""));
    }
}
