using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Generation;
using XCoder.Agents.Prompts;
using XCoder.Agents.Reports;
using XCoder.Agents.Store;
using XCoder.Agents.Verification;
using XCoder.Agents.Verification.Differential;
using XCoder.Agents.Verification.Gates;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis;
using XCoder.Analysis.Store;

namespace XCoder.Agents;

/// <summary>Which rows are verified, and how.</summary>
public sealed record VerificationQuery
{
    /// <summary>Name or number of the run whose rows are meant; null for all.</summary>
    public string? Run { get; init; }

    /// <summary>Name of the repository that one of a row's seeds must be of; null for all.</summary>
    public string? Repository { get; init; }

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

/// <summary>What verification did.</summary>
/// <param name="Sandbox">Whether programs could be run, and how they were isolated.</param>
/// <param name="Rows">Rows by status.</param>
/// <param name="Translations">Translations by what running them beside their sources showed.</param>
/// <param name="Judged">What the judge came to.</param>
/// <param name="Reported">Number of the run whose page in the workspace was made anew; null where there is none.</param>
public sealed record VerificationResult(SandboxCheck Sandbox, VerificationSummary Rows, TranslationSummary Translations,
    JudgeSummary Judged, long? Reported);

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
        var sandbox = SandboxCheck.Run(code.RepositoryRoots());
        using var tester = new DifferentialTester(code.Catalog, toolchains, CallCatalog.Open(), sandbox,
            Translating with { IsLenient = query.IsLenient, Limits = Translating.Limits with { Memory = query.Options.Limits.Memory } });
        var translating = new TranslationGate(tester);
        using var verifier = new Verifier(code.Catalog, toolchains, sandbox, query.Options, [translating]);
        using var journal = RowJournal.OfVerification(code.Folder, threads, cancellation);
        var verifying = new VerificationStep(verifier, threads, query.Again, journal);
        var comparing = new TranslationStep(translating, threads, query.Again, journal);
        var judged = Judging(query,
            judging => new RowPass(rows, [verifying, comparing, judging]).RunAsync(new RowSelection(run, Repository: query.Repository),
                code.Options.Progress, cancellation).GetAwaiter().GetResult());
        var changed = rows.Runs().LastOrDefault(item => run is null ? item.Kind == AgentRun.Kind : item.Id == run);
        if (changed is not null)
        {
            WriteReport(RunReport.Of(rows, changed));
        }

        return new VerificationResult(sandbox, verifying.Summary, comparing.Summary, judged, changed?.Id);
    }

    // Replies are recorded when the pass is over; without a judge what it would be asked is counted.
    private JudgeSummary Judging(VerificationQuery query, Action<JudgeStep> pass)
    {
        if (query.Judge is not { } model)
        {
            var counting = new JudgeStep(null, 1);
            pass(counting);
            return counting.Summary;
        }

        var replies = ReplyStore.Open(code.Folder);
        try
        {
            using var gateway =
                new ChatGateway(model.Kernel, replies, query.JudgeLimits with { Model = model.Name, Endpoint = model.Endpoint });
            var judging =
                new JudgeStep(
                    new AnswerJudge(gateway, PromptLibrary.Open(query.Prompts), model.Name, id => code.Catalog.Find(id)?.Name ?? id),
                    query.JudgeLimits.MaxConcurrency);
            pass(judging);
            return judging.Summary;
        }
        finally
        {
            replies.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
