using System.Text.Json;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>Writes a duplicate group as JSON. Fields keep their names and meaning; new ones may be added.</summary>
public static class DuplicateGroupJson
{
    /// <summary>Writes one object; a semantic group with what it rests on.</summary>
    public static void Write(Utf8JsonWriter json, DuplicateGroup group, SemanticBasis? basis)
    {
        json.WriteStartObject();
        json.WriteString("group", group.Group);
        json.WriteString("kind", group.Kind.Name());
        json.WriteString("measure", group.Measure);
        json.WriteNumber("similarity", group.Similarity);
        if (group.Margin is { } margin)
        {
            json.WriteNumber("margin", Math.Round(margin, 4));
        }

        if (DuplicateRule.Of(group.Kind).NeedsVectors && basis is not null)
        {
            WriteBasis(json, group, basis);
        }

        json.WriteBoolean("crossLanguage", group.CrossLanguage);
        json.WriteString("section", SectionRule.Of(group.Section()).Name);
        json.WriteString("representative", group.Representative);
        json.WriteString("reason", group.Reason);
        if (group.Within is not null)
        {
            json.WriteString("within", group.Within);
        }

        if (group.Change is { } change)
        {
            json.WriteString("change", change.IsNewGroup ? "new" : "grown");
            json.WriteNumber("membersBefore", change.Before);
        }

        json.WriteStartArray("members");
        foreach (var member in group.Members)
        {
            WriteMember(json, member, group.Change);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes what the semantic groups of a report rest on, as fields of the current object.</summary>
    internal static void WriteBasis(Utf8JsonWriter json, SemanticBasis basis)
    {
        WriteBasis(json, basis.Threshold, basis, basis.Precision);
        json.WriteStartObject("unrelated");
        json.WriteNumber("threshold", Math.Round(basis.UnrelatedThreshold, 4));
        WritePrecision(json, basis.UnrelatedPrecision);
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes what one group rests on: its threshold, and the precision to expect where the group spans languages, since that of groups
    /// within one language is unknown.
    /// </summary>
    internal static void WriteBasis(Utf8JsonWriter json, DuplicateGroup group, SemanticBasis basis) =>
        WriteBasis(json, group.IsUnrelated ? basis.UnrelatedThreshold : basis.Threshold, basis,
            !group.CrossLanguage ? null : group.IsUnrelated ? basis.UnrelatedPrecision : basis.Precision);

    private static void WriteBasis(Utf8JsonWriter json, double threshold, SemanticBasis basis, Estimate? precision)
    {
        json.WriteNumber("threshold", Math.Round(threshold, 4));
        json.WriteString("thresholdSource", basis.Source);
        json.WriteString("model", basis.Model);
        WritePrecision(json, precision);
    }

    private static void WritePrecision(Utf8JsonWriter json, Estimate? precision)
    {
        if (precision is not null)
        {
            json.WriteNumber("expectedPrecision", Math.Round(precision.Value, 4));
        }
    }

    private static void WriteMember(Utf8JsonWriter json, Snippet member, GroupChange? change)
    {
        json.WriteStartObject();
        if (member.IsFile)
        {
            json.WriteString("repository", member.Repository);
            json.WriteString("path", member.Path);
            json.WriteString("language", member.Language);
            json.WriteNumber("startLine", member.Span.StartLine);
        }
        else
        {
            SnippetJson.WriteBrief(json, member);
        }

        json.WriteNumber("endLine", member.Span.EndLine);
        json.WriteNumber("tokens", member.Tokens);
        json.WriteBoolean("isTest", member.IsTest);
        if (change is not null)
        {
            json.WriteBoolean("isNew", change.NewMembers.Contains(member.Id));
        }

        json.WriteEndObject();
    }
}
