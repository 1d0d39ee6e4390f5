using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using XCoder.Analysis;
using XCoder.Server.Index;
using XCoder.Server.Mcp;

namespace XCoder.Server.Pages;

/// <summary>Options of <see cref="Explorer"/>.</summary>
public sealed record ExplorerOptions
{
    /// <summary>Least characters of a token.</summary>
    public const int LeastToken = 16;

    /// <summary>Address to listen on. Default 127.0.0.1. One that other machines reach needs a <see cref="Token"/>.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Port to listen on, 0 to 65535; 0 takes a free one. Default 4747.</summary>
    public int Port { get; init; } = 4747;

    /// <summary>What every request must show; at least <see cref="LeastToken"/> visible ASCII characters. Null asks for nothing.</summary>
    public string? Token { get; init; }

    /// <summary>Names of this machine by which it may be asked, beside addresses and <c>localhost</c>. Default none.</summary>
    public IReadOnlyList<string> HostNames { get; init; } = [];

    /// <summary>
    /// Folders in whose repositories pages may write <c>xcoder.ignores.json</c>. Default none: nothing is written. Needs a
    /// <see cref="Token"/>.
    /// </summary>
    public IReadOnlyList<string> Write { get; init; } = [];

    /// <summary>Paths whose changes are indexed while the server runs. Default none.</summary>
    public IReadOnlyList<string> Watch { get; init; } = [];

    /// <summary>Receives the address of the start page once it can be opened.</summary>
    public Action<string>? Started { get; init; }

    /// <summary>Receives messages for people, from any thread; null ignores them.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Throws if an option is out of its range.</summary>
    /// <exception cref="RequestException">It is.</exception>
    public void Validate()
    {
        if (Port is < 0 or > 65535)
        {
            throw new RequestException($"The port must be 0 to 65535, not {Port}.");
        }

        if (Token is not null && (Token.Length < LeastToken || Token.Any(static letter => letter is <= ' ' or > '~')))
        {
            throw new RequestException($"The token must have at least {LeastToken} characters, all of them visible ASCII.");
        }

        if (Token is null && Write.Count > 0)
        {
            throw new RequestException("Pages that write need a token, so that only you can use them.");
        }

        if (Token is null && !IPAddress.IsLoopback(Address))
        {
            throw new RequestException($"Other machines can reach {Address}, so every request must show a token. Put one into a file that "
                + "only you can read, and name it with --token-file.");
        }
    }
}

/// <summary>
/// Serves a workspace to a browser, and to coding agents at <c>/mcp</c>. Pages come from the store; no path that a request names is ever
/// opened. Requests only read, but for forms that write where <see cref="ExplorerOptions.Write"/> allows it. Indexing with
/// <see cref="ExplorerOptions.Watch"/> writes to the workspace.
/// </summary>
public static class Explorer
{
    // A browser sends pasted code in the address, three bytes for many of its characters.
    private const int MostLineBytes = 256 << 10;
    private const int MostConnections = 512;

    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);

    /// <summary>Serves until it is cancelled, which is no error; requests that are then at work are given up.</summary>
    /// <param name="workspace">The workspace. It need not exist; pages then say how to make it.</param>
    /// <param name="options">Options; null uses the defaults.</param>
    /// <param name="cancellation">Ends serving.</param>
    /// <exception cref="RequestException">An option is wrong, or the port is not free.</exception>
    /// <exception cref="XCoder.Analysis.Repositories.Walk.PathNotFoundException">A path to watch does not exist.</exception>
    public static async Task RunAsync(Workspace workspace, ExplorerOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new ExplorerOptions();
        options.Validate();

        // Nothing is read from the environment or from a file in the current folder, which may be a stranger's repository.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = "xcoder",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        var log = options.Log ?? (static _ => { });
        using var tools = new ToolTable(workspace, log);
        McpHttp.AddTo(builder.Services, tools);
        await using var app = builder.Build();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var site = new Site(workspace, options.Write, log, end.Token);
        app.Use(new RequestGuard(options).InvokeAsync);
        foreach (var (path, answer) in SiteMap.Paths)
        {
            app.MapMethods(path, ["GET", "HEAD"], (HttpContext context) => site.AnswerAsync(context, answer));
        }

        foreach (var (path, write) in SiteMap.Writes.Where(_ => options.Write.Count > 0))
        {
            app.MapPost(path, (HttpContext context) => site.WriteAsync(context, write));
        }

        McpHttp.MapTo(app);
        app.MapFallback("{**path}", (HttpContext context) => site.AnswerAsync(context, SiteMap.Missing));
        await StartAsync(app, options, cancellation).ConfigureAwait(false);
        var watch = IndexFollower.Start(workspace, options.Watch, log, end.Token);
        options.Started?.Invoke(app.Urls.First() + "/");
        var warming = site.WarmAsync();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }

        await end.CancelAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(EndTime);
        await app.StopAsync(limit.Token).ConfigureAwait(false);
        watch?.Join();
        await warming.ConfigureAwait(false);
    }

    private static void Configure(KestrelServerOptions kestrel, ExplorerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxRequestLineSize = MostLineBytes;
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Listen(options.Address, options.Port, static listen => listen.Protocols = HttpProtocols.Http1);
    }

    private static async Task StartAsync(WebApplication app, ExplorerOptions options, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            throw new RequestException($"Cannot listen on {options.Address} port {options.Port}: "
                + $"{(exception.InnerException ?? exception).Message}. --port 0 takes a free port.");
        }
    }

    /// <summary>The caller ends the server; signals are the program's.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
