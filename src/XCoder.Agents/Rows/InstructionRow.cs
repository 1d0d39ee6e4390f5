using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Rows;

/// <summary>An instruction with its response, the way it was made, and its origin.</summary>
public sealed record InstructionRow
{
    /// <summary>
    /// Value of <see cref="Context"/> for a row whose agents saw no neighbours: its seed was held out, or the run used no context.
    /// </summary>
    public const string NoContext = "none";

    /// <summary>
    /// Stable id: 20 hex digits of a hash over data set, task, languages, instruction, response and seeds. For rows by agents, the name of
    /// the run is hashed, too.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The data set that the row belongs to.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>What the row asks for.</summary>
    public required RowTask Task { get; init; }

    /// <summary>Language id of the code that the row starts from, or of the seed.</summary>
    public required string SourceLanguage { get; init; }

    /// <summary>Language id of the response's code, or of the code that the response documents.</summary>
    public required string TargetLanguage { get; init; }

    /// <summary>The task text.</summary>
    public required string Instruction { get; init; }

    /// <summary>The answer.</summary>
    public required string Response { get; init; }

    /// <summary>Tests by the response's author, or null.</summary>
    public string? Tests { get; init; }

    /// <summary>Tests by another agent, who saw the instruction and the response's declarations but not its code; or null.</summary>
    public string? IndependentTests { get; init; }

    /// <summary>Other answers to the instruction, to be compared with the response; empty when none were requested.</summary>
    public IReadOnlyList<RowCandidate> Candidates { get; init; } = [];

    /// <summary>Known preferences between the response and the candidates; empty before verification.</summary>
    public IReadOnlyList<RowPreference> Preferences { get; init; } = [];

    /// <summary>Ids of the snippets that the row was made from, best first.</summary>
    public required IReadOnlyList<string> Seeds { get; init; }

    /// <summary>The snippets in the context, or the other half of the translation pair, with their cosines.</summary>
    public required IReadOnlyList<RowNeighbour> Neighbours { get; init; }

    /// <summary>Id of the row's concept, or null.</summary>
    public string? Concept { get; init; }

    /// <summary>Name of the <see cref="XCoder.Agents.Rows.Protocol"/> by which the row was written.</summary>
    public required string Protocol { get; init; }

    /// <summary>Rounds of discussion; 0 when there was none.</summary>
    public required int Rounds { get; init; }

    /// <summary>The agents' contributions in order; empty when no agents took part.</summary>
    public IReadOnlyList<TranscriptTurn> Transcript { get; init; } = [];

    /// <summary>
    /// What the row was asked to be like, by list of the table in <c>variety.json</c>: <c>kind</c>, <c>difficulty</c>, <c>length</c>,
    /// <c>audience</c>, <c>form</c>; null when nothing was drawn.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Drawn { get; init; }

    /// <summary>How the context was retrieved: <c>none</c>, <c>lexical</c> or <c>embedding</c>.</summary>
    public string Context { get; init; } = NoContext;

    /// <summary>The verdict on the row.</summary>
    public required RowCritique Critique { get; init; }

    /// <summary>The results of the gates.</summary>
    public required RowVerification Verification { get; init; }

    /// <summary>Evidence that the row contains part of a benchmark problem, or null. Exports leave such rows out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Contamination? Contamination { get; init; }

    /// <summary>Why its two snippets count as translations of each other; null for rows made without a pair.</summary>
    public PairEvidence? Pair { get; init; }

    /// <summary>1 minus the highest cosine of the response to earlier ones in its language, in [0, 2]; null when there were none.</summary>
    public double? Novelty { get; init; }

    /// <summary>The origins of everything in the row: seed, twin and context.</summary>
    public required IReadOnlyList<Lineage> Lineage { get; init; }

    /// <summary>SPDX expression that the row must be used under: the licences of its lineage joined; null when one is unknown.</summary>
    public string? Licence { get; init; }

