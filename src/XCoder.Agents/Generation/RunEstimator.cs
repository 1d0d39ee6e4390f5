using XCoder.Agents.Chat;
using XCoder.Agents.Dialogue;
using XCoder.Agents.Licences;
using XCoder.Agents.Memory;
using XCoder.Agents.Prompts;
using XCoder.Agents.Redaction;
using XCoder.Agents.Store;

namespace XCoder.Agents.Generation;

/// <summary>
/// Estimates the cost of a run before it starts. Plays a sample of the next rows with their real seeds, context and prompts, and with
/// made-up answers of typical length.
/// </summary>
internal static class RunEstimator
{
    private const int MostSample = 64, UsualLesson = 90, UsualRow = 800, LessonsAReflection = 2;
    private const double TokensASecond = 60;

    /// <summary>Estimates the rest of a run.</summary>
    /// <param name="workspace">The workspace it reads.</param>
    /// <param name="store">The store of rows.</param>
    /// <param name="prompts">The prompts.</param>
    /// <param name="options">What the run writes, and how.</param>
    /// <param name="limits">Prices, rates and requests in flight.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static async Task<RunEstimate> EstimateAsync(AgentWorkspace workspace, GenerationStore store, PromptLibrary prompts,
        GenerationOptions options, ChatGatewayOptions limits, CancellationToken cancellation = default)
    {
        options.Validate();
        var licences = LicencePolicy.Parse(options.Licences);
        var pool = SeedPool.Open(workspace, options, licences, cancellation);
        var state = RunState.Read(store, store.FindRun(RunKey.Of(options.Run))?.Id ?? 0, pool.Seeds, options);
        var left = Math.Max(0, options.Count - state.Kept);
        var items = Sample(state, options, left);
        var lengths = ReplyLengths.Of(store.Replies(limits.Model, ReplyLengths.Most));
        var gateway = new EstimateGateway(lengths);
        using var preparer = new ItemPreparer(workspace, options, new SensitiveTextGuard(), licences, new TranslationTasks(prompts),
            Variety.Open(prompts.Folder));
        var dialogue = new RowDialogue(gateway, prompts, options.Dialogue, options.Memory);
        var styles = StyleFacts.Of(workspace.Store.Briefs(), workspace.Catalog.FamilyOf);

        // Agents remember nothing in the first epoch of a run, and later as much as they may.
        var fresh = state.Epochs > 0 ? items.Count : (int)Math.Round(items.Count * Math.Min(1, (double)options.Epoch / Math.Max(1, left)));
        foreach (var (some, isFresh) in new[] { (items[..fresh], true), (items[fresh..], false) })
        {
            foreach (var prepared in preparer.Prepare(some, state,
                language => isFresh ? AgentOf(language) : Grown(AgentOf(language), options, lengths, left), cancellation))
            {
                await dialogue.RunAsync(prepared.Task with { FindRepeated = _ => null }, CodeInspector.None, cancellation);
            }
        }

        var scale = items.Count == 0 ? 0 : (double)left / items.Count;
        var spent = gateway.Spent(scale);
        var languages = items.Select(item => item.Target).Distinct().ToList();
        var reflections = languages.Count == 0 ? 0 : Reflections(left, languages.Count, options);
        if (reflections > 0)
        {
            var before = gateway.Spent(1);
            var agent = Grown(AgentOf(languages[0]), options, lengths, left);
            await dialogue.ReflectAsync(agent, new string('x', options.Memory.ReflectEvery * UsualRow), agent.Memory.Lessons, [], 0,
                cancellation);
            var after = gateway.Spent(1);
            spent = new Spent(spent.Requests + reflections, spent.Prompt + (reflections * (after.Prompt - before.Prompt)),
                spent.Completion + (reflections * (after.Completion - before.Completion)));
        }

        var requests = (long)Math.Ceiling(spent.Requests);
        var prompt = (long)(spent.Prompt / EstimateGateway.CharactersAToken);
        var completion = (long)(spent.Completion * lengths.TokensACharacter);
        return new RunEstimate
        {
            Rows = left,
            Sample = items.Count,
            Requests = requests,
            PromptTokens = prompt,
            CompletionTokens = completion,
            Cost = limits.PromptPrice is { } sent && limits.CompletionPrice is { } received
                ? ((prompt * sent) + (completion * received)) / 1_000_000 : null,
            Time = Slowest(completion / TokensASecond / limits.MaxConcurrency, 60 * requests / limits.RequestsPerMinute,
                60 * (prompt + completion) / limits.TokensPerMinute),
            Basis = $"real prompts of {items.Count} rows, answers "
                + (lengths.Replies > 0 ? $"as long as the last {lengths.Replies:N0} of this model" : "of usual length")
                + $", {EstimateGateway.CharactersAToken} characters a token, {TokensASecond:0} tokens a second a request",
        };

        Agent AgentOf(string language) => state.Agent(language, workspace.Catalog.Find(language)?.Name ?? language,
            styles.GetValueOrDefault(language) ?? "",
            workspace.Toolchains.Toolchains.FirstOrDefault(toolchain => toolchain.Language == language)?.Guide ?? "");
    }

    // An agent reflects at the end of the first epoch in which it has written enough rows since it last did.
    private static long Reflections(int left, int languages, GenerationOptions options)
    {
        var each = (double)Math.Min(left, options.Epoch) / languages;
        return (long)(languages * Math.Floor(Math.Ceiling((double)left / options.Epoch)
            / Math.Max(1, Math.Ceiling(options.Memory.ReflectEvery / each))));
    }

    // The agent with what it remembers in the middle of the run: about two lessons of a kind from each reflection.
    private static Agent Grown(Agent agent, GenerationOptions options, ReplyLengths lengths, int left) => agent with
    {
        Memory = agent.Memory with
        {
            Lessons = [.. Enum.GetValues<LessonKind>().SelectMany(kind => Enumerable
                .Range(0, Math.Min(options.Memory.Shown, Math.Max(LessonsAReflection, left / options.Epoch)))
                .Select(i => Lesson.Of(agent.Language, kind, $"{i}".PadRight(UsualLesson, 'x'), 0)))],
            Recent = [.. Enumerable.Range(0, options.Memory.Recent).Select(i => $"{i}".PadRight(EpochMerger.MostTask, 'x'))],
        },
        Examples = [.. Enumerable.Range(0, RunState.Examples)
            .Select(_ => DataBlock.Of("accepted task", new string('x', Math.Min(RunState.MostExample, lengths["instruction"]))))],
    };

    // The first rows of the run. If they contain no discussion yet, later rows replace a part of them.
    private static List<WorkItem> Sample(RunState state, GenerationOptions options, int left)
    {
        var first = state.Scheduler.Plan(Math.Min(left, MostSample));
        var sample = first.ToList();
        var discussions = options.Kinds.Where(kind => kind.IsDiscussion).ToList();
        if (left > options.Epoch && state.Epochs == 0 && discussions.Count > 0 && first.All(item => !item.Kind.IsDiscussion))
        {
            // Keeps the share of discussions that the options request.
            var later = new Scheduler(state.Scheduler.Seeds, options with { Kinds = discussions }).Plan(first.Count);
            var share = discussions.Count / (double)options.Kinds.Count;
            var discussed = (int)Math.Round(first.Count * share);
            sample = [.. first.Take(first.Count - discussed), .. later.Take(discussed)];
        }

        return sample;
    }

    private static TimeSpan Slowest(params IEnumerable<double?> seconds) => TimeSpan.FromSeconds(Math.Min(seconds.Max() ?? 0, 1e9));
}

/// <summary>An estimate of what a run will take.</summary>
public sealed record RunEstimate
{
    /// <summary>Rows that remain to be written.</summary>
    public required int Rows { get; init; }

    /// <summary>Rows in the sample that the estimate is based on.</summary>
    public required int Sample { get; init; }

    /// <summary>Requests, without retries.</summary>
    public required long Requests { get; init; }

    /// <summary>Tokens sent.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Tokens received.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>Cost in the currency of the prices, or null when a price is unknown.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Duration, from 60 tokens per second and request in flight, or from the rate limits where these are slower.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>Assumptions of the estimate, in words.</summary>
    public required string Basis { get; init; }
}
