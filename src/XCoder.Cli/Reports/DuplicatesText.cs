using Spectre.Console;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Reports;

/// <summary>Renders duplicate groups for a terminal.</summary>
internal static class DuplicatesText
{
    /// <summary>
    /// Writes each group that is not inside another, with its members, the representative first; then the number of groups left out.
    /// </summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<DuplicateGroup> groups, SemanticBasis? basis = null)
    {
        foreach (var group in groups.Outermost())
        {
            WriteGroup(console, group);
            console.Line();
        }

        var shown = groups.Outermost().Count();
        var nested = groups.Count - shown;
        var rest = nested > 0 ? $"; {NumberText.Count(nested, "group")} inside these not listed" : "";
        if (basis is not null)
        {
            console.Paragraph(ThresholdText.Of(basis));
        }

        console.Paragraph(groups.Count == 0 ? "No duplicates." : NumberText.Count(shown, "duplicate group") + rest);
    }

    private static void WriteGroup(IAnsiConsole console, DuplicateGroup group)
    {
        var kept = group.Kept();
        var languages = string.Join(", ", group.Languages());
        var margin = group.Margin is { } value ? $", margin {NumberText.Similarity(value)}" : "";
        var measure = group.Measure == "hash" ? "" : $", {group.Measure} {NumberText.Similarity(group.Similarity)}{margin}";
        console.Paragraph($"{group.Kind.Name()}{measure}: {NumberText.Count(group.Members.Count)} x {kept.Name}, {languages}, "
            + $"{NumberText.Count(group.RepeatedTokens())} tokens repeated [{group.Group}]");
        WriteMember(console, kept, "keep");
        foreach (var member in group.Members.Where(member => member.Id != kept.Id))
        {
            WriteMember(console, member, "    ");
        }

        if (group.Reason.Length > 0)
        {
            console.Paragraph($"  kept because: {group.Reason}", "    ");
        }
    }

    // Never shortens the location, even beyond the terminal's width, so that it can be clicked or copied.
    private static void WriteMember(IAnsiConsole console, Snippet member, string mark) =>
        console.Line(("  ", null), (mark, ReportConsole.Bold),
            ($" {SafeText.ForTerminal(SnippetPlace.Of(member))}-{member.Span.EndLine}  ", null),
            (SafeText.ForTerminal(member.QualifiedName), ReportConsole.Dim));
}