    /// <summary>Ids of the licence notices that must accompany the row.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Number of secrets and pieces of personal data that placeholders replace, by kind.</summary>
    public IReadOnlyDictionary<string, int> Redactions { get; init; } = new Dictionary<string, int>();

    /// <summary>Name of the chat model that wrote the row; null when none did.</summary>
    public string? Model { get; init; }

    /// <summary>Hash of the prompts or templates that the row was made with.</summary>
    public required string PromptHash { get; init; }

    /// <summary>When the row was finished.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a row asks for.</summary>
public enum RowTask
{
    /// <summary>Translate code into another language.</summary>
    [JsonStringEnumMemberName("translation")]
    Translation,

    /// <summary>Write code that fits given documentation.</summary>
    [JsonStringEnumMemberName("implementation")]
    Implementation,

    /// <summary>Write documentation for given code.</summary>
    [JsonStringEnumMemberName("documentation")]
    Documentation,

    /// <summary>Write the body for a signature with its documentation.</summary>
    [JsonStringEnumMemberName("completion")]
    Completion,

    /// <summary>Translate code into another language, in the style of a given repository.</summary>
    [JsonStringEnumMemberName("port")]
    Port,

    /// <summary>Follow an instruction that an agent wrote.</summary>
    [JsonStringEnumMemberName("instruction")]
    Instruction,

    /// <summary>Translate a test into another language.</summary>
    [JsonStringEnumMemberName("test translation")]
    TestTranslation,
}

/// <summary>Properties of tasks.</summary>
internal static class RowTasks
{
    /// <summary>Whether the task needs a translation pair: code in one language as input and in another as answer.</summary>
    public static bool HasTwin(this RowTask task) => task is RowTask.Translation or RowTask.Port or RowTask.TestTranslation;

    /// <summary>Whether the task is made of tests, not of other code.</summary>
    public static bool IsOfTests(this RowTask task) => task is RowTask.TestTranslation;

    /// <summary>Whether the task needs a function that its author documented.</summary>
    public static bool NeedsDocumentation(this RowTask task) =>
        task is RowTask.Implementation or RowTask.Documentation or RowTask.Completion;
}

/// <summary>One contribution to a discussion.</summary>
/// <param name="Round">Number of the round, 1-based; 0 before the first.</param>
/// <param name="Agent">Language of the agent, <c>coordinator</c>, <c>critic</c> or <c>tester</c>.</param>
/// <param name="Act">
/// Name of the prompt that was asked: <c>propose</c>, <c>react</c>, <c>vote</c>, <c>decide</c>, <c>critique</c>, <c>revise</c>, ….
/// </param>
/// <param name="Text">The parsed answer.</param>
/// <param name="Request">Key of the request in the store, or null.</param>
public sealed record TranscriptTurn(int Round, string Agent, string Act, string Text, string? Request);

/// <summary>A snippet in the context, or the other half of the seed's translation pair.</summary>
/// <param name="Id">Id of the snippet.</param>
/// <param name="Cosine">Cosine to the seed, in [-1, 1]; null when it was not found by embedding.</param>
/// <param name="Language">Language id, for a dialect that of its main language; null when not recorded.</param>
public sealed record RowNeighbour(string Id, double? Cosine, string? Language = null);

/// <summary>Computes ids and hashes of generated rows.</summary>
internal static class RowId
{
    private const int Digits = 20;

    /// <summary>Returns the id of a row. The row's own <see cref="InstructionRow.Id"/> is not part of it.</summary>
    public static string Of(InstructionRow row) =>
        Hash([row.Dataset.Key, row.Task.ToString(), row.SourceLanguage, row.TargetLanguage, row.Instruction, row.Response,
            .. row.Seeds])[..Digits];

    /// <summary>SHA-256 over texts, 64 hex digits; where one ends and the next begins counts.</summary>
    public static string Hash(params IEnumerable<string> parts) => HexHash.OfTexts(parts);
}
