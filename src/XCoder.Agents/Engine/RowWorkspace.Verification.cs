using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Differential;
using XCoder.Agents.Generation;
using XCoder.Agents.Prompts;
using XCoder.Agents.Reports;
using XCoder.Agents.Sandbox;
using XCoder.Agents.Storage;
using XCoder.Agents.Toolchains;
using XCoder.Agents.Verification;
using XCoder.Analysis;
using XCoder.Analysis.Model;
using XCoder.Analysis.Storage;

namespace XCoder.Agents;

/// <summary>Which rows are verified, and how.</summary>
public sealed record VerificationQuery
{
    /// <summary>Name or number of the run whose rows are meant; null for all.</summary>
    public string? Run { get; init; }

    /// <summary>Whether rows count, too, that were verified before. Default: no.</summary>
    public bool Again { get; init; }

    /// <summary>Limits of the gates.</summary>
    public VerifierOptions Options { get; init; } = new();

    /// <summary>Whether translations stay unknown that differ only for values they may not be meant for. Default: no.</summary>
    public bool IsLenient { get; init; }

    /// <summary>Judges answers that cannot be run here; null leaves them.</summary>
    public ChatModel? Judge { get; init; }

    /// <summary>Limits of requests to the judge.</summary>
    public ChatGatewayOptions JudgeLimits { get; init; } = new() { Model = "", Endpoint = "" };

    /// <summary>Folder of prompts that replace those of the same name; null for none.</summary>
    public string? Prompts { get; init; }
}

/// <summary>What a judge came to.</summary>
/// <param name="Open">Rows whose answers only a judge could compare, and none was given.</param>
/// <param name="Rows">Rows that were judged.</param>
/// <param name="Preferences">Pairs of answers told apart.</param>
/// <param name="Lost">Rows without a usable answer.</param>
/// <param name="IsOutOfBudget">Whether the budget ended it.</param>
public sealed record JudgeSummary(int Open, int Rows, int Preferences, int Lost, bool IsOutOfBudget);

/// <summary>What verification did.</summary>
/// <param name="Sandbox">Whether programs could be run, and how they were isolated.</param>
/// <param name="Rows">Rows by status.</param>
/// <param name="Translations">Translations by what running them beside their sources showed.</param>
/// <param name="Judged">What the judge came to.</param>
/// <param name="Reported">Number of the run whose page in the workspace was made anew; null where there is none.</param>
public sealed record VerificationResult(SandboxCheck Sandbox, VerificationSummary Rows, TranslationSummary Translations, JudgeSummary Judged, long? Reported);

public sealed partial class RowWorkspace
{
    private static readonly DifferentialOptions Translating = new();

    /// <summary>Puts rows through the gates and runs translations beside their sources, in the sandbox or not at all.</summary>
    /// <param name="query">Which rows; null for all that were not verified before.</param>
    /// <param name="cancellation">Ends the work; rows that are done are stored.</param>
    /// <exception cref="RequestException">There is no such run.</exception>
    /// <exception cref="StoreException">The workspace cannot be written, or nothing was generated.</exception>
    public VerificationResult Verify(VerificationQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new VerificationQuery();
        OpenRows().Dispose();
        using var hold = code.Hold(cancellation);
        using var rows = OpenRows();
        var run = query.Run is { } name ? FindRun(rows, name).Id : (long?)null;

        // Rows must not be given up for the lack of a folder.
        ScratchFolder.Create("sandbox").Dispose();
        var (toolchains, threads) = (ToolchainCatalog.Open(), code.Options.Threads);
        using var verifier = new Verifier(code.Catalog, toolchains, SandboxCheck.Run(code.RepositoryRoots()), query.Options);
        using var tester = new DifferentialTester(code.Catalog, toolchains, CallCatalog.Open(), verifier.Sandbox, Translating with { IsLenient = query.IsLenient, Limits = Translating.Limits with { Memory = query.Options.Limits.Memory } });
        var translating = new TranslationGate(tester);
        using var journal = RowJournal.OfVerification(code.Folder, threads, cancellation);
        var summary = new VerificationRun(rows, verifier, translating, threads, journal).Run(run, query.Again, Tell("verifying"), cancellation);
        var translations = new TranslationRun(rows, translating, threads, journal).Run(run, query.Again, Tell("comparing translations"), cancellation);
        var judged = Judge(rows, run, query, cancellation);
        var changed = rows.Runs().LastOrDefault(item => run is null ? item.Kind == AgentRun.Kind : item.Id == run);
        if (changed is not null)
        {
            WriteReport(RunReport.Of(rows, changed));
        }

        return new VerificationResult(verifier.Sandbox, summary, translations, judged, changed?.Id);
    }

    private Action<int, int> Tell(string stage) => (done, all) => code.Options.Progress?.Report(new StageProgress(stage, done, all));

    private JudgeSummary Judge(GenerationStore rows, long? run, VerificationQuery query, CancellationToken cancellation)
    {
        var open = JudgeRun.Open(rows, run);
        if (query.Judge is not { } model)
        {
            return new JudgeSummary(open.Count, 0, 0, 0, false);
        }

        var replies = ReplyStore.Open(code.Folder);
        try
        {
            using var gateway = new ChatGateway(model.Kernel, replies, query.JudgeLimits with { Model = model.Name, Endpoint = model.Endpoint });
            var judge = new AnswerJudge(gateway, PromptLibrary.Open(query.Prompts), model.Name, id => code.Catalog.Find(id)?.Name ?? id);
            var (preferences, lost, isOutOfBudget) = new JudgeRun(rows, judge, query.JudgeLimits.MaxConcurrency).RunAsync(open, Tell("judging"), cancellation).GetAwaiter().GetResult();
            return new JudgeSummary(0, open.Count, preferences, lost, isOutOfBudget);
        }
        finally
        {
            replies.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
