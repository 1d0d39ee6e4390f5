using System.Text.Json;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports.Html;

/// <summary>
/// Writes the groups as JSON for the page's script. Texts are stored once and referred to by index, because paths and
/// names repeat: <c>{sections, hidden, texts, code, groups: [[id, kind, measure, similarity, repeated, members, crossLanguage, reason,
/// shown, change, section, production, repositories]]}</c>, where <c>sections</c> are names and titles, <c>hidden</c> holds the numbers of
/// those that are not listed unless asked for, <c>shown</c> repeats <c>repository, path, language, name, startLine, endLine, tokens, code,
/// flags</c> (1 new, 2 in tests), the representative first and new members next, <c>change</c> says what changed since a baseline,
/// <c>production</c> is the number of members outside tests, and <c>repositories</c> that of repositories.
/// </summary>
internal sealed class GroupData(GroupSelection selection, IReadOnlyList<DuplicateSection> hidden, HtmlReportOptions options)
{
    private const int New = 1, Test = 2;

    private readonly PageTexts _texts = new();

    /// <summary>Returns the JSON, safe inside a <c>script</c> element.</summary>
    internal string Render() => PageData.Render(json =>
    {
        json.WriteStartArray("sections");
        foreach (var rule in SectionRule.All)
        {
            json.WriteStartArray();
            json.WriteStringValue(rule.Name);
            json.WriteStringValue(rule.Title);
            json.WriteEndArray();
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
        selection.Code.Write(json, "code");
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
            json.WriteNumberValue((group.Change?.NewMembers.Contains(member.Id) == true ? New : 0) + (member.IsTest ? Test : 0));
        }

        json.WriteEndArray();
        json.WriteNumberValue(_texts[ChangeText.Of(group)]);
        json.WriteNumberValue((int)group.Section());
        json.WriteNumberValue(group.Members.Count(static member => !member.IsTest));
        json.WriteNumberValue(group.Members.Select(static member => member.Repository).Distinct().Count());
        json.WriteEndArray();
    }
}

/// <summary>The groups on the page, most repeated tokens first, those of hidden sections last, and their code.</summary>
internal sealed class GroupSelection
{
    private readonly Dictionary<string, int> _codeBySnippet = [];

    private GroupSelection(IReadOnlyList<DuplicateGroup> groups, int left, int maxCodeBytes) =>
        (Groups, LeftOut, Code) = (groups, left, new PackedCode(maxCodeBytes));

    /// <summary>Groups shown on the page.</summary>
    internal IReadOnlyList<DuplicateGroup> Groups { get; }

    /// <summary>Number of groups that are not on the page, although they do not lie within another group.</summary>
    internal int LeftOut { get; }

    /// <summary>Number of groups whose code is on the page, which are the first of <see cref="Groups"/>.</summary>
    internal int WithCode { get; private set; }

    /// <summary>Code of the members.</summary>
    internal PackedCode Code { get; }

    internal static GroupSelection Of(AnalysisReport report, Func<string, string?> code, HtmlReportOptions options)
    {
        if (!options.Duplicates)
        {
            return new GroupSelection([], 0, 0);
        }

        var outermost = report.Groups.Outermost()
            .OrderBy(group => report.Hidden.Contains(group.Section()))
            .ThenByDescending(group => group.RepeatedTokens())
            .ThenBy(group => group.Group, StringComparer.Ordinal)
            .ToArray();
        var groups = outermost.Take(options.MaxGroups).ToArray();
        var selection = new GroupSelection(groups, outermost.Length - groups.Length, options.MaxCodeBytes);
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

    /// <summary>Returns the number of a snippet's code in <see cref="Code"/>, or -1.</summary>
    internal int CodeOf(Snippet snippet) => _codeBySnippet.GetValueOrDefault(snippet.Id, -1);

    private void AddCode(Func<string, string?> code, HtmlReportOptions options)
    {
        foreach (var group in Groups.TakeWhile(_ => !Code.IsFull))
        {
            foreach (var member in Members(group, options.MaxMembers).Where(member => !_codeBySnippet.ContainsKey(member.Id)))
            {
                if (code(member.Id) is { } whole && Code.Add(PageCode.Shorten(whole, options.MaxCodeLines)) is var number and >= 0)
                {
                    _codeBySnippet[member.Id] = number;
                }
            }

            WithCode++;
        }
    }
}
