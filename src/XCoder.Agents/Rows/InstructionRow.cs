using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Rows;

/// <summary>An instruction with its response, how it came about and where from.</summary>
public sealed record InstructionRow
{
    /// <summary><see cref="Context"/> of a row that was shown no neighbours: of a held-out seed, or of a run without context.</summary>
    public const string NoContext = "none";

    /// <summary>
    /// Stable id, 20 hex digits of a hash over data set, task, languages, instruction, response and seeds (and, by agents, the run's name).
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The data set that it belongs to.</summary>
    public required Dataset Dataset { get; init; }

    /// <summary>What it asks for.</summary>
    public required RowTask Task { get; init; }

    /// <summary>Language id of the code it starts from, or of the seed.</summary>
    public required string SourceLanguage { get; init; }

    /// <summary>Language id of the response's code, or of the code that is documented.</summary>
    public required string TargetLanguage { get; init; }

    /// <summary>The task text.</summary>
    public required string Instruction { get; init; }

    /// <summary>The answer.</summary>
    public required string Response { get; init; }

    /// <summary>Tests of the response by its own author, or null.</summary>
    public string? Tests { get; init; }

    /// <summary>Tests by another agent, who knew the instruction and the declarations of the response, not its code; or null.</summary>
    public string? IndependentTests { get; init; }

    /// <summary>Other answers to the instruction, to be compared with the response; empty where none was asked for.</summary>
    public IReadOnlyList<RowCandidate> Candidates { get; init; } = [];

    /// <summary>How the response and the candidates compare, as far as they do; empty before they were verified.</summary>
    public IReadOnlyList<RowPreference> Preferences { get; init; } = [];

    /// <summary>Ids of the snippets it was made from, best first.</summary>
    public required IReadOnlyList<string> Seeds { get; init; }

    /// <summary>Ids of the snippets that were shown or are twins, with their cosines.</summary>
    public required IReadOnlyList<RowNeighbour> Neighbours { get; init; }

    /// <summary>Id of the concept it belongs to, or null.</summary>
    public string? Concept { get; init; }

    /// <summary>Name of the <see cref="XCoder.Agents.Rows.Protocol"/> that it was written by.</summary>
    public required string Protocol { get; init; }

    /// <summary>Rounds of discussion; 0 where there was none.</summary>
    public required int Rounds { get; init; }

    /// <summary>What the agents said, in order; empty where none did.</summary>
    public IReadOnlyList<TranscriptTurn> Transcript { get; init; } = [];

    /// <summary>How the context was retrieved: <c>none</c>, <c>lexical</c> or <c>embedding</c>.</summary>
    public string Context { get; init; } = NoContext;

    /// <summary>The verdict on it.</summary>
    public required RowCritique Critique { get; init; }

    /// <summary>What was checked.</summary>
    public required RowVerification Verification { get; init; }

    /// <summary>Evidence that it holds part of a benchmark's problem, or null. Such a row is never exported.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Contamination? Contamination { get; init; }

    /// <summary>Why its two snippets are taken to be the same, or null where it has no twin.</summary>
    public PairEvidence? Pair { get; init; }

    /// <summary>1 less the highest cosine of its response to earlier ones of its language, in [0, 2]; null where none is known.</summary>
    public double? Novelty { get; init; }

    /// <summary>Where everything in it comes from: seed, twins, context.</summary>
    public required IReadOnlyList<Lineage> Lineage { get; init; }

    /// <summary>SPDX expression of what it must be used under: those of its lineage joined, or null where one is unknown.</summary>
    public string? Licence { get; init; }

    /// <summary>Ids of the notices that must go with it.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>Secrets and personal data that were replaced by placeholders, by kind.</summary>
    public IReadOnlyDictionary<string, int> Redactions { get; init; } = new Dictionary<string, int>();

    /// <summary>Name of the chat model that wrote it, or null where none did.</summary>
    public string? Model { get; init; }

    /// <summary>Hash of the prompts or templates it was made with.</summary>
    public required string PromptHash { get; init; }

    /// <summary>When it was finished.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What a row asks for.</summary>
public enum RowTask
{
    /// <summary>Code of one language in another.</summary>
    [JsonStringEnumMemberName("translation")]
    Translation,

    /// <summary>Code for a documentation.</summary>
    [JsonStringEnumMemberName("implementation")]
    Implementation,

    /// <summary>A documentation for code.</summary>
    [JsonStringEnumMemberName("documentation")]
    Documentation,

    /// <summary>The body for a signature with its documentation.</summary>
    [JsonStringEnumMemberName("completion")]
    Completion,

    /// <summary>Code of another language in the style of a given repository.</summary>
    [JsonStringEnumMemberName("port")]
    Port,

    /// <summary>Whatever an agent's instruction asks for.</summary>
    [JsonStringEnumMemberName("instruction")]
    Instruction,
}

/// <summary>What follows from a task.</summary>
internal static class RowTasks
{
    /// <summary>Whether a row shows code of one language and asks for it in another.</summary>
    public static bool HasTwin(this RowTask task) => task is RowTask.Translation or RowTask.Port;

    /// <summary>Whether a row needs a function with a documentation by its author.</summary>
    public static bool NeedsDocumentation(this RowTask task) =>
        task is RowTask.Implementation or RowTask.Documentation or RowTask.Completion;
}

/// <summary>One contribution to a discussion.</summary>
/// <param name="Round">Round, 1-based; 0 before the first.</param>
/// <param name="Agent">Language of the agent, or <c>coordinator</c>.</param>
/// <param name="Act">What it did: <c>propose</c>, <c>react</c>, <c>vote</c>, <c>decide</c>, <c>critique</c>, <c>revise</c>, ….</param>
/// <param name="Text">What it said, as parsed.</param>
/// <param name="Request">Key of the request in the store, or null.</param>
public sealed record TranscriptTurn(int Round, string Agent, string Act, string Text, string? Request);

/// <summary>A snippet that was shown, or that is the twin of the seed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Cosine">Cosine to the seed, in [-1, 1]; null where it was not found by embedding.</param>
/// <param name="Language">Language id, of a dialect its language's; null where it is not recorded.</param>
public sealed record RowNeighbour(string Id, double? Cosine, string? Language = null);

/// <summary>Ids and hashes of what is generated.</summary>
internal static class RowId
{
    private const int Digits = 20;

    /// <summary>The id of a row; its own <see cref="InstructionRow.Id"/> does not count.</summary>
    public static string Of(InstructionRow row) =>
        Hash([row.Dataset.Key, row.Task.ToString(), row.SourceLanguage, row.TargetLanguage, row.Instruction, row.Response,
            .. row.Seeds])[..Digits];

    /// <summary>SHA-256 over texts, 64 hex digits; where one ends and the next begins counts.</summary>
    public static string Hash(params IEnumerable<string> parts) => HexHash.OfTexts(parts);
}
