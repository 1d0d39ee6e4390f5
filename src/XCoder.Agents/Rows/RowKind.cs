using System.Text.Json;
using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>
/// A kind of row: the data set that its rows join, what they ask for, how they are written, and what else follows from the kind.
/// <see cref="All"/> is the table of all kinds. Another kind is another entry there.
/// </summary>
/// <remarks>Ds1, Ds2 and Ds3 are the data sets of Qwen2.5-xCoder (section 3). The other kinds are ours.</remarks>
public sealed class RowKind
{
    internal RowKind()
    {
    }

    /// <summary>Real parallel code, no chat model: a template words the instruction, the response is as its author wrote it.</summary>
    public static RowKind Mined { get; } = new()
    {
        Name = "mined",
        Dataset = new Dataset("mined", "Mined"),
        Tasks = [RowTask.Translation, RowTask.Implementation, RowTask.Documentation, RowTask.Completion, RowTask.Port],
        Protocols = [Protocol.Mined],
        IsSelfContained = false,
    };

    /// <summary>A snippet, a task that it inspires, a response.</summary>
    public static RowKind Forward { get; } = new()
    {
        Name = "Ds1",
        Label = "forward",
        Dataset = new Dataset("Ds1", "Forward"),
        Tasks = [RowTask.Instruction],
        Protocols = [Protocol.Forward],
        IsByAgents = true,
        GivesExamples = true,
    };

    /// <summary>A snippet, code that it inspires, the task that this code answers.</summary>
    public static RowKind Reverse { get; } = new()
    {
        Name = "Ds2",
        Label = "reverse",
        Dataset = new Dataset("Ds2", "Reverse"),
        Tasks = [RowTask.Instruction],
        Protocols = [Protocol.Reverse],
        IsByAgents = true,
        GivesExamples = true,
    };

    /// <summary>A task that agents agree on, and a response.</summary>
    public static RowKind Discussion { get; } = new()
    {
        Name = "Ds3",
        Label = "discussion",
        Dataset = new Dataset("Ds3", "Discussion"),
        Tasks = [RowTask.Instruction],
        Protocols = [Protocol.Centralised, Protocol.Parallel],
        IsByAgents = true,
        IsDiscussion = true,
        Crosses = true,
    };

    /// <summary>A snippet in another language: the response is tested against the snippet's own code. The rows join Ds1.</summary>
    public static RowKind Translation { get; } = new()
    {
        Name = "translation",
        Dataset = Forward.Dataset,
        Tasks = [RowTask.Translation],
        Protocols = [Protocol.Translation],
        IsByAgents = true,
        IsTaskGiven = true,
        Crosses = true,
    };

    /// <summary>
    /// Two answers to one instruction, ordered by evidence. Exports read them off rows of other kinds; nothing stores them.
    /// </summary>
    public static RowKind Preference { get; } = new()
    {
        Name = "Ds4",
        Label = "better answers of preference pairs",
        Dataset = new Dataset("Ds4", "Preference"),
    };

    /// <summary>The table of all kinds. People are shown kinds and data sets in this order.</summary>
    public static IReadOnlyList<RowKind> All { get; } = [Mined, Forward, Reverse, Discussion, Translation, Preference];

    /// <summary>The kinds that agents can be asked for, in the order of the table.</summary>
    public static IReadOnlyList<RowKind> ByAgents { get; } = [.. All.Where(kind => kind.IsByAgents)];

    /// <summary>The data sets of all kinds, in the order of the table.</summary>
    public static IReadOnlyList<Dataset> Datasets { get; } = [.. All.Select(kind => kind.Dataset).Distinct()];

    /// <summary>Name in options, in the log of epochs and in the options of a run that are stored.</summary>
    public required string Name { get; init; }

    /// <summary>What help texts add to the name; null where the name says it.</summary>
    public string? Label { get; init; }

