using XCoder.Analysis.Concepts;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Text;
using XCoder.Server.Index;

namespace XCoder.Server.Mcp;

/// <summary>The tool that says what code lacks.</summary>
internal static class GapTools
{
    /// <summary>The tool <c>gaps</c>.</summary>
    public static string Gaps(ServedWorkspace served, ToolArguments arguments, CancellationToken cancellation)
    {
        var (repository, other) = (arguments.Text("repository"), arguments.Text("missing_from"));
        using (var store = served.Open())
        {
            SnippetPlaces.RequireRepository(store, repository);
            SnippetPlaces.RequireRepository(store, other);
        }

        if (other is not null && repository is null)
        {
            throw new ToolException("missing_from says who lacks it; say with repository who has it.");
        }

        var language = arguments.Text("language") is { } id
            ? served.Workspace.Catalog.FamilyOf(served.Workspace.Language(id).Id) : null;
        var answer = new Answer(arguments.Number("budget"));
        if (other is null)
        {
            OfLanguages(answer, Concepts(served, repository, language, cancellation));
        }
        else
        {
            OfRepositories(answer, Concepts(served, repository, null, cancellation), Concepts(served, other, null, cancellation), language);
        }

        return answer.ToString();
    }

    private static ConceptReport Concepts(ServedWorkspace served, string? repository, string? language, CancellationToken cancellation) =>
        served.Concepts(repository, language, cancellation) ?? throw new ToolException(
            "The workspace holds no concepts of its present index, and this server makes none. Run: xcoder coverage --gaps "
                + $"--workspace {Answer.Line(served.Workspace.Folder)}");

    private static void OfLanguages(Answer answer, ConceptReport report)
    {
        answer.Say(report.Gaps.Count == 0 ? "No gap was found."
            : $"{NumberText.Count(report.AllGaps, "case")} where a language lacks a concept of several others, widest first: score, "
                + "missing in, concept (languages that have it), example, nearest there. About 3 of 5 such gaps are real.");
        var shown = 0;
        foreach (var gap in report.Gaps)
        {
            var nearest = gap.Nearest is { } near
                ? $"   nearest there: {SearchTools.Number(near.Margin)} {near.Snippet.Id} {Answer.Place(near.Snippet)}" : null;
            string?[] lines = [$"{SearchTools.Number(gap.Score)} {gap.Language}: {Label(gap.Row)} ({string.Join(' ', gap.Languages)})",
                Example(gap.Row), nearest];
            if (!answer.Add(lines.OfType<string>()))
            {
                break;
            }

            shown++;
        }

        SearchTools.SayCut(answer, report.AllGaps - shown, "gap");
    }

    private static void OfRepositories(Answer answer, ConceptReport one, ConceptReport other, string? language)
    {
        var known = other.Matrix.Rows.Select(static row => row.Concept).ToHashSet();
        var rows = one.Matrix.Rows
            .Where(row => !known.Contains(row.Concept) && (language is null || row.Cells.ContainsKey(language)))
            .OrderByDescending(static row => row.Total.Documented + row.Total.Tested > 0).ThenByDescending(static row => row.Total.Snippets)
            .ThenBy(static row => row.Concept, StringComparer.Ordinal).ToList();
        answer.Say(rows.Count == 0 ? "It has no concept that the other lacks."
            : $"{NumberText.Count(rows.Count, "concept")} of the repository of which the other has no function, documented or tested ones "
                + "and those with most functions first: functions, concept (languages), example.");
        answer.Say($"A concept is a group of functions that behave alike; {NumberText.Count(one.Matrix.Noise)} functions of the "
            + "repository are in none and not compared. Look with find_code before you port.");
        var shown = 0;
        while (shown < rows.Count && answer.Add(
            $"{NumberText.Count(rows[shown].Total.Snippets)} {Label(rows[shown])} ({string.Join(' ', rows[shown].Cells.Keys.Order())})",
            Example(rows[shown])))
        {
            shown++;
        }

        SearchTools.SayCut(answer, rows.Count - shown, "concept");
    }

    private static string Label(ConceptRow row) => Answer.Line(row.Label, 80);

    private static string Example(ConceptRow row) => $"   {row.Representative.Id} {Answer.Place(row.Representative)} "
        + Answer.Line(row.Representative.QualifiedName, 100);
}
