using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Server.Index;

namespace XCoder.Server.Mcp;

/// <summary>Tools that follow calls.</summary>
internal static class CallTools
{
    /// <summary>The tool <c>callers</c>.</summary>
    public static string Callers(ServedWorkspace served, ToolArguments arguments, CancellationToken cancellation)
    {
        using var store = served.Open();
        var (repository, name) = (arguments.Text("repository"), arguments.Text("snippet")!);
        SnippetPlaces.RequireRepository(store, repository);
        var calls = served.Calls(store, cancellation);
        var asked = SnippetPlaces.TryFind(store, name);
        if (asked is null && !calls.Has(name))
        {
            throw new ToolException("There is no such function. Give the id of a snippet, FILE:LINE, or the bare name of a function.");
        }

        RequireFunction(asked?.Snippet);
        var edges = asked is { } known ? calls.Callers(known.Row) : calls.Callers(name);
        return List(store, arguments, asked?.Snippet, edges, "caller", repository);
    }

    /// <summary>The tool <c>callees</c>.</summary>
    public static string Callees(ServedWorkspace served, ToolArguments arguments, CancellationToken cancellation)
    {
        using var store = served.Open();
        var (row, snippet) = SnippetPlaces.Find(store, arguments.Text("snippet")!);
        RequireFunction(snippet);
        return List(store, arguments, snippet, served.Calls(store, cancellation).Callees(row), "callee", null);
    }

    private static void RequireFunction(Snippet? snippet)
    {
        if (snippet?.Kind.IsStructure() == true)
        {
            throw new ToolException("That is a structure. Name one of its functions: FILE:LINE of a line within it.");
        }
    }

    private static string List(SnippetStore store, ToolArguments arguments, Snippet? of, IReadOnlyList<CallEdge> edges, string what,
        string? repository)
    {
        var facts = store.Snippets(edges.Select(static edge => edge.Row));
        var found = edges.Where(edge => facts.TryGetValue(edge.Row, out var snippet)
            && (repository is null || snippet.Repository == repository)).ToList();
        var answer = new Answer(arguments.Number("budget"));
        answer.Say(found.Count == 0 ? $"No {what} is indexed."
            : $"{NumberText.Count(found.Count, what)}: {Count(found, CallEvidence.Symbol)} by symbol, {Count(found, CallEvidence.Name)} by "
                + $"name, {Count(found, CallEvidence.Mention)} by mention.");
        answer.Say(Meaning(found));
        if (of is not null)
        {
            answer.Add($"of {of.Id} {Answer.Place(of)}");
        }

        var shown = 0;
        while (shown < found.Count && answer.Add("", facts[found[shown].Row], Evidence(found[shown].Evidence)))
        {
            shown++;
        }

        SearchTools.SayCut(answer, found.Count - shown, what);
        return answer.ToString();
    }

    private static string Meaning(List<CallEdge> found)
    {
        var symbol = found.Exists(static edge => edge.Evidence == CallEvidence.Symbol)
            ? "By symbol: the compiler resolved it; overloads are not told apart. " : "";
        return symbol + "By name: code in a function calls something of that name, whatever its type, so some may mean another. "
            + "By mention: it has the name without parentheses. Code outside functions is not looked at.";
    }

    private static string Evidence(CallEvidence evidence) => evidence switch
    {
        CallEvidence.Symbol => "by-symbol",
        CallEvidence.Name => "by-name",
        _ => "by-mention",
    };

    private static string Count(List<CallEdge> found, CallEvidence evidence) =>
        NumberText.Count(found.Count(edge => edge.Evidence == evidence));
}
