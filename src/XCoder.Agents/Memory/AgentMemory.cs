using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace XCoder.Agents.Memory;

/// <summary>An agent's memory. Immutable: an epoch uses the memory from its start.</summary>
public sealed record AgentMemory
{
    /// <summary>Language id of the agent.</summary>
    public required string Language { get; init; }

    /// <summary>The agent's lessons: merits, then faults; each with pinned ones first, then the most useful.</summary>
    public IReadOnlyList<Lesson> Lessons { get; init; } = [];

    /// <summary>Beginnings of the agent's latest instructions, newest first; at most <see cref="MemoryOptions.Recent"/>.</summary>
    public IReadOnlyList<string> Recent { get; init; } = [];

    /// <summary>Number of rows the agent has written.</summary>
    public int Rows { get; init; }

    /// <summary>Value of <see cref="Rows"/> when the agent last reflected.</summary>
    public int Reflected { get; init; }

    /// <summary>Returns the lessons for a prompt: pinned ones first, then the most useful, newer before older.</summary>
    /// <param name="kind">Merits or faults.</param>
    /// <param name="options">Limits the number.</param>
    public IReadOnlyList<Lesson> Shown(LessonKind kind, MemoryOptions options) =>
        [.. Ranked(Lessons.Where(lesson => lesson.Kind == kind)).Take(options.Shown)];

    /// <summary>
    /// Returns this memory with the lessons of a reflection. A known lesson takes the later epoch; lessons beyond the limit are dropped.
    /// </summary>
    /// <remarks>
    /// Half of the unpinned places go to the newest lessons, so that they can prove useful; the rest go to the most useful.
    /// </remarks>
    public AgentMemory Learn(IEnumerable<Lesson> found, MemoryOptions options)
    {
        var lessons = Lessons.ToDictionary(lesson => lesson.Id);
        foreach (var lesson in found)
        {
            lessons[lesson.Id] = lessons.TryGetValue(lesson.Id, out var known)
                ? known with { Epoch = Math.Max(known.Epoch, lesson.Epoch), IsPinned = known.IsPinned || lesson.IsPinned } : lesson;
        }

        return this with { Lessons = [.. Enum.GetValues<LessonKind>()
            .SelectMany(kind => Bounded([.. lessons.Values.Where(lesson => lesson.Kind == kind)], options.Lessons))] };
    }

    /// <summary>Returns this memory without some lessons; pinned ones stay.</summary>
    /// <param name="ids">Ids of the lessons to drop.</param>
    public AgentMemory Without(IReadOnlySet<string> ids) =>
        this with { Lessons = [.. Lessons.Where(lesson => lesson.IsPinned || !ids.Contains(lesson.Id))] };

    /// <summary>
    /// Returns lessons of other agents that this agent does not have yet: first those that most agents have, then the most useful. Lessons
    /// that agents took over from one another are the transfer between languages of the Qwen2.5-xCoder paper.
    /// </summary>
    /// <param name="others">The memories of all agents of the run.</param>
    /// <param name="most">Highest number of lessons.</param>
    public IReadOnlyList<Lesson> Offered(IEnumerable<AgentMemory> others, int most)
    {
        var own = Lessons.Select(lesson => lesson.Meaning).ToHashSet();
        return [.. others.Where(memory => memory.Language != Language).SelectMany(memory => memory.Lessons)
            .Where(lesson => !own.Contains(lesson.Meaning)).GroupBy(lesson => lesson.Meaning)
            .OrderByDescending(group => group.Count()).ThenByDescending(group => group.Max(lesson => lesson.Usefulness))
            .ThenBy(group => group.Key, StringComparer.Ordinal).Take(most)
            .Select(group => group.OrderBy(lesson => lesson.Epoch).ThenBy(lesson => lesson.Id, StringComparer.Ordinal).First())];
    }

    /// <summary>Returns this memory after the agent wrote a row.</summary>
    /// <param name="task">Beginning of the row's instruction.</param>
    /// <param name="used">Ids of the lessons in its prompts.</param>
    /// <param name="isAccepted">Whether the row was accepted.</param>
    /// <param name="options">Limits the number of recent tasks.</param>
    public AgentMemory After(string task, IReadOnlyCollection<string> used, bool isAccepted, MemoryOptions options) =>
        Used(used, isAccepted) with { Rows = Rows + 1, Recent = [.. Recent.Prepend(task).Take(options.Recent)] };