    /// <summary>The data set that its rows join. Several kinds may share one.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>What its rows ask for. Agents write rows of the first task; empty: the task of the row that it was read off.</summary>
    public IReadOnlyList<RowTask> Tasks { get; init; } = [];

    /// <summary>How its rows are written. Where there are several, a run chooses among them.</summary>
    public IReadOnlyList<Protocol> Protocols { get; init; } = [];

    /// <summary>Whether agents write its rows, so that a run can ask for them.</summary>
    public bool IsByAgents { get; init; }

    /// <summary>
    /// Whether several agents discuss the task. They draw on rows of other kinds, so the first epoch holds none if others are asked for.
    /// </summary>
    public bool IsDiscussion { get; init; }

    /// <summary>Whether a template words the task, so that no agent writes it.</summary>
    public bool IsTaskGiven { get; init; }

    /// <summary>Whether the response is in another language than the seed; else both are in the same.</summary>
    public bool Crosses { get; init; }

    /// <summary>Whether accepted rows are shown to agents as examples of good tasks.</summary>
    public bool GivesExamples { get; init; }

    /// <summary>
    /// Whether a response stands alone, so that compilers and tests can judge it. Mined code leans on its project. Default true.
    /// </summary>
    public bool IsSelfContained { get; init; } = true;

    /// <summary>The kind with a name, whatever its case; null where there is none.</summary>
    /// <param name="name">Such as <c>Ds1</c>.</param>
    public static RowKind? Find(string name) => All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The kind of a row: the one of its data set that asks for its task, or the data set's first.</summary>
    /// <param name="row">The row.</param>
    public static RowKind Of(InstructionRow row) =>
        All.FirstOrDefault(kind => kind.Dataset == row.Dataset && kind.Tasks.Contains(row.Task))
        ?? All.First(kind => kind.Dataset == row.Dataset);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A data set that rows belong to, as JSON names it. <see cref="RowKind.Datasets"/> holds all.</summary>
[JsonConverter(typeof(DatasetConverter))]
public sealed class Dataset
{
    /// <param name="name">Name in JSON, stores, options and exports.</param>
    /// <param name="key">The word that ids of rows are hashed from. Ids must stay, so it is the one that the first version used.</param>
    internal Dataset(string name, string key) => (Name, Key) = (name, key);

    /// <summary>Name in JSON, stores, options and exports.</summary>
    public string Name { get; }

    /// <summary>The word that the ids of rows are hashed from.</summary>
    internal string Key { get; }

    /// <summary>The data set with a name, whatever its case; null where there is none.</summary>
    /// <param name="name">Such as <c>mined</c>.</param>
    public static Dataset? Find(string name) =>
        RowKind.Datasets.FirstOrDefault(dataset => dataset.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>How a row is written. The dialogue holds what agents do in each.</summary>
/// <param name="Name">Name in rows and options.</param>
public sealed record Protocol(string Name)
{
    /// <summary>No agent: code as its author wrote it.</summary>
    public static Protocol Mined { get; } = new("mined");

    /// <summary>Snippet, instruction, response.</summary>
    public static Protocol Forward { get; } = new("forward");

    /// <summary>Snippet, response, instruction.</summary>
    public static Protocol Reverse { get; } = new("reverse");

    /// <summary>Snippet, its code in another language.</summary>
    public static Protocol Translation { get; } = new("translation");

    /// <summary>A main agent decides on what the others propose.</summary>
    public static Protocol Centralised { get; } = new("centralised");

    /// <summary>All propose, all react, a vote or a merge decides.</summary>
    public static Protocol Parallel { get; } = new("parallel");
}

/// <summary>Writes and reads a data set by its name.</summary>
internal sealed class DatasetConverter : JsonConverter<Dataset>
{
    // A null must not slip past the reader.
    public override bool HandleNull => true;

    public override Dataset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Dataset.Find(reader.GetString()!) is { } dataset ? dataset
            : throw new JsonException("The data set of a row is none that this version knows.");

    public override void Write(Utf8JsonWriter writer, Dataset value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
