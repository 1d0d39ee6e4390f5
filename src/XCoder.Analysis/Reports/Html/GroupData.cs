using System.Text;
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
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _indexes = [];

    /// <summary>The JSON, safe inside a <c>script</c> element.</summary>
    internal string Render()
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonLines.Options(indented: false)))
        {
            json.WriteStartObject();
            json.WriteStartArray("groups");
            foreach (var group in selection.Groups)
            {
                Write(json, group);
            }

            json.WriteEndArray();
            WriteTexts(json, "texts", _texts);
            WriteTexts(json, "codes", selection.Codes);
            json.WriteEndObject();
        }

        // In JSON "<" stands only within strings; without it neither "</script" nor "<!--" can end the element.
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length).Replace("<", "\\u003C", StringComparison.Ordinal);
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, List<string> texts)
    {
        json.WriteStartArray(name);
        texts.ForEach(json.WriteStringValue);
        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, DuplicateGroup group)
    {
        json.WriteStartArray();
        json.WriteStringValue(group.Group);
        json.WriteNumberValue(Text(group.Kind.Name()));
        json.WriteNumberValue(Text(group.Measure));
        json.WriteNumberValue(Math.Round(group.Similarity, 4));
        json.WriteNumberValue(group.RepeatedTokens());
        json.WriteNumberValue(group.Members.Count);
        json.WriteNumberValue(group.CrossLanguage ? 1 : 0);
        json.WriteNumberValue(Text(group.Reason));
        json.WriteStartArray();
        foreach (var member in GroupSelection.Members(group, options.MaxMembers))
        {
            json.WriteNumberValue(Text(member.Repository));
            json.WriteNumberValue(Text(member.Path));
            json.WriteNumberValue(Text(member.Language));
            json.WriteNumberValue(Text(member.Name));
            json.WriteNumberValue(member.Span.StartLine);
            json.WriteNumberValue(member.Span.EndLine);
            json.WriteNumberValue(member.Tokens);
            json.WriteNumberValue(selection.CodeOf(member));
        }

        json.WriteEndArray();
        json.WriteEndArray();
    }

    private int Text(string text)
    {
        if (!_indexes.TryGetValue(text, out var index))
        {
            index = _indexes[text] = _texts.Count;
            _texts.Add(SafeText.ForTerminal(text));
        }

        return index;
    }
}
