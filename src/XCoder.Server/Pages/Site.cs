using System.Text;
using Microsoft.AspNetCore.Http;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Reports.Html;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Server.Index;

namespace XCoder.Server.Pages;

/// <summary>
/// Answers requests. A page is sent part by part, so that code is there before what takes longer. Searching and the facts about the
/// whole workspace (duplicates, calls, concepts) each have a lane of their own, in which one part is made at a time.
/// </summary>
internal sealed class Site : IDisposable
{
    // Requests at work or waiting; more are asked to come again.
    private const int MostRequests = 256;

    private readonly Lane[] _lanes;
    private readonly IReadOnlyList<string> _written;
    private readonly Action<string> _log;
    private readonly CancellationToken _end;
    private SiteFacts? _facts;
    private int _requests;

    /// <param name="workspace">The workspace.</param>
    /// <param name="written">Folders in whose repositories pages may write.</param>
    /// <param name="log">Receives messages for people.</param>
    /// <param name="end">Ends what is at work.</param>
    public Site(Workspace workspace, IReadOnlyList<string> written, Action<string> log, CancellationToken end)
    {
        (_written, _log, _end) = (written, log, end);
        _lanes = [new Lane(workspace), new Lane(workspace)];
    }

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request and its response.</param>
    /// <param name="answer">Makes the page of a request.</param>
    public Task AnswerAsync(HttpContext context, Func<PageRequest, SitePage> answer) =>
        AnswerAsync(context, cancellation => SendAsync(context, MakePage(context.Request, answer), cancellation));

    /// <summary>Does what a form asks for, and sends the reader on.</summary>
    /// <param name="context">The request and its response.</param>
    /// <param name="write">Does it.</param>
    public Task WriteAsync(HttpContext context, Func<PageRequest, IFormCollection, PageContext, string> write) =>
        AnswerAsync(context, async cancellation =>
        {
            try
            {
                var form = await ReadFormAsync(context.Request, cancellation).ConfigureAwait(false);
                var next = "/";
                await RunAsync(PageLane.Facts, page => next = write(new PageRequest(context.Request), form, page), cancellation)
                    .ConfigureAwait(false);
                context.Response.StatusCode = StatusCodes.Status303SeeOther;
                context.Response.Headers.Location = next;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                await SendAsync(context, SitePage.Failure(Explain(exception)), cancellation).ConfigureAwait(false);
            }
        });

