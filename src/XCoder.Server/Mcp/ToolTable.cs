using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;
using XCoder.Server.Index;

namespace XCoder.Server.Mcp;

/// <summary>
/// The tools: names, descriptions and schemas in <c>tools.json</c>, and what each runs. Calls are answered one after another.
/// </summary>
/// <param name="workspace">The workspace; it is only read.</param>
/// <param name="log">Receives messages for people.</param>
internal sealed class ToolTable(Workspace workspace, Action<string> log) : IDisposable
{
    private static readonly Dictionary<string, Func<ServedWorkspace, ToolArguments, CancellationToken, string>> Runs = new()
    {
        ["find_code"] = SearchTools.FindCode,
        ["find_similar"] = SearchTools.FindSimilar,
        ["duplicates_of"] = DuplicateTools.DuplicatesOf,
        ["callers"] = CallTools.Callers,
        ["callees"] = CallTools.Callees,
        ["gaps"] = GapTools.Gaps,
        ["explain_group"] = DuplicateTools.ExplainGroup,
    };

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lazy<ServedWorkspace> _served = new(() => new ServedWorkspace(workspace), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The tools as clients see them.</summary>
    public IList<Tool> Tools { get; } = ReadTools();

    /// <summary>Calls a tool. What is wrong with the call, the index or the model is an answer that says what to do.</summary>
    /// <exception cref="McpProtocolException">There is no such tool.</exception>
    public async ValueTask<CallToolResult> CallAsync(string name, IDictionary<string, JsonElement>? arguments,
        CancellationToken cancellation)
    {
        if (Tools.FirstOrDefault(tool => tool.Name == name) is not { } tool)
        {
            var names = string.Join(", ", Runs.Keys);
            throw new McpProtocolException($"There is no such tool. There are: {names}.", McpErrorCode.InvalidParams);
        }

        try
        {
            var text = await InTurn(() => Runs[name](_served.Value, new ToolArguments(tool, arguments), cancellation), cancellation)
                .ConfigureAwait(false);
            return Result(text, isError: false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Result(Explain(exception), isError: true);
        }
    }

    /// <summary>Reads a resource.</summary>
    /// <exception cref="McpException">It cannot be read; the message says what to do.</exception>
    public async ValueTask<ReadResourceResult> ReadAsync(string uri, CancellationToken cancellation)
    {
        try
        {
            var contents = await InTurn(() => ResourceTable.Read(_served.Value, uri), cancellation).ConfigureAwait(false);
            return new ReadResourceResult { Contents = [contents] };
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or McpException))
        {
            throw new McpProtocolException(Explain(exception), McpErrorCode.InternalError);
        }
    }

    /// <summary>Reads what the first calls need. Failures are left to the calls, which say what to do.</summary>
    public async Task WarmAsync(CancellationToken cancellation)
    {
        try
        {
            foreach (var warm in CodeSearch.WarmUps)
            {
                await InTurn(() =>
                {
                    using var store = _served.Value.Open();
                    warm(_served.Value.Search, store, cancellation);
                    return true;
                }, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            // A call that needs it reads it again, and says what is wrong.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_served.IsValueCreated)
        {
            _served.Value.Dispose();
        }

        _turn.Dispose();
    }

    private async Task<T> InTurn<T>(Func<T> run, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await Task.Run(run, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private string Explain(Exception exception)
    {
        var cause = exception is AggregateException several ? several.Flatten().InnerExceptions[0] : exception;
        if (cause is ToolException refused)
        {
            return refused.Text;
        }

        // These messages are the engine's; names in them are those that the caller gave, or the user's own folders.
        if (cause is RequestException or StoreException or EmbeddingException)
        {
            return SafeText.ForTerminal(cause.Message);
        }

        log(cause.ToString());
        return $"The call failed unexpectedly: {cause.GetType().Name}. The server's standard error has the details; it goes on serving.";
    }

    private static CallToolResult Result(string text, bool isError) =>
        new() { Content = [new TextContentBlock { Text = text }], IsError = isError };

    private static IList<Tool> ReadTools()
    {
        using var stream = typeof(ToolTable).Assembly.GetManifestResourceStream("tools.json")!;
        return (IList<Tool>)JsonSerializer.Deserialize(stream, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IList<Tool>)))!;
    }
}
