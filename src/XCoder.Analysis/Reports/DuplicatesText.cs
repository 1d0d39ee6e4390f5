using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>Renders duplicate groups for a terminal.</summary>
public static class DuplicatesText
{
    /// <summary>Writes each group that stands in no other with its members, the representative first; then how many were left out.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<DuplicateGroup> groups, TextOptions options, SemanticBasis? basis = null)
    {
        options.Validate();
        foreach (var group in groups.Outermost())
        {
            WriteGroup(writer, group, options);
            writer.WriteLine();
        }

        var shown = groups.Outermost().Count();
        var nested = groups.Count - shown;
        var rest = nested > 0 ? $"; {Amounts.Count(nested, "group")} inside these not listed" : "";
        if (basis is not null)
        {
            TextLines.Write(writer, ThresholdText.Of(basis), options);
        }

        TextLines.Write(writer, groups.Count == 0 ? "No duplicates." : Amounts.Count(shown, "duplicate group") + rest, options);
    }

    private static void WriteGroup(TextWriter writer, DuplicateGroup group, TextOptions options)
    {
        var kept = group.Kept();
        var languages = string.Join(", ", group.Languages());
        var measure = group.Measure == "hash" ? "" : $", {group.Measure} {Amounts.Similarity(group.Similarity)}{(group.Margin is { } margin ? $", margin {Amounts.Similarity(margin)}" : "")}";
        TextLines.Write(
            writer,
            $"{group.Kind.Name()}{measure}: {Amounts.Count(group.Members.Count)} x {kept.Name}, {languages}, "
            + $"{Amounts.Count(group.RepeatedTokens())} tokens repeated [{group.Group}]",
            options);
        WriteMember(writer, kept, "keep", options);
        foreach (var member in group.Members.Where(member => member.Id != kept.Id))
        {
            WriteMember(writer, member, "    ", options);
        }

        if (group.Reason.Length > 0)
        {
            TextLines.Write(writer, $"  kept because: {group.Reason}", options, "    ");
        }
    }

    // Whole, whatever the width: a place is there to be clicked or copied.
    private static void WriteMember(TextWriter writer, Snippet member, string mark, TextOptions options) =>
        writer.WriteLine($"  {TextStyle.Bold(mark, options)} {SafeText.ForTerminal(TextLines.Place(member))}-{member.Span.EndLine}  {TextStyle.Dim(SafeText.ForTerminal(member.QualifiedName), options)}");
}