    /// <summary>Reads what the first searches and pages need. Failures are left to the pages, which say what to do.</summary>
    public async Task WarmAsync()
    {
        await Task.WhenAll(
        [
            .. CodeSearch.WarmUps.Select(warm =>
                TryAsync(PageLane.Search, page => warm(page.Served.Search, page.Store, page.Cancellation))),
            TryAsync(PageLane.Facts, static page => page.Served.Duplicates(page.Cancellation)),
            TryAsync(PageLane.Facts, static page => page.Served.Calls(page.Store, page.Cancellation)),
        ]).ConfigureAwait(false);

        async Task TryAsync(PageLane lane, Action<PageContext> read)
        {
            try
            {
                await RunAsync(lane, read, _end).ConfigureAwait(false);
            }
            catch (Exception)
            {
                // A page that needs it reads it again, and says what is wrong.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_lanes, static lane => lane.Dispose());

    private async Task AnswerAsync(HttpContext context, Func<CancellationToken, Task> answer)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _end);
        try
        {
            if (Interlocked.Increment(ref _requests) > MostRequests)
            {
                context.Response.Headers.RetryAfter = "1";
                await SendAsync(context, SitePage.Failure(StatusCodes.Status503ServiceUnavailable, "Too many requests at once",
                    "Try again in a second."), cancellation.Token).ConfigureAwait(false);
                return;
            }

            await answer(cancellation.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The reader went on, or the server ends: nobody waits for the rest.
            context.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _requests);
        }
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return await request.ReadFormAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is BadHttpRequestException or InvalidDataException or InvalidOperationException)
        {
            throw new PageException((exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest,
                "That is no form of this site", "Use the page's own form.");
        }
    }

    private static SitePage MakePage(HttpRequest request, Func<PageRequest, SitePage> answer)
    {
        try
        {
            return answer(new PageRequest(request));
        }
        catch (PageException exception)
        {
            return SitePage.Failure(exception);
        }
    }

    private async Task SendAsync(HttpContext context, SitePage page, CancellationToken cancellation)
    {
        if (page.File is { } file)
        {
            await SendAsync(context, page.Status, file.Type, file.Text, cancellation).ConfigureAwait(false);
            return;
        }

        // The first part decides whether there is a page at all.
        string first;
        try
        {
            first = await RenderAsync(page.Parts[0], cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            page = page.IsFragment ? SitePage.FragmentFailure(Explain(exception)) : SitePage.Failure(Explain(exception));
            first = await RenderAsync(page.Parts[0], cancellation).ConfigureAwait(false);
        }

        await SendAsync(context, page.Status, "text/html; charset=utf-8", (page.IsFragment ? "" : SiteFrame.Head(page)) + first,
            cancellation).ConfigureAwait(false);
        foreach (var part in page.Parts.Skip(1))
        {
            await context.Response.Body.FlushAsync(cancellation).ConfigureAwait(false);
            string text;
            try
            {
                text = await RenderAsync(part, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                text = SitePage.Alert(Explain(exception).Message);
            }

            await context.Response.WriteAsync(text, cancellation).ConfigureAwait(false);
        }

        await context.Response.WriteAsync(page.IsFragment ? "" : SiteFrame.End, cancellation).ConfigureAwait(false);
    }

    private static Task SendAsync(HttpContext context, int status, string type, string text, CancellationToken cancellation)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text, cancellation);
    }

    private async Task<string> RenderAsync(PagePart part, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        await RunAsync(part.Lane, page => part.Write(new Markup(new StringWriter(text)), page), cancellation).ConfigureAwait(false);
        return text.ToString();
    }

    private async Task RunAsync(PageLane lane, Action<PageContext> work, CancellationToken cancellation)
    {
        switch (lane)
        {
            case PageLane.None:
                work(new PageContext(null, null, null, _written, cancellation));
                return;
            case PageLane.Store:
                await Task.Run(() =>
                {
                    using var store = _lanes[0].OpenStore();
                    work(new PageContext(null, store, Facts(store), _written, cancellation));
                }, cancellation).ConfigureAwait(false);
                return;
            default:
                await _lanes[lane - PageLane.Search].RunAsync((served, store) =>
                    work(new PageContext(served, store, Facts(store), _written, cancellation)), cancellation).ConfigureAwait(false);
                return;
        }
    }

    private SiteFacts Facts(SnippetStore store)
    {
        var known = Volatile.Read(ref _facts);
        if (known is null || known.Generation != store.Generation())
        {
            Volatile.Write(ref _facts, known = SiteFacts.Of(store));
        }

        return known;
    }

    private PageException Explain(Exception exception)
    {
        var cause = exception is AggregateException several ? several.Flatten().InnerExceptions[0] : exception;
        switch (cause)
        {
            case PageException known:
                return known;

            // These messages are the engine's, for the user who started the server.
            case RequestException:
                return new PageException(StatusCodes.Status400BadRequest, "That cannot be answered", cause.Message);
            case StoreException or EmbeddingException:
                return new PageException(StatusCodes.Status503ServiceUnavailable, "The workspace cannot be read", cause.Message);
            default:
                _log(SafeText.ForLines(cause.ToString()));
                return new PageException(StatusCodes.Status500InternalServerError, "That failed unexpectedly",
                    $"{cause.GetType().Name}. The server's standard error has the details; it goes on serving.");
        }
    }

    /// <summary>A workspace that one part at a time works with.</summary>
    private sealed class Lane(Workspace workspace) : IDisposable
    {
        private readonly ServedWorkspace _served = new(workspace);
        private readonly SemaphoreSlim _turn = new(1);

        /// <summary>Opens the store apart from the lane.</summary>
        public SnippetStore OpenStore() => _served.Workspace.OpenStore();

        public async Task RunAsync(Action<ServedWorkspace, SnippetStore> work, CancellationToken cancellation)
        {
            await _turn.WaitAsync(cancellation).ConfigureAwait(false);
            try
            {
                await Task.Run(() =>
                {
                    using var store = _served.Open();
                    work(_served, store);
                }, cancellation).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }

        public void Dispose()
        {
            _served.Dispose();
            _turn.Dispose();
        }
    }
}
