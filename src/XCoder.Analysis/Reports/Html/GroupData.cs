using System.Text.Json;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports.Html;

/// <summary>
/// The groups as JSON for the page's script. Texts are numbered, because paths and names repeat:
/// <c>{texts, codes, groups: [[id, kind, measure, similarity, repeated, members, crossLanguage, reason, shown]]}</c>,
/// and <c>shown</c> repeats <c>repository, path, language, name, startLine, endLine, tokens, code</c>, the
/// representative first.
/// </summary>
internal sealed class GroupData(GroupSelection selection, HtmlReportOptions options)
{
    private readonly PageTexts _texts = new();

    /// <summary>The JSON, safe inside a <c>script</c> element.</summary>
    internal string Render() => PageData.Render(json =>
    {
        json.WriteStartArray("groups");
        foreach (var group in selection.Groups)
        {
            Write(json, group);
        }

        json.WriteEndArray();
        _texts.Write(json, "texts");
        PageTexts.Write(json, "codes", selection.Codes);
    });

    private void Write(Utf8JsonWriter json, DuplicateGroup group)
    {
        json.WriteStartArray();
        json.WriteStringValue(group.Group);
        json.WriteNumberValue(_texts[group.Kind.Name()]);
        json.WriteNumberValue(_texts[group.Measure]);
        json.WriteNumberValue(Math.Round(group.Similarity, 4));
        json.WriteNumberValue(group.RepeatedTokens());
        json.WriteNumberValue(group.Members.Count);
        json.WriteNumberValue(group.CrossLanguage ? 1 : 0);
        json.WriteNumberValue(_texts[group.Reason]);
        json.WriteStartArray();
        foreach (var member in GroupSelection.Members(group, options.MaxMembers))
        {
            json.WriteNumberValue(_texts[member.Repository]);
            json.WriteNumberValue(_texts[member.Path]);
            json.WriteNumberValue(_texts[member.Language]);
            json.WriteNumberValue(_texts[member.Name]);
            json.WriteNumberValue(member.Span.StartLine);
            json.WriteNumberValue(member.Span.EndLine);
            json.WriteNumberValue(member.Tokens);
            json.WriteNumberValue(selection.CodeOf(member));
        }

        json.WriteEndArray();
        json.WriteEndArray();
    }
}
