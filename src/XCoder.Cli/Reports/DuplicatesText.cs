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
    /// Writes each group that is not inside another, with its members, the representative first, then those that are new since a
    /// baseline; then the number of groups left out.
    /// </summary>
    /// <param name="console">Receives the groups.</param>
    /// <param name="groups">The groups.</param>
    /// <param name="basis">Model and threshold of semantic groups, or null.</param>
    /// <param name="nothing">What to say if there is no group.</param>
    /// <param name="uncompared">Which code was not compared; empty for none.</param>
    /// <param name="ignored">What comments and settings leave out; empty for nothing.</param>
    public static void Write(IAnsiConsole console, IReadOnlyList<DuplicateGroup> groups, SemanticBasis? basis = null,
        string nothing = "No duplicates.", string uncompared = "", string ignored = "")
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

        console.Paragraph(groups.Count == 0 ? nothing : NumberText.Count(shown, "duplicate group") + rest);
        foreach (var line in new[] { uncompared, ignored }.Where(static line => line.Length > 0))
        {
            console.Paragraph(line);
        }
    }

    private static void WriteGroup(IAnsiConsole console, DuplicateGroup group)
    {
        var kept = group.Kept();
        var languages = string.Join(", ", group.Languages());
        var margin = group.Margin is { } value ? $", margin {NumberText.Similarity(value)}" : "";
        var measure = group.Measure == "hash" ? "" : $", {group.Measure} {NumberText.Similarity(group.Similarity)}{margin}";
        var change = group.Change is { } since ? $", {ChangeText.Of(group)}"
            + (since.IsNewGroup ? "" : $" than the {NumberText.Count(since.Before)} in the baseline") : "";
        console.Paragraph($"{group.Kind.Name()}{measure}{change}: {NumberText.Count(group.Members.Count)} x {kept.Name}, {languages}, "
            + $"{NumberText.Count(group.RepeatedTokens())} tokens repeated [{group.Group}]");
        WriteMember(console, kept, "keep");
        var added = group.Change?.NewMembers.ToHashSet() ?? [];
        foreach (var member in group.Members.Where(member => member.Id != kept.Id).OrderBy(member => !added.Contains(member.Id)))
        {
            WriteMember(console, member, added.Contains(member.Id) ? "new " : "    ");
        }

        if (group.Reason.Length > 0)
        {
            console.Paragraph($"  kept because: {group.Reason}", "    ");
        }
    }

    // Never shortens the location, even beyond the terminal's width, so that it can be clicked or copied.
    private static void WriteMember(IAnsiConsole console, Snippet member, string mark) =>
        console.Line(("  ", null), (mark, ReportConsole.Bold),
            ($" {SafeText.ForTerminal(SnippetPlace.Of(member))}-{member.Span.EndLine}", null),
            (member.IsFile ? "" : $"  {SafeText.ForTerminal(member.QualifiedName)}", ReportConsole.Dim));
}
