using Microsoft.AspNetCore.Http;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Server.Index;

namespace XCoder.Server.Pages;

/// <summary>Where a part of a page is made.</summary>
internal enum PageLane
{
    /// <summary>At once; it reads nothing.</summary>
    None,

    /// <summary>At once, from a connection of its own.</summary>
    Store,

    /// <summary>One at a time, with the model and the vectors.</summary>
    Search,

    /// <summary>One at a time, with duplicates, calls and concepts.</summary>
    Facts,
}

/// <summary>A part of a page.</summary>
/// <param name="Lane">Where it is made.</param>
/// <param name="Write">Writes its HTML.</param>
internal sealed record PagePart(PageLane Lane, Action<Markup, PageContext> Write);

/// <summary>An answer: a page of parts, or a file of the site.</summary>
/// <param name="Title">Title of the page.</param>
internal sealed record SitePage(string Title)
{
    /// <summary>HTTP status. Default 200.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The parts, in the order of the page; the first one decides whether there is a page.</summary>
    public IReadOnlyList<PagePart> Parts { get; init; } = [];

    /// <summary>Path of the page in the navigation that is marked as the present one; null marks none.</summary>
    public string? Current { get; init; }

    /// <summary>Whether only the parts are sent, for a script that puts them into a page.</summary>
    public bool IsFragment { get; init; }

    /// <summary>A file of the site instead of parts.</summary>
    public (string Type, string Text)? File { get; init; }

    /// <summary>A page that says what is wrong.</summary>
    public static SitePage Failure(PageException exception) => Failure(exception.Status, exception.Title, exception.Message);

    /// <summary>What is wrong, in place of a part of a page that a script asked for.</summary>
    public static SitePage FragmentFailure(PageException exception) => new(exception.Title)
    {
        Status = exception.Status,
        IsFragment = true,
        Parts = [new(PageLane.None, (markup, _) => markup.Raw(Alert(exception.Message)))],
    };

    /// <summary>A message as HTML.</summary>
    public static string Alert(string message) => $"<p class=\"alert\" role=\"alert\">{Markup.Escape(message)}</p>\n";

    /// <inheritdoc cref="Failure(PageException)"/>
    public static SitePage Failure(int status, string title, string message) => new(title)
    {
        Status = status,
        Parts = [new(PageLane.None, (markup, _) => markup.Element("h1", title).Raw("\n").Raw(Alert(message))
            .Raw("<p><a href=\"/\">Search</a>, or look at the <a href=\"/duplicates\">duplicates</a>.</p>\n"))],
    };
}

/// <summary>A request has no page; the message says what to do.</summary>
internal sealed class PageException(int status, string title, string message) : Exception(message)
{
    /// <summary>HTTP status.</summary>
    public int Status => status;

    /// <summary>What is wrong, in few words.</summary>
    public string Title => title;

    /// <summary>There is no such thing.</summary>
    public static PageException Missing(string title, string message) => new(StatusCodes.Status404NotFound, title, message);
}

/// <summary>What a part of a page is made of.</summary>
internal sealed class PageContext(ServedWorkspace? served, SnippetStore? store, SiteFacts? facts, IReadOnlyList<string> written,
    CancellationToken cancellation)
{
    /// <summary>Folders that the user named, in whose repositories pages may write.</summary>
    public IReadOnlyList<string> Written => written;

    /// <summary>The workspace; only in the lanes that have one.</summary>
    public ServedWorkspace Served => served!;

    /// <summary>The store.</summary>
    public SnippetStore Store => store!;

    /// <summary>Counts of the store.</summary>
    public SiteFacts Facts => facts!;

    /// <summary>Cancels the work.</summary>
    public CancellationToken Cancellation => cancellation;
}

/// <summary>Counts of a store that most pages show.</summary>
/// <param name="Generation">Changes whenever the index does.</param>
/// <param name="Repositories">Name, files and snippets of each repository, by name.</param>
/// <param name="Languages">Id and snippets of each language that has any, most first.</param>
internal sealed record SiteFacts(string Generation, IReadOnlyList<(string Name, int Files, long Snippets)> Repositories,
    IReadOnlyList<(string Id, long Snippets)> Languages)
{
    /// <summary>Counts a store.</summary>
    public static SiteFacts Of(SnippetStore store)
    {
        var counts = store.CoverageCounts(StoreSelection.All);
        return new SiteFacts(store.Generation(),
            [.. counts.GroupBy(static count => count.Repository).OrderBy(static group => group.Key, StringComparer.Ordinal)
                .Select(static group => (group.Key, group.Sum(static count => count.Files), group.Sum(Snippets)))],
            [.. counts.GroupBy(static count => count.Language).Select(static group => (group.Key, Snippets: group.Sum(Snippets)))
                .Where(static language => language.Snippets > 0).OrderByDescending(static language => language.Snippets)
                .ThenBy(static language => language.Key, StringComparer.Ordinal)]);

        static long Snippets(CoverageCounts count) => count.Functions + count.Structures;
    }
}

/// <summary>The values of a request's address.</summary>
internal sealed class PageRequest(HttpRequest request)
{
    // Of values that a reader chooses, not writes.
    private const int MostCharacters = 500;

    /// <summary>A part of the path.</summary>
    public string Part(string name) => request.RouteValues[name] as string ?? "";

    /// <summary>A text without white space around it; empty if it was not given.</summary>
    /// <exception cref="PageException">It is too long.</exception>
    public string Text(string name, int most = MostCharacters)
    {
        var text = request.Query[name].ToString().ReplaceLineEndings("\n").Trim();
        return text.Length <= most ? text : throw new PageException(StatusCodes.Status400BadRequest, "That is too long",
            $"'{name}' may have {NumberText.Count(most)} characters, and has {NumberText.Count(text.Length)}.");
    }

    /// <summary>A whole number; the default if it was not given or is none.</summary>
    public int Number(string name, int otherwise, int least, int most) =>
        int.TryParse(request.Query[name], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture,
            out var number) ? Math.Clamp(number, least, most) : otherwise;
}