    /// <summary>Returns this memory after another agent's row whose prompts contained some of its lessons.</summary>
    /// <param name="used">Ids of the lessons.</param>
    /// <param name="isAccepted">Whether the row was accepted.</param>
    public AgentMemory Used(IReadOnlyCollection<string> used, bool isAccepted) => this with
    {
        Lessons = [.. Lessons.Select(lesson => used.Contains(lesson.Id)
            ? lesson with { Uses = lesson.Uses + 1, Accepted = lesson.Accepted + (isAccepted ? 1 : 0) } : lesson)],
    };

    private static IEnumerable<Lesson> Bounded(List<Lesson> lessons, int most)
    {
        if (lessons.Count <= most)
        {
            return Ranked(lessons);
        }

        var kept = lessons.Where(lesson => lesson.IsPinned).ToHashSet();
        var free = Math.Max(0, most - kept.Count);
        foreach (var lesson in lessons.Where(lesson => !lesson.IsPinned).OrderByDescending(lesson => lesson.Epoch)
            .ThenBy(lesson => lesson.Id, StringComparer.Ordinal).Take(free / 2))
        {
            kept.Add(lesson);
        }

        foreach (var lesson in Ranked(lessons))
        {
            if (kept.Count >= most)
            {
                break;
            }

            kept.Add(lesson);
        }

        return Ranked(kept);
    }

    private static IEnumerable<Lesson> Ranked(IEnumerable<Lesson> lessons) => lessons.OrderByDescending(lesson => lesson.IsPinned)
        .ThenByDescending(lesson => lesson.Usefulness).ThenByDescending(lesson => lesson.Epoch)
        .ThenBy(lesson => lesson.Id, StringComparer.Ordinal);
}

/// <summary>
/// A merit or fault that an agent found in its own rows (the reflection of the Qwen2.5-xCoder paper), or that a person wrote for it.
/// </summary>
public sealed partial record Lesson
{
    /// <summary>First 12 hex digits of a hash over language, kind and normalised text.</summary>
    public required string Id { get; init; }

    /// <summary>Language id of the agent.</summary>
    public required string Language { get; init; }

    /// <summary>Whether the lesson is a merit or a fault.</summary>
    public required LessonKind Kind { get; init; }

    /// <summary>The lesson in one sentence.</summary>
    public required string Text { get; init; }

    /// <summary>Epoch in which the lesson was found; -1 for one that a person wrote.</summary>
    public required int Epoch { get; init; }

    /// <summary>Language id of the agent that found it, where this agent took it over from another one; otherwise null.</summary>
    public string? From { get; init; }

    /// <summary>Number of rows whose prompts contained the lesson.</summary>
    public int Uses { get; init; }

    /// <summary>How many of those rows were accepted.</summary>
    public int Accepted { get; init; }

    /// <summary>Whether the lesson is never dropped, because a person wrote or kept it.</summary>
    public bool IsPinned { get; init; }

    /// <summary>
    /// Share of accepted rows among those written with the lesson, with one row of each outcome added (Laplace smoothing): 0.5 for an
    /// unused lesson.
    /// </summary>
    public double Usefulness => (Accepted + 1.0) / (Uses + 2.0);

    /// <summary>What two lessons share that differ only in case, layout, punctuation or articles.</summary>
    internal string Meaning => $"{Kind} {Normal(Text)}";

    /// <summary>Makes a lesson and its id.</summary>
    public static Lesson Of(string language, LessonKind kind, string text, int epoch, bool isPinned = false) => new()
    {
        Id = XCoder.Agents.Rows.RowId.Hash(language, kind.ToString(), Normal(text))[..12],
        Language = language,
        Kind = kind,
        Text = text.ReplaceLineEndings(" ").Trim(),
        Epoch = epoch,
        IsPinned = isPinned,
    };

    private static string Normal(string text) => string.Join(' ', Word().Matches(text.ToLowerInvariant()).Select(word => word.Value)
        .Where(word => word is not ("a" or "an" or "the")));

    // Signs belong to it: "use ==" and "use =" are two lessons.
    [GeneratedRegex(@"\w+|[^\w\s.,;:!?'""`]+")]
    private static partial Regex Word();
}

/// <summary>Whether a lesson encourages or warns.</summary>
public enum LessonKind
{
    /// <summary>Something to do again.</summary>
    [JsonStringEnumMemberName("merit")]
    Merit,

    /// <summary>Something to avoid.</summary>
    [JsonStringEnumMemberName("fault")]
    Fault,
}
