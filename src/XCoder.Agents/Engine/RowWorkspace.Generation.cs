using System.Globalization;
using Microsoft.SemanticKernel;
using XCoder.Agents.Chat;
using XCoder.Agents.Decontamination;
using XCoder.Agents.Generation;
using XCoder.Agents.Prompts;
using XCoder.Agents.Reports;
using XCoder.Agents.Store;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Analysis;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents;

/// <summary>A chat model.</summary>
/// <param name="Kernel">The kernel that holds its chat completion service.</param>
/// <param name="Name">Name of the model; rows record it.</param>
/// <param name="Endpoint">Display name of the server, which also tells two servers of the same model apart.</param>
public sealed record ChatModel(Kernel Kernel, string Name, string Endpoint);

/// <summary>What the agents write, from what and within which limits.</summary>
public sealed record GenerationQuery
{
    /// <summary>How many rows the agents write, and how.</summary>
    public GenerationOptions Options { get; init; } = new();

    /// <summary>Limits of requests, rates and cost. Model and endpoint are taken from the chat model.</summary>
    public ChatGatewayOptions Limits { get; init; } = new() { Model = "", Endpoint = "" };

    /// <summary>A folder whose prompts replace the default ones of the same name; null for none.</summary>
    public string? Prompts { get; init; }

    /// <summary>Name of the repository that seeds come from; null for all.</summary>
    public string? Repository { get; init; }

    /// <summary>Benchmarks that seeds and rows must not contain. Default: those that ship with the tool.</summary>
    public ContaminationDetector Benchmarks { get => field ?? BenchmarkLibrary.Shipped; init; }
}

/// <summary>The result of a run by agents.</summary>
/// <param name="Summary">Rows by outcome.</param>
/// <param name="Statistics">Requests, tokens, failures and cost.</param>
public sealed record GenerationResult(GenerationSummary Summary, ChatStatistics Statistics);

public sealed partial class RowWorkspace
{
    /// <summary>Has language agents write rows, then writes the run's report page. Resumes a run that was interrupted.</summary>
    /// <param name="query">What to write.</param>
    /// <param name="model">The chat model.</param>
    /// <param name="cancellation">Ends the run; finished epochs and recorded replies are kept.</param>
    /// <exception cref="RequestException">The repository or language does not exist.</exception>
    /// <exception cref="RunMismatchException">The run was started with other options.</exception>
    /// <exception cref="EndpointException">The endpoint can no longer be used.</exception>
    /// <exception cref="StoreException">The workspace cannot be written, or nothing is indexed.</exception>
    public GenerationResult Generate(GenerationQuery query, ChatModel model, CancellationToken cancellation = default)
    {
        using var inputs = new Inputs(this, query, cancellation);
        var result = Generate(inputs, query, query.Options, model, cancellation);
        WriteReport(RunReport.Of(inputs.Rows, inputs.Rows.Runs().First(run => run.Id == result.Summary.Run)));
        return result;
    }

    /// <summary>Estimates the requests, tokens and cost of a run without sending anything.</summary>
    /// <param name="query">What would be written.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="RequestException">The repository or language does not exist.</exception>
    /// <exception cref="StoreException">The workspace cannot be written, or nothing is indexed.</exception>
    public RunEstimate Estimate(GenerationQuery query, CancellationToken cancellation = default)
    {
        using var inputs = new Inputs(this, query, cancellation);
        return RunEstimator.EstimateAsync(inputs.Workspace, inputs.Rows, inputs.Prompts, query.Options, query.Limits, cancellation)
            .GetAwaiter().GetResult();
    }

    /// <summary>Writes rows from the same seeds with two kinds of context, and compares them.</summary>
    /// <param name="query">What to write.</param>
    /// <param name="model">The chat model.</param>
    /// <param name="kinds">The two kinds of context.</param>
    /// <param name="cancellation">Ends the runs.</param>
    /// <returns>The comparison. When the budget ran out, the comparison is null and <c>Ended</c> says what ended the run.</returns>
    /// <exception cref="EndpointException">The endpoint can no longer be used.</exception>
    /// <exception cref="StoreException">The workspace cannot be written, or nothing is indexed.</exception>
    public (RunComparison? Comparison, string? Ended) Compare(GenerationQuery query, ChatModel model,
        (ContextKind First, ContextKind Second) kinds, CancellationToken cancellation = default)
    {
        using var inputs = new Inputs(this, query, cancellation);
        var results = new List<(string Name, long Run)>();
        foreach (var kind in (ContextKind[])[kinds.First, kinds.Second])
        {
            // Both runs must use the same seeds: planning may not adapt to answers, and every seed must get its context.
            var name = kind.ToString().ToLower(CultureInfo.InvariantCulture);
            var options = query.Options with { Run = $"{query.Options.Run}-{name}", IsAdaptive = false, HoldOut = 0,
                Context = query.Options.Context with { Kind = kind } };
            var summary = Generate(inputs, query, options, model, cancellation).Summary;
            if (summary.IsOutOfBudget)
            {
                return (null, summary.Ended);
            }

            results.Add((name, summary.Run));
        }

        return (RunComparison.Of(RowsOf(results[0]), RowsOf(results[1]), query.Options.Seed), null);

        (string, IEnumerable<XCoder.Agents.Rows.InstructionRow>) RowsOf((string Name, long Run) result) =>
            (result.Name, inputs.Rows.Rows(new RowSelection(result.Run)));
    }

