using System.Text.Json.Serialization;

namespace XCoder.Agents.Memory;

/// <summary>What one agent remembers. Immutable: an epoch sees that of its start.</summary>
public sealed record AgentMemory
{
    /// <summary>Language id of the agent.</summary>
    public required string Language { get; init; }

    /// <summary>Its lessons, most useful first.</summary>
    public IReadOnlyList<Lesson> Lessons { get; init; } = [];

    /// <summary>Beginnings of its latest instructions, newest first; bounded.</summary>
    public IReadOnlyList<string> Recent { get; init; } = [];

    /// <summary>Rows it has written.</summary>
    public int Rows { get; init; }

    /// <summary>Rows it had written when it reflected last.</summary>
    public int Reflected { get; init; }

    /// <summary>The lessons that enter a prompt: pinned ones, then the most useful, of equal ones the newest.</summary>
    /// <param name="kind">Merits or faults.</param>
    /// <param name="options">How many.</param>
    public IReadOnlyList<Lesson> Shown(LessonKind kind, MemoryOptions options) =>
        [.. Ranked(Lessons.Where(lesson => lesson.Kind == kind)).Take(options.Shown)];

    /// <summary>
    /// This memory with what a reflection found: a lesson known already only becomes newer, and those beyond the bound are dropped.
    /// </summary>
    /// <remarks>Half of the places are for the newest, so that new lessons get the chance to prove useful; the other half for the most
    /// useful.</remarks>
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

    /// <summary>This memory after a row.</summary>
    /// <param name="task">Beginning of the row's instruction.</param>
    /// <param name="used">Ids of the lessons its prompts showed.</param>
    /// <param name="isAccepted">Whether the row was accepted.</param>
    /// <param name="options">How much is remembered.</param>
    public AgentMemory After(string task, IReadOnlyCollection<string> used, bool isAccepted, MemoryOptions options) =>
        Used(used, isAccepted) with { Rows = Rows + 1, Recent = [.. Recent.Prepend(task).Take(options.Recent)] };

    /// <summary>This memory after another agent's row that some of its lessons had part in.</summary>
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

/// <summary>A merit or fault that an agent found in its own rows (the paper's reflection), or that a person wrote for it.</summary>
public sealed record Lesson
{
    /// <summary>Id, 12 hex digits of a hash over language, kind and text.</summary>
    public required string Id { get; init; }

    /// <summary>Language id of the agent.</summary>
    public required string Language { get; init; }

    /// <summary>Merit or fault.</summary>
    public required LessonKind Kind { get; init; }

    /// <summary>One sentence.</summary>
    public required string Text { get; init; }

    /// <summary>Epoch it was found in; -1 for one a person wrote.</summary>
    public required int Epoch { get; init; }

    /// <summary>Rows written with it in the prompt.</summary>
    public int Uses { get; init; }

    /// <summary>How many of those were accepted.</summary>
    public int Accepted { get; init; }

    /// <summary>Whether it is never dropped: written or kept by a person.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Share of the rows written with it that were accepted, with one of each supposed: 0.5 for an unused one.</summary>
    public double Usefulness => (Accepted + 1.0) / (Uses + 2.0);

    /// <summary>A lesson with its id.</summary>
    public static Lesson Of(string language, LessonKind kind, string text, int epoch, bool isPinned = false) => new()
    {
        Id = XCoder.Agents.Rows.RowId.Hash(language, kind.ToString(), Normal(text))[..12],
        Language = language,
        Kind = kind,
        Text = text.ReplaceLineEndings(" ").Trim(),
        Epoch = epoch,
        IsPinned = isPinned,
    };

    // Case, layout and the full stop make no other lesson.
    private static string Normal(string text) =>
        string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}

/// <summary>What a lesson is about.</summary>
public enum LessonKind
{
    /// <summary>Worth doing again.</summary>
    [JsonStringEnumMemberName("merit")]
    Merit,

    /// <summary>To be avoided.</summary>
    [JsonStringEnumMemberName("fault")]
    Fault,
}
