using System.Text.Json;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports.Html;

/// <summary>
/// Writes the groups as JSON for the page's script. Texts are stored once and referred to by index, because paths and
/// names repeat: <c>{sections, hidden, texts, codes, groups: [[id, kind, measure, similarity, repeated, members, crossLanguage, reason,
/// shown, change, section]]}</c>, where <c>sections</c> are titles, <c>hidden</c> holds the numbers of those that are not listed unless
/// asked for, <c>shown</c> repeats <c>repository, path, language, name, startLine, endLine, tokens, code,
/// isNew</c>, the representative first and new members next, and <c>change</c> says what changed since a baseline.
/// </summary>
internal sealed class GroupData(GroupSelection selection, IReadOnlyList<DuplicateSection> hidden, HtmlReportOptions options)
{
    private readonly PageTexts _texts = new();

    /// <summary>Returns the JSON, safe inside a <c>script</c> element.</summary>
    internal string Render() => PageData.Render(json =>
    {
        json.WriteStartArray("sections");
        foreach (var rule in SectionRule.All)
        {
            json.WriteStringValue(rule.Title);
        }

        json.WriteEndArray();
        json.WriteStartArray("hidden");
        foreach (var section in hidden)
        {
            json.WriteNumberValue((int)section);
        }

        json.WriteEndArray();
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
            json.WriteNumberValue(group.Change?.NewMembers.Contains(member.Id) == true ? 1 : 0);
        }

        json.WriteEndArray();
        json.WriteNumberValue(_texts[ChangeText.Of(group)]);
        json.WriteNumberValue((int)group.Section());
        json.WriteEndArray();
    }
}

/// <summary>The groups on the page, most repeated tokens first, those of hidden sections last, and their code.</summary>
internal sealed class GroupSelection
{
    private readonly Dictionary<string, int> _codeBySnippet = [];

    private GroupSelection(IReadOnlyList<DuplicateGroup> groups, int left)
    {
        Groups = groups;
        LeftOut = left;
    }

    /// <summary>Groups shown on the page.</summary>
    internal IReadOnlyList<DuplicateGroup> Groups { get; }

    /// <summary>Number of groups that are not on the page, although they do not lie within another group.</summary>
    internal int LeftOut { get; }

    /// <summary>Number of groups whose code is on the page, which are the first of <see cref="Groups"/>.</summary>
    internal int WithCode { get; private set; }

    /// <summary>Distinct code texts, safe to show.</summary>
    internal List<string> Codes { get; } = [];

    internal static GroupSelection Of(AnalysisReport report, Func<string, string?> code, HtmlReportOptions options)
    {
        if (!options.Duplicates)
        {
            return new GroupSelection([], 0);
        }

        var outermost = report.Groups.Outermost()
            .OrderBy(group => report.Hidden.Contains(group.Section()))
            .ThenByDescending(group => group.RepeatedTokens())
            .ThenBy(group => group.Group, StringComparer.Ordinal)
            .ToArray();
        var groups = outermost.Take(options.MaxGroups).ToArray();
        var selection = new GroupSelection(groups, outermost.Length - groups.Length);
        selection.AddCode(code, options);
        return selection;
    }

    /// <summary>Returns the members shown on the page, the representative first, then new ones.</summary>
    internal static IEnumerable<Snippet> Members(DuplicateGroup group, int limit)
    {
        var kept = group.Kept();
        return group.Members.Where(member => member.Id != kept.Id)
            .OrderBy(member => group.Change?.NewMembers.Contains(member.Id) != true).Prepend(kept).Take(limit);
    }

    /// <summary>Returns the index of a snippet's code in <see cref="Codes"/>, or -1.</summary>
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
