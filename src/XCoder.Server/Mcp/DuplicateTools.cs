using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Server.Index;

namespace XCoder.Server.Mcp;

/// <summary>Tools about duplicates.</summary>
internal static class DuplicateTools
{
    private const int MostDifferences = 40;
    private const int NearestShown = 3;

    // Members that are listed before what differs.
    private const int MostExplained = 10;

    /// <summary>The tool <c>duplicates_of</c>.</summary>
    public static string DuplicatesOf(ServedWorkspace served, ToolArguments arguments, CancellationToken cancellation)
    {
        using var store = served.Open();
        var (row, snippet) = SnippetPlaces.Find(store, arguments.Text("snippet")!);
        var state = served.Duplicates(cancellation);
        var groups = state.Of(snippet.Id).ToList();
        var answer = new Answer(arguments.Number("budget"));
        answer.Say(groups.Count == 0 ? None(snippet) : $"{NumberText.Count(groups.Count, "group")} of duplicates hold it: id of the group, "
            + "kind, similarity; then its members. explain_group says what differs.");
        Note(answer, state);
        answer.Add($"of {snippet.Id} {Answer.Place(snippet)}");
        foreach (var group in groups)
        {
            answer.Add(Title(group, IsIgnored(state, group.Group)));
            var others = group.Members.Where(member => member.Id != snippet.Id).ToList();
            Members(answer, group, others, others.Count);
        }

        if (groups.Count == 0)
        {
            foreach (var near in served.Search.BySnippet(store, row, new SearchFilter { Count = NearestShown }, cancellation))
            {
                answer.Add("nearest: ", near.Snippet, SearchTools.Number(near.Similarity));
            }
        }

        return answer.ToString();
    }

    /// <summary>The tool <c>explain_group</c>.</summary>
    public static string ExplainGroup(ServedWorkspace served, ToolArguments arguments, CancellationToken cancellation)
    {
        using var store = served.Open();
        var state = served.Duplicates(cancellation);
        var id = arguments.Text("group")!;
        var ignored = state.Ignored.FirstOrDefault(found => found.Group.Group == id);
        var group = state.Groups.FirstOrDefault(found => found.Group == id) ?? ignored?.Group ?? throw new ToolException(
            "The index has no such group of duplicates. duplicates_of and 'xcoder duplicates' name groups; an id changes with the code "
                + "of the members." + (state.HasSemantic ? ""
                    : " Groups by meaning are not known: run xcoder analyze or xcoder duplicates --kind semantic first."));
        var rule = DuplicateRule.Of(group.Kind);
        var answer = new Answer(arguments.Number("budget"));
        answer.Say($"{NumberText.Count(group.Members.Count, "member")}, kind {rule.Name}. Why they are grouped: "
            + rule.Meaning(new DuplicateOptions()));
        answer.Say(rule.Measure == "hash" ? ""
            : $"The lowest {rule.Measure} to the representative is {SearchTools.Number(group.Similarity)}"
                + (group.Margin is { } margin ? $", the lowest margin {SearchTools.Number(margin)}." : "."));
        answer.Say($"Advice: {rule.Advice} The member to keep comes first: {SafeText.ForTerminal(group.Reason)}.");
        answer.Say(ignored is null ? "Nobody chose to ignore it."
            : ignored.IsWhole ? "People chose to ignore it, for the reason below: leave it."
            : "People chose to ignore some members, below.");
        answer.Add(Title(group, ignored is not null));
        var ordered = group.Members.OrderByDescending(member => member.Id == group.Representative).ToList();
        Members(answer, group, ordered, MostExplained);
        foreach (var reason in ignored?.Reasons.OfType<IgnoreReason>().Distinct() ?? [])
        {
            answer.Add($"ignored by {Answer.Line(reason.Place)}: {Answer.Line(reason.Text)}");
        }

        if (group.Within is { } within)
        {
            answer.Add($"every member lies within a member of group {within}");
        }

        Differences(answer, store, group, ordered);
        return answer.ToString();
    }

    private static string None(Snippet snippet) => snippet.Tokens < new DuplicateOptions().MinTokens
        ? $"It is too short to be compared: fewer than {new DuplicateOptions().MinTokens} tokens." : "No duplicate of it is indexed.";

    private static void Note(Answer answer, DuplicateState state)
    {
        if (!state.HasSemantic)
        {
            answer.Say("Duplicates by meaning were not looked for: the workspace holds no semantic index of its present state; "
                + "'xcoder analyze' makes it.");
        }
    }

    private static bool IsIgnored(DuplicateState state, string group) => state.Ignored.Any(found => found.Group.Group == group);

    private static string Title(DuplicateGroup group, bool isIgnored) =>
        $"group {group.Group} {group.Kind.Name()} {SearchTools.Number(group.Similarity)}, {NumberText.Count(group.Members.Count, "member")}"
            + (group.CrossLanguage ? ", in several languages" : "") + (isIgnored ? ", ignored" : "");

    private static void Members(Answer answer, DuplicateGroup group, List<Snippet> members, int most)
    {
        var shown = 0;
        while (shown < Math.Min(most, members.Count)
            && answer.AddShort(members[shown].Id == group.Representative ? " keep " : " ", members[shown]))
        {
            shown++;
        }

        if (shown == most && members.Count > most)
        {
            answer.Add($" … and {NumberText.Count(members.Count - most)} more");
        }
        else
        {
            SearchTools.SayCut(answer, members.Count - shown, "member");
        }
    }

    // Each member beside the representative.
    private static void Differences(Answer answer, SnippetStore store, DuplicateGroup group, List<Snippet> ordered)
    {
        if (group.Kind is DuplicateKind.Exact or DuplicateKind.File)
        {
            answer.Add(group.Kind == DuplicateKind.File ? "differs: nothing, the bytes are equal"
                : "differs: nothing but comments and layout without a meaning");
            return;
        }

        var first = ordered[0];
        var code = store.Code(first.Id);
        foreach (var member in ordered.Skip(1).TakeWhile(_ => !answer.IsFull && code is not null))
        {
            if (store.Code(member.Id) is not { } other || !answer.Add("", $"{first.Id} (-) and {member.Id} (+):"))
            {
                continue;
            }

            var lines = group.Kind == DuplicateKind.Renamed && Tokens(store, first.Id) is { } a && Tokens(store, member.Id) is { } b
                ? CodeDifference.Renamed(a, b).Select(static pair => $"{Answer.Line(pair.Old, 80)} -> {Answer.Line(pair.New, 80)}")
                : CodeDifference.Lines(code!, other).Select(static line => Answer.Line(line));
            var all = lines.ToList();
            var shown = all.Take(MostDifferences).TakeWhile(line => answer.Add(line)).Count();
            SearchTools.SayCut(answer, answer.IsFull ? all.Count - shown : 0, "difference");
            if (!answer.IsFull && all.Count > shown)
            {
                answer.Add($"… and {NumberText.Count(all.Count - shown)} more");
            }

            if (all.Count == 0)
            {
                answer.Add("nothing but layout");
            }
        }
    }

    private static (StoredFile File, SnippetTokens Snippet)? Tokens(SnippetStore store, string id)
    {
        if (store.FindSnippet(id) is not { } row || store.FilesOf([row]).FirstOrDefault() is not { } file)
        {
            return null;
        }

        return file.Snippets.FirstOrDefault(snippet => snippet.Row == row) is { } found ? (file.File, found) : null;
    }
}
