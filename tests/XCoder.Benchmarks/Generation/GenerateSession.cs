using System.Diagnostics;
using System.Text;
using XCoder.Agents.Chat;
using XCoder.Agents.Generation;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;

namespace XCoder.Benchmarks.Generation;

/// <summary>One session of a run by agents over a workspace, against a server in a process of its own.</summary>
internal sealed class GenerateSession(string folder, GenerationOptions options)
{
    private const string Model = "loopback";

    /// <summary>What the session did, with processor and wall time of the run alone: the workspace was opened before.</summary>
    public sealed record Result(GenerationSummary Summary, ChatStatistics Statistics, TimeSpan Wall, TimeSpan Busy);

    /// <param name="delay">Milliseconds that the server takes an answer.</param>
    /// <param name="faults">Per cent of the answers that are spoilt.</param>
    /// <param name="progress">Told of rows.</param>
    public async Task<Result> RunAsync(long delay, long faults, IProgress<GenerationProgress>? progress = null)
    {
        var catalog = LanguageCatalog.Open();
        var workspace = WorkspaceFolder.OpenExisting(folder);
        using var store = workspace.OpenStore();
        using var model = EmbeddingModels.Open(Path.Combine(AppContext.BaseDirectory, "models", "default"), Device.Cpu, threads: 1, _ => { });
        var tokenizer = ((StaticModel)model).Tokenizer;
        var index = SemanticIndex.Open(workspace, model, tokenizer, catalog.FamilyOf, DuplicateAnalysis.TextGroups, new SemanticIndexOptions());
        var inputs = new AgentWorkspace
        {
            Workspace = workspace,
            Store = store,
            Concepts = ConceptAnalysis.Open(workspace, index, catalog.FamilyOf),
            Rule = new SemanticOptions(),
            Duplicates = new DuplicateOptions(),
            Model = model,
            Tokenizer = tokenizer,
            Catalog = catalog,
            Selection = StoreSelection.All,
        };
        using var server = Process.Start(new ProcessStartInfo("dotnet", [typeof(GenerateSession).Assembly.Location, GenerateRun.ServerCommand, "--delay", $"{delay}", "--faults", $"{faults}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            var endpoint = new Uri((await server.StandardOutput.ReadLineAsync())!);
            using var rows = GenerationStore.Open(folder);
            await using var replies = ReplyStore.Open(folder);
            using var connection = new OpenAIEndpoint(new OpenAIChatOptions { Endpoint = endpoint, Model = Model });
            var prompts = PromptLibrary.Open();
            using var gateway = new ChatGateway(connection.Kernel, replies, new ChatGatewayOptions
            {
                Model = Model,
                MaxConcurrency = options.Concurrency,
                MaxRepairs = faults > 0 ? 8 : 2,
                FirstDelay = TimeSpan.FromMilliseconds(50),
                MaxDelay = TimeSpan.FromSeconds(1),
                Run = AgentRun.Begin(inputs, rows, prompts, options, Model, DateTimeOffset.UnixEpoch).Id,
            });
            var (watch, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var summary = await new AgentRun(inputs, rows, gateway, prompts, options, Model, TimeProvider.System).RunAsync(progress);
            return new Result(summary, gateway.Statistics, watch.Elapsed, Environment.CpuUsage.TotalTime - busy);
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync();
        }
    }

    /// <summary>The rows as JSON, times apart.</summary>
    public List<string> Rows()
    {
        using var store = GenerationStore.Open(folder);
        return [.. store.Rows().Select(row => Encoding.UTF8.GetString(RowJson.Write(row with { CreatedAt = default })))];
    }
}
