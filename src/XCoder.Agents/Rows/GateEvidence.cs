using System.Globalization;
using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>The finding of one gate about a response, as rows store it.</summary>
/// <param name="Gate">One of <see cref="GateNames"/>.</param>
/// <param name="Outcome">The gate's verdict.</param>
/// <param name="Reason">The reason; null when the outcome says everything.</param>
/// <param name="Command">The command that was run; null when nothing was run.</param>
/// <param name="ExitCode">
/// Exit code of the command; null when nothing was run or the program was stopped. In the latter case <paramref name="Reason"/> says why.
/// </param>
/// <param name="Milliseconds">
/// Time from the start to the end of the command, including the set-up of the sandbox; null when nothing was run.
/// </param>
/// <param name="Output">
/// Output of a tool or program that did not pass; only the start and the end when it is long; null when there was none.
/// </param>
/// <param name="Detail">The finding for people: a sentence or the start of one.</param>
public sealed record GateEvidence(
    string Gate, GateOutcome Outcome, GateReason? Reason = null, string? Command = null, int? ExitCode = null, long? Milliseconds = null,
    string? Output = null, string Detail = "")
{
    /// <summary>Whether it was converted from a sentence of an earlier version.</summary>
    internal bool IsMigrated { get; init; }

    /// <summary>Whether it comes from a compiler or checker, and not only from a parser.</summary>
    [JsonIgnore]
    public bool IsBeyondParser => Gate is GateNames.Check or GateNames.Compile;

    /// <summary>Returns one paragraph for people: gate, outcome, finding, command, end of the program, time and output.</summary>
    public override string ToString()
    {
        var text = $"{Gate}: {RowNames.Of(Outcome)}: {Detail}";
        if (Milliseconds is { } milliseconds)
        {
            var ended = ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"exit code {code}") : Reason is { } reason
                ? RowNames.Of(reason) : "ended";
            text += string.Create(CultureInfo.InvariantCulture, $"; {Command}; {ended}; {milliseconds} ms");
        }

        return Output is null ? text : $"{text}; {Output}";
    }
}

/// <summary>The verdict of a gate.</summary>
public enum GateOutcome
{
    /// <summary>The code passes.</summary>
    [JsonStringEnumMemberName("passed")]
    Passed,

    /// <summary>The code fails.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The gate cannot decide here, because a tool, a module or the isolation is missing.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>Names of the gates as evidence stores them, in the order in which they run.</summary>
internal static class GateNames
{
    /// <summary>A parser looks for syntax errors.</summary>
    public const string Parse = "parse";

    /// <summary>The parsers decide which language the code is written in.</summary>
    public const string Language = "language";

    /// <summary>A compiler in a process of its own compiles the code.</summary>
    public const string Compile = "compile";

    /// <summary>A compiler or checker of a toolchain checks the code in the sandbox.</summary>
    public const string Check = "check";

    /// <summary>The tests by the response's author run.</summary>
    public const string Tests = "tests";

    /// <summary>The tests by another agent run.</summary>
    public const string Independent = "independent";

    /// <summary>The code is mutated; the tests must then fail.</summary>
    public const string Mutation = "mutation";

    /// <summary>A translation and its source run with the same inputs and must give equal results.</summary>
    public const string Differential = "differential";

    /// <summary>Not a gate: a line from an earlier version that no current gate writes.</summary>
    public const string Note = "note";
}

/// <summary>Why two snippets count as translations of each other.</summary>
/// <param name="Probability">
/// The estimated probability that they behave alike, in [0, 1]; null in rows of versions that did not estimate it.
/// </param>
/// <param name="Precision">The precision that was wanted of all pairs of the run, in [0, 1]; null when unknown.</param>
/// <param name="Cosine">Cosine of their embeddings, in [-1, 1]; null where they are no pair of the semantic index.</param>
/// <param name="Margin">Their margin; null likewise.</param>
/// <param name="Model">Name of the embedding model.</param>
/// <param name="Signals">What the estimate rests on, by name; src/XCoder.Agents/README.md lists them.</param>
public sealed record PairEvidence(double? Probability, double? Precision, double? Cosine, double? Margin, string Model,
    IReadOnlyDictionary<string, double> Signals);
