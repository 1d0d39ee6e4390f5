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

/// <summary>The groups that come onto the page, most repeated tokens first, and the code that comes with them.</summary>
internal sealed class GroupSelection
{
    private readonly Dictionary<string, int> _codeBySnippet = [];

    private GroupSelection(IReadOnlyList<DuplicateGroup> groups, int left)
    {
        Groups = groups;
        LeftOut = left;
    }

    /// <summary>Groups on the page.</summary>
    internal IReadOnlyList<DuplicateGroup> Groups { get; }

    /// <summary>Groups that stand in no other and did not come onto the page.</summary>
    internal int LeftOut { get; }

    /// <summary>Groups whose code is on the page: the first of <see cref="Groups"/>.</summary>
    internal int WithCode { get; private set; }

    /// <summary>Distinct texts, safe to show.</summary>
    internal List<string> Codes { get; } = [];

    internal static GroupSelection Of(AnalysisReport report, Func<string, string?> code, HtmlReportOptions options)
    {
        if (!options.Duplicates)
        {
            return new GroupSelection([], 0);
        }

        var outermost = report.Groups.Outermost()
            .OrderByDescending(group => group.RepeatedTokens())
            .ThenBy(group => group.Group, StringComparer.Ordinal)
            .ToArray();
        var groups = outermost.Take(options.MaxGroups).ToArray();
        var selection = new GroupSelection(groups, outermost.Length - groups.Length);
        selection.AddCode(code, options);
        return selection;
    }

    /// <summary>Members that come onto the page, the representative first.</summary>
    internal static IEnumerable<Snippet> Members(DuplicateGroup group, int limit)
    {
        var kept = group.Kept();
        return group.Members.Where(member => member.Id != kept.Id).Prepend(kept).Take(limit);
    }

    /// <summary>Index into <see cref="Codes"/>, or -1.</summary>
    internal int CodeOf(Snippet snippet) => _codeBySnippet.GetValueOrDefault(snippet.Id, -1);

    private void AddCode(Func<string, string?> code, HtmlReportOptions options)
    {
        var byText = new Dictionary<string, int>();
        var characters = 0;
        foreach (var group in Groups.Take(options.MaxCodeGroups).TakeWhile(_ => characters < options.MaxCodeCharacters))
        {
            foreach (var member in Members(group, options.MaxCodeMembers))
            {
                if (_codeBySnippet.ContainsKey(member.Id) || code(member.Id) is not { } whole)
                {
                    continue;
                }

                var text = PageCode.Shorten(whole, options.MaxCodeLines);
                if (!byText.TryGetValue(text, out var index))
                {
                    index = byText[text] = Codes.Count;
                    Codes.Add(text);
                    characters += text.Length;
                }

                _codeBySnippet[member.Id] = index;
            }

            WithCode++;
        }
    }
}