    private GenerationResult Generate(Inputs inputs, GenerationQuery query, GenerationOptions options, ChatModel model,
        CancellationToken cancellation)
    {
        var replies = ReplyStore.Open(code.Folder);
        try
        {
            var run = AgentRun.Begin(inputs.Workspace, inputs.Rows, inputs.Prompts, options, model.Name,
                TimeProvider.System.GetUtcNow()).Id;
            using var gateway = new ChatGateway(model.Kernel, replies,
                query.Limits with { Model = model.Name, Endpoint = model.Endpoint, Run = run, Seed = options.Seed });
            var progress = code.Options.Progress is { } told ? new Told(told, () => gateway.Statistics) : null;
            using var drafts = options.RunsDrafts && SandboxCheck.Run(code.RepositoryRoots()) is { Works: true } sandbox
                ? new DraftRunner(new Verifier(code.Catalog, inputs.Workspace.Toolchains, sandbox,
                    new VerifierOptions { NeedsIndependentTests = false }), replies, run, Environment.ProcessorCount) : null;
            var summary = new AgentRun(inputs.Workspace, inputs.Rows, gateway, inputs.Prompts, options, model.Name,
                TimeProvider.System, drafts).RunAsync(progress, cancellation).GetAwaiter().GetResult();
            return new GenerationResult(summary, gateway.Statistics);
        }
        finally
        {
            replies.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private void WriteReport(RunReport report) =>
        AsideFile.Replace(Path.Combine(code.Folder, ReportName), AsideFile.Text(writer => RunReportHtml.Write(writer, report)));

    // Everything that agents read, opened in order and closed in reverse order.
    private sealed class Inputs : IDisposable
    {
        private readonly List<IDisposable> _open = [];

        public Inputs(RowWorkspace rows, GenerationQuery query, CancellationToken cancellation)
        {
            var code = rows.Code;
            try
            {
                Prompts = PromptLibrary.Open(query.Prompts);
                var store = Opened(code.OpenStore());
                var selection = code.Select(store, query.Repository);
                var state = code.OpenConcepts(cancellation);
                var hold = Opened(code.Hold(cancellation));
                var model = Opened(code.OpenModel());
                Rows = Opened(GenerationStore.Open(code.Folder));
                Workspace = new AgentWorkspace
                {
                    Workspace = hold.Folder,
                    Store = store,
                    Concepts = state.Concepts,
                    Rule = state.Semantic.Rule,
                    Duplicates = new DuplicateOptions { MinTokens = new SemanticIndexOptions().MinTokens, Threads = code.Options.Threads },
                    Model = model,
                    Tokenizer = XCoder.Analysis.Workspace.TokenizerOf(model),
                    Catalog = code.Catalog,
                    Selection = selection,
                    Benchmarks = query.Benchmarks,
                };
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public AgentWorkspace Workspace { get; }

        public GenerationStore Rows { get; }

        public PromptLibrary Prompts { get; }

        public void Dispose()
        {
            for (var i = _open.Count; i-- > 0;)
            {
                _open[i].Dispose();
            }
        }

        private T Opened<T>(T item)
            where T : IDisposable
        {
            _open.Add(item);
            return item;
        }
    }

    private sealed class Told(IProgress<StageProgress> progress, Func<ChatStatistics> statistics) : IProgress<GenerationProgress>
    {
        public void Report(GenerationProgress value)
        {
            var now = statistics();
            var cost = now.Cost is { } spent ? string.Create(CultureInfo.InvariantCulture, $"  cost {spent:0.00}") : "";
            var lost = value.Lost > 0 ? string.Create(CultureInfo.InvariantCulture, $"  lost {value.Lost:N0}") : "";
            progress.Report(new StageProgress("generating", value.Done, value.Count)
            {
                Unit = "rows",
                Detail = string.Create(CultureInfo.InvariantCulture,
                    $"accepted {value.Accepted:N0}  revised {value.Revised:N0}  "
                        + $"rejected {value.Rejected:N0}{lost}  {now.PromptTokens + now.CompletionTokens:N0} tokens{cost}"),
            });
        }
    }
}
