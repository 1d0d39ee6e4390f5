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
    /// <summary>Name or number of the run whose rows are verified; null for all.</summary>
    public string? Run { get; init; }

    /// <summary>Name of a repository that one of a row's seeds must come from; null for all.</summary>
    public string? Repository { get; init; }

    /// <summary>Whether rows that were already verified are verified again. Default: no.</summary>
    public bool Again { get; init; }

    /// <summary>Limits of the gates.</summary>
    public VerifierOptions Options { get; init; } = new();

    /// <summary>
    /// Whether a translation is unknown instead of wrong when it differs only for inputs it may not be meant for. Default: no.
    /// </summary>
    public bool IsLenient { get; init; }

    /// <summary>The chat model that judges answers that cannot be executed here; null for none.</summary>
    public ChatModel? Judge { get; init; }

    /// <summary>Limits of requests to the judge. Model and endpoint are taken from <see cref="Judge"/>.</summary>
    public ChatGatewayOptions JudgeLimits { get; init; } = new() { Model = "", Endpoint = "" };

    /// <summary>A folder whose prompts replace the default ones of the same name; null for none.</summary>
    public string? Prompts { get; init; }
}

/// <summary>The result of verification.</summary>
/// <param name="Sandbox">Whether programs could be run, and how they were isolated.</param>
/// <param name="Rows">Rows by status.</param>
/// <param name="Translations">Translations by the outcome of running them beside their sources.</param>
/// <param name="Judged">Preferences that the judge found.</param>
/// <param name="Reported">Number of the run whose report page was rewritten; null when there is none.</param>
public sealed record VerificationResult(SandboxCheck Sandbox, VerificationSummary Rows, TranslationSummary Translations,
    JudgeSummary Judged, long? Reported);

public sealed partial class RowWorkspace
{
    private static readonly DifferentialOptions Translating = new();

    /// <summary>
    /// Puts rows through the gates and runs translations beside their sources. Programs run only in the sandbox; without one they do not
    /// run at all.
    /// </summary>
    /// <param name="query">Which rows; null for all that were not verified before.</param>
    /// <param name="cancellation">Ends the work; finished rows are stored.</param>
    /// <exception cref="RequestException">The run does not exist.</exception>
    /// <exception cref="StoreException">The workspace cannot be written, or nothing was generated.</exception>
    public VerificationResult Verify(VerificationQuery? query = null, CancellationToken cancellation = default)
    {
        query ??= new VerificationQuery();
        OpenRows().Dispose();
        using var hold = code.Hold(cancellation);
        using var rows = OpenRows();
        var run = query.Run is { } name ? FindRun(rows, name).Id : (long?)null;

        // A missing scratch folder must fail here, not as a fault of each row.
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

    // Recorded replies are flushed when the pass is over. Without a judge, the step only counts the rows it would judge.
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
            using var gateway = new ChatGateway(model.Kernel, replies,
                query.JudgeLimits with { Model = model.Name, Endpoint = model.Endpoint });
            var judge = new AnswerJudge(gateway, PromptLibrary.Open(query.Prompts), model.Name, id => code.Catalog.Find(id)?.Name ?? id);
            var judging = new JudgeStep(judge, query.JudgeLimits.MaxConcurrency);
            pass(judging);
            return judging.Summary;
        }
        finally
        {
            replies.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
