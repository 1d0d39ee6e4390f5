using System.Text.Json;
using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>
/// A kind of row: its data set, its tasks, its protocols and further properties. To add a kind, add an entry to <see cref="All"/>.
/// </summary>
/// <remarks>Ds1, Ds2 and Ds3 are the data sets of Qwen2.5-xCoder (section 3). The paper does not have the other kinds.</remarks>
public sealed class RowKind
{
    internal RowKind()
    {
    }

    /// <summary>
    /// Existing parallel code, without a chat model: a template words the instruction, and the response is the author's own code.
    /// </summary>
    public static RowKind Mined { get; } = new()
    {
        Name = "mined",
        Dataset = new Dataset("mined", "Mined"),
        Tasks = [RowTask.Translation, RowTask.Implementation, RowTask.Documentation, RowTask.Completion, RowTask.Port,
            RowTask.TestTranslation],
        Protocols = [Protocol.Mined],
        IsSelfContained = false,
    };

    /// <summary>An agent writes a task that a snippet inspires, then a response.</summary>
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

    /// <summary>An agent writes code that a snippet inspires, then the task that this code answers.</summary>
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

    /// <summary>Agents agree on a task; one writes the response.</summary>
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

    /// <summary>An agent translates a snippet; the response is tested against the snippet itself. The rows join Ds1.</summary>
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
    /// Two answers to one instruction, ordered by evidence. Exports derive these rows from rows of other kinds; they are not stored.
    /// </summary>
    public static RowKind Preference { get; } = new()
    {
        Name = "Ds4",
        Label = "better answers of preference pairs",
        Dataset = new Dataset("Ds4", "Preference"),
    };

    /// <summary>The table of all kinds. Reports and help texts list kinds and data sets in this order.</summary>
    public static IReadOnlyList<RowKind> All { get; } = [Mined, Forward, Reverse, Discussion, Translation, Preference];

    /// <summary>The kinds that agents can write, in the order of the table.</summary>
    public static IReadOnlyList<RowKind> ByAgents { get; } = [.. All.Where(kind => kind.IsByAgents)];

    /// <summary>The data sets of all kinds, in the order of the table.</summary>
    public static IReadOnlyList<Dataset> Datasets { get; } = [.. All.Select(kind => kind.Dataset).Distinct()];

    /// <summary>Name of the kind in options, in the log of epochs and in stored options of runs.</summary>
    public required string Name { get; init; }

    /// <summary>Description after the name in help texts; null when the name suffices.</summary>
    public string? Label { get; init; }

    /// <summary>The data set of its rows. Several kinds may share one.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>
    /// The tasks of its rows. Agents write rows of the first task. Empty means the task of the row that the new row derives from.
    /// </summary>
    public IReadOnlyList<RowTask> Tasks { get; init; } = [];

    /// <summary>The protocols that can write its rows. If there are several, a run chooses among them.</summary>
    public IReadOnlyList<Protocol> Protocols { get; init; } = [];

    /// <summary>Whether agents write its rows, so that a run can request them.</summary>
    public bool IsByAgents { get; init; }

    /// <summary>
    /// Whether several agents discuss the task. They use rows of other kinds as examples, so the first epoch contains no discussions if
    /// other kinds are requested.
    /// </summary>
    public bool IsDiscussion { get; init; }

    /// <summary>Whether a template words the task, so that no agent writes it.</summary>
    public bool IsTaskGiven { get; init; }

    /// <summary>Whether response and seed are in different languages; otherwise both are in the same.</summary>
    public bool Crosses { get; init; }

    /// <summary>Whether prompts show accepted rows as examples of good tasks.</summary>
    public bool GivesExamples { get; init; }

    /// <summary>
    /// Whether a response is complete by itself, so that compilers and tests can judge it. Mined code depends on its project. Default true.
    /// </summary>
    public bool IsSelfContained { get; init; } = true;

    /// <summary>Returns the kind with a name, ignoring case, or null when there is none.</summary>
    /// <param name="name">A name such as <c>Ds1</c>.</param>
    public static RowKind? Find(string name) => All.FirstOrDefault(kind => kind.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the kind of a row: the kind in its data set that has its task, otherwise the first kind in its data set.</summary>
    /// <param name="row">The row.</param>
    public static RowKind Of(InstructionRow row) =>
        All.FirstOrDefault(kind => kind.Dataset == row.Dataset && kind.Tasks.Contains(row.Task))
        ?? All.First(kind => kind.Dataset == row.Dataset);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A data set of rows, as JSON names it. <see cref="RowKind.Datasets"/> lists all of them.</summary>
[JsonConverter(typeof(DatasetConverter))]
public sealed class Dataset
{
    /// <param name="name">Name in JSON, stores, options and exports.</param>
    /// <param name="key">The word that is hashed into the ids of rows. It must never change, or the ids would.</param>
    internal Dataset(string name, string key) => (Name, Key) = (name, key);

    /// <summary>Name in JSON, stores, options and exports.</summary>
    public string Name { get; }

    /// <summary>The word that is hashed into the ids of rows.</summary>
    internal string Key { get; }

    /// <summary>Returns the data set with a name, ignoring case, or null when there is none.</summary>
    /// <param name="name">A name such as <c>mined</c>.</param>
    public static Dataset? Find(string name) =>
        RowKind.Datasets.FirstOrDefault(dataset => dataset.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>How a row is written. <see cref="XCoder.Agents.Dialogue.RowDialogue"/> defines what agents do in each protocol.</summary>
/// <param name="Name">Name in rows and options.</param>
public sealed record Protocol(string Name)
{
    /// <summary>No agent: the response is the author's own code.</summary>
    public static Protocol Mined { get; } = new("mined");

    /// <summary>From snippet to instruction to response.</summary>
    public static Protocol Forward { get; } = new("forward");

    /// <summary>From snippet to response to instruction.</summary>
    public static Protocol Reverse { get; } = new("reverse");

    /// <summary>From snippet to its code in another language.</summary>
    public static Protocol Translation { get; } = new("translation");

    /// <summary>A main agent decides on the others' proposals.</summary>
    public static Protocol Centralised { get; } = new("centralised");

    /// <summary>All agents propose and react; a vote or a merge decides.</summary>
    public static Protocol Parallel { get; } = new("parallel");
}

/// <summary>Converts a data set from and to its name.</summary>
internal sealed class DatasetConverter : JsonConverter<Dataset>
{
    // Without this, the serializer would accept null and skip the converter.
    public override bool HandleNull => true;

    public override Dataset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Dataset.Find(reader.GetString()!) is { } dataset ? dataset
            : throw new JsonException("This version does not know the data set of a row.");

    public override void Write(Utf8JsonWriter writer, Dataset value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
}
