using XCoder.Agents.Dialogue;
using XCoder.Agents.Memory;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Agents.Generation;

/// <summary>The state of a run between two epochs. Reading it from the store gives the same state as carrying it on in memory.</summary>
internal sealed class RunState
{
    /// <summary>Highest number of accepted rows that a prompt shows.</summary>
    public const int Examples = 2;

    /// <summary>Highest number of characters of each.</summary>
    public const int MostExample = 1500;

    private readonly GenerationOptions _options;
    private readonly Dictionary<string, List<InstructionRow>> _best = [];
    private readonly Dictionary<string, Queue<InstructionRow>> _last = [];

    private RunState(GenerationOptions options, Scheduler scheduler)
    {
        (_options, Scheduler, Novelty) = (options, scheduler, new NoveltyIndex(options.Memory));
    }

    public Scheduler Scheduler { get; }

    public NoveltyIndex Novelty { get; }

    /// <summary>Memories by language.</summary>
    public Dictionary<string, AgentMemory> Memories { get; } = [];

    /// <summary>Finished epochs.</summary>
    public int Epochs { get; private set; }

    /// <summary>Rows planned so far, whatever their outcome.</summary>
    public int Planned { get; private set; }

    /// <summary>Planned rows that were not lost: those that count towards what was asked for.</summary>
    public int Kept => Planned - Outcomes.GetValueOrDefault(Generation.Outcomes.Lost);

    /// <summary>Planned rows by outcome.</summary>
    public Dictionary<string, int> Outcomes { get; } = [];

    /// <summary>Rows that contain parts of benchmarks.</summary>
    public int Contaminated { get; private set; }

    /// <summary>Revisions so far.</summary>
    public int Revisions { get; private set; }

    /// <summary>Reads the state after the last stored epoch; of a new run, the initial state.</summary>
    public static RunState Read(GenerationStore store, long run, IReadOnlyList<PlannedSeed> seeds, GenerationOptions options)
    {
        var state = new RunState(options, new Scheduler(seeds, options));
        foreach (var epoch in store.Epochs(run))
        {
            state.Count(epoch);
        }

        foreach (var (language, memory) in store.Memories(run))
        {
            state.Memories[language] = memory;
        }

        foreach (var print in store.Prints(run))
        {
            state.Novelty.Add(print);
        }

        foreach (var row in store.Rows(new RowSelection(run)))
        {
            state.Remember(row);
        }

        return state;
    }

    /// <summary>Returns a language's agent for the next epoch.</summary>
    public Agent Agent(string language, string name, string style, string testGuide) => new()
    {
        Language = language,
        Name = name,
        Style = style,
        TestGuide = testGuide,
        Memory = Memories.GetValueOrDefault(language) ?? new AgentMemory { Language = language },
        Examples = [.. (_best.GetValueOrDefault(language) ?? []).Select(row => DataBlock.Of("accepted task", Cut(row.Instruction)))],
    };

    /// <summary>Returns the latest rows of a language, oldest first; at most <see cref="MemoryOptions.ReflectEvery"/>.</summary>
    public IReadOnlyCollection<InstructionRow> Last(string language) => _last.GetValueOrDefault(language) ?? [];

    /// <summary>Adds a finished epoch to the state.</summary>
    public void Count(IReadOnlyList<EpochItem> items)
    {
        Epochs++;
        Planned += items.Count;
        Revisions += items.Sum(item => item.Revisions);
        Scheduler.Replay([items]);
        foreach (var item in items)
        {
            Outcomes[item.Outcome] = Outcomes.GetValueOrDefault(item.Outcome) + 1;
        }
    }

    /// <summary>Adds a row to the state.</summary>
    public void Remember(InstructionRow row)
    {
        Contaminated += row.Contamination is null ? 0 : 1;
        var last = _last.TryGetValue(row.TargetLanguage, out var known) ? known : _last[row.TargetLanguage] = new Queue<InstructionRow>();
        last.Enqueue(row with { Transcript = [] });
        while (last.Count > _options.Memory.ReflectEvery)
        {
            last.Dequeue();
        }

        if (row.Critique.Verdict == Verdict.Accept && !row.Verification.HasFailure() && RowKind.Of(row).GivesExamples)
        {
            var best = _best.TryGetValue(row.TargetLanguage, out var list) ? list : _best[row.TargetLanguage] = [];
            best.Add(row with { Transcript = [] });
            _best[row.TargetLanguage] = [.. best.OrderByDescending(item => item.Critique.Total)
                .ThenBy(item => item.Id, StringComparer.Ordinal).Take(Examples)];
        }
    }

    private static string Cut(string text) => text.Length <= MostExample ? text : text[..MostExample] + "…";
}
