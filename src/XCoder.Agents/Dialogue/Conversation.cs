using System.Text.Json;
using XCoder.Agents.Chat;
using XCoder.Agents.Memory;
using XCoder.Agents.Prompts;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Dialogue;

/// <summary>
/// Asks questions about one task on behalf of agents and keeps the transcript. Not thread-safe; only the questions within one call run
/// concurrently.
/// </summary>
internal sealed class Conversation(IChatGateway gateway, PromptLibrary prompts, DialogueTask task, MemoryOptions memory,
    CancellationToken cancellation)
{
    private const int MostText = 8000;

    private readonly List<TranscriptTurn> _turns = [];
    private readonly HashSet<(string, string)> _lessons = [];

    public DialogueTask Task => task;

    public IReadOnlyList<TranscriptTurn> Turns => _turns;

    public IReadOnlySet<(string Language, string Lesson)> Lessons => _lessons;

    /// <summary>Asks one agent one question. A null agent stands for a neutral role such as coordinator or critic.</summary>
    /// <exception cref="FailedAnswerException">The question got no answer.</exception>
    public async Task<JsonElement> AskAsync(string prompt, Agent? agent, int round, string speaker, Dictionary<string, object?> values) =>
        (await AskAllAsync(prompt, round, [(agent, speaker, values)]))[0];

    /// <summary>Asks independent questions concurrently. Answers and transcript keep the order given.</summary>
    /// <exception cref="FailedAnswerException">A question got no answer; the exception reports the first such question.</exception>
    public async Task<IReadOnlyList<JsonElement>> AskAllAsync(string prompt, int round,
        IReadOnlyList<(Agent? Agent, string Speaker, Dictionary<string, object?> Values)> questions)
    {
        var template = prompts[prompt];
        var replies = await System.Threading.Tasks.Task.WhenAll(
            questions.Select(question => gateway.AskAsync(Query(template, question.Values, task.Attempt), cancellation)));
        return [.. replies.Select((reply, i) => Take(reply, prompt, round, questions[i].Speaker)
            ?? throw new FailedAnswerException(reply.Failure!))];
    }

    /// <summary>
    /// Asks questions whose answers a row can do without. Each question is sampled separately, so equal questions can get different
    /// answers. Null stands for an unusable answer.
    /// </summary>
    /// <exception cref="FailedAnswerException">
    /// A question got no answer because the budget is used up or the endpoint is unavailable; the row must wait.
    /// </exception>
    public async Task<IReadOnlyList<JsonElement?>> AskSomeAsync(string prompt,
        IReadOnlyList<(Agent? Agent, string Speaker, Dictionary<string, object?> Values)> questions)
    {
        var template = prompts[prompt];
        var replies = await System.Threading.Tasks.Task.WhenAll(questions.Select((question, i) =>
            gateway.AskAsync(Query(template, question.Values, (task.Attempt * DialogueOptions.MostCandidates) + i), cancellation)));
        return replies.FirstOrDefault(reply => reply.Failure?.Kind is ChatFailureKind.Budget or ChatFailureKind.Unavailable) is { } waits
            ? throw new FailedAnswerException(waits.Failure!)
            : [.. replies.Select((reply, i) => Take(reply, prompt, 0, questions[i].Speaker))];
    }

    /// <summary>Returns the values that describe an agent in a prompt: language, style and lessons, plus the given ones.</summary>
    public Dictionary<string, object?> Persona(Agent agent, params IEnumerable<(string Name, object? Value)> more) =>
        Remembered(agent, [("language", agent.Name), ("style", agent.Style), .. more]);

    /// <summary>Returns the lessons of an agent, plus the given values.</summary>
    public Dictionary<string, object?> Remembered(Agent agent, params IEnumerable<(string Name, object? Value)> more)
    {
        var values = new Dictionary<string, object?> { ["merits"] = Shown(agent, LessonKind.Merit),
            ["faults"] = Shown(agent, LessonKind.Fault) };
        foreach (var (name, value) in more)
        {
            values[name] = value;
        }

        return values;
    }

    private List<string> Shown(Agent agent, LessonKind kind)
    {
        var shown = agent.Memory.Shown(kind, memory);
        foreach (var lesson in shown)
        {
            _lessons.Add((agent.Language, lesson.Id));
        }

        return [.. shown.Select(lesson => lesson.Text)];
    }

    private JsonElement? Take(ChatReply reply, string prompt, int round, string speaker)
    {
        if (reply.Answer is not { } answer)
        {
            return null;
        }

        var text = answer.Value.GetRawText();
        _turns.Add(new TranscriptTurn(round, speaker, prompt, text.Length <= MostText ? text : text[..MostText] + "…", answer.Key));
        return answer.Value;
    }

    private ChatQuery Query(PromptTemplate template, Dictionary<string, object?> values, int sample) =>
        new() { Prompt = template, Values = values, Sample = sample, Repositories = task.Repositories };
}

/// <summary>Adds what was drawn for a row to the values of a prompt.</summary>
internal static class DrawnValues
{
    /// <summary>Returns the values with the drawn sentences.</summary>
    public static Dictionary<string, object?> With(this Dictionary<string, object?> values, Draw draw)
    {
        foreach (var (name, text) in draw.Texts)
        {
            values[name] = text;
        }

        return values;
    }
}

/// <summary>Ends a dialogue whose task repeats that of an accepted row. The method that started the dialogue catches it.</summary>
internal sealed class RepeatedTaskException(string message) : Exception(message);

/// <summary>Ends a dialogue for lack of an answer. The method that started the dialogue catches it.</summary>
internal sealed class FailedAnswerException(ChatFailure failure) : Exception(failure.Message)
{
    public ChatFailure Failure => failure;
}
