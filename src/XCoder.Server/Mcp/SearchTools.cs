using System.Globalization;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Server.Index;

namespace XCoder.Server.Mcp;

/// <summary>Tools that find code.</summary>
internal static class SearchTools
{
    /// <summary>The tool <c>find_code</c>.</summary>
    public static string FindCode(ServedWorkspace served, ToolArguments arguments, CancellationToken cancellation)
    {
        using var store = served.Open();
        var question = arguments.Required("question");
        if (!question.Any(char.IsLetterOrDigit))
        {
            throw new ToolException("The question needs words.");
        }

        var filter = Filter(served, store, arguments, "language");
        var found = served.Search.ByWords(store, question, filter, cancellation);
        var answer = new Answer(arguments.Number("budget"));
        answer.Say(found.Count == 0 ? "Nothing was found."
            : $"{NumberText.Count(found.Count, "result")}, best first: rank, id, similarity, language, kind, repository/path:lines.");
        List(served, store, answer, found, arguments.Flag("code"));
        return answer.ToString();
    }

    /// <summary>The tool <c>find_similar</c>.</summary>
    public static string FindSimilar(ServedWorkspace served, ToolArguments arguments, CancellationToken cancellation)
    {
        using var store = served.Open();
        var filter = Filter(served, store, arguments, "in_language");
        var found = served.Search.ByCode(store, arguments.Text("language")!, arguments.Required("code"), filter, cancellation);
        var copies = found.Count(static item => item.Copy is not null);
        var answer = new Answer(arguments.Number("budget"));
        answer.Say(found.Count == 0 ? "Nothing was found."
            : copies > 0 ? $"This code exists: {NumberText.Count(copies, "copy", "copies")} among the results. Use one instead of writing "
                + "another, or say why not."
            : "No copy of it is indexed. The nearest code, best first; read the first ones before you write another.");
        answer.Say("Each: rank, id, exact or renamed (equal but for names and literals) or similarity, language, kind, "
            + "repository/path:lines.");
        List(served, store, answer, found, arguments.Flag("with_code"));
        return answer.ToString();
    }

    /// <summary>Similarity with two digits.</summary>
    public static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Says how much a budget left out.</summary>
    public static void SayCut(Answer answer, int left, string one, string? many = null)
    {
        if (left > 0)
        {
            answer.SayAfter($"{NumberText.Count(left, one, many)} left out to stay within the budget; a larger 'budget' shows more.");
        }
    }

    private static void List(ServedWorkspace served, SnippetStore store, Answer answer, IReadOnlyList<FoundCode> found, bool withCode)
    {
        var shown = 0;
        while (shown < found.Count && answer.Add($"{shown + 1}. ", found[shown].Snippet,
            found[shown].Copy?.Name() ?? Number(found[shown].Similarity)))
        {
            shown++;
        }

        SayCut(answer, found.Count - shown, "result");
        for (var i = 0; withCode && i < shown && !answer.IsFull; i++)
        {
            if (store.Code(found[i].Snippet.Id) is { } code && answer.Add("", $"{i + 1}. {Answer.Place(found[i].Snippet)}")
                && answer.AddText(code) is var left and > 0)
            {
                SayCut(answer, left, $"line of the code of result {i + 1}", $"lines of the code of result {i + 1}");
            }
        }

        if (served.Search.Missing > 0)
        {
            answer.SayAfter($"{NumberText.Count(served.Search.Missing, "snippet")} without a vector could not be found: indexing is at "
                + "work, or run: xcoder index PATH (without --no-embed).");
        }
    }

    private static SearchFilter Filter(ServedWorkspace served, SnippetStore store, ToolArguments arguments, string language)
    {
        SnippetPlaces.RequireRepository(store, arguments.Text("repository"));
        return new SearchFilter
        {
            Count = arguments.Number("count"),
            Language = arguments.Text(language) is { } id ? served.Workspace.Language(id).Id : null,
            Repository = arguments.Text("repository"),
        };
    }
}
