using System.Globalization;
using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>What one gate found of a response, as a row holds it.</summary>
/// <param name="Gate">One of <see cref="GateNames"/>.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Reason">Why; null where there is no more to say than the outcome.</param>
/// <param name="Command">What was run; null where nothing was.</param>
/// <param name="ExitCode">Its exit code; null where nothing was run, or it did not end by itself: then <paramref name="Reason"/> says how
/// it was ended.</param>
/// <param name="Milliseconds">Time from its start to its end, setting up the sandbox included; null where nothing was run.</param>
/// <param name="Output">What the tool or program said where it did not pass: both ends where it is long; null where it said
/// nothing.</param>
/// <param name="Detail">What was found, for people: a sentence or the start of one.</param>
public sealed record GateEvidence(
    string Gate, GateOutcome Outcome, GateReason? Reason = null, string? Command = null, int? ExitCode = null, long? Milliseconds = null,
    string? Output = null, string Detail = "")
{
    /// <summary>Whether it was read from a sentence of an earlier version.</summary>
    internal bool IsMigrated { get; init; }

    /// <summary>Whether it says more than a parser does: a compiler or checker was asked.</summary>
    [JsonIgnore]
    public bool IsBeyondParser => Gate is GateNames.Check or GateNames.Compile;

    /// <summary>As one paragraph for people: gate, outcome, what was found, command, how it ended, time, output.</summary>
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

/// <summary>What a gate says.</summary>
public enum GateOutcome
{
    /// <summary>The code passes.</summary>
    [JsonStringEnumMemberName("passed")]
    Passed,

    /// <summary>The code is refused.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Nothing can be said here: a tool, a module or the isolation is missing.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>Names of the gates, as evidence holds them, in the order in which code meets them.</summary>
internal static class GateNames
{
    /// <summary>The parser looks for syntax errors.</summary>
    public const string Parse = "parse";

    /// <summary>The parsers tell which language the code is in.</summary>
    public const string Language = "language";

    /// <summary>A compiler that runs in a process of its own reads the code.</summary>
    public const string Compile = "compile";

    /// <summary>A compiler or checker of a toolchain reads the code in the sandbox.</summary>
    public const string Check = "check";

    /// <summary>The tests of the response's author run.</summary>
    public const string Tests = "tests";

    /// <summary>The tests of another agent run.</summary>
    public const string Independent = "independent";

    /// <summary>Changed code must fail the tests.</summary>
    public const string Mutation = "mutation";

    /// <summary>A translation and its source are called with the same values.</summary>
    public const string Differential = "differential";

    /// <summary>No gate: a line of a row of an earlier version that no gate of today wrote.</summary>
    public const string Note = "note";
}

/// <summary>Why two snippets are taken to be the same.</summary>
/// <param name="Cosine">Cosine of their embeddings, in [-1, 1].</param>
/// <param name="Margin">Their margin.</param>
/// <param name="Threshold">The threshold it passed.</param>
/// <param name="Precision">Expected precision at that threshold, or null where unknown.</param>
/// <param name="Model">Name of the embedding model.</param>
/// <param name="Signals">Second signals that agree, by name with their value.</param>
public sealed record PairEvidence(double Cosine, double Margin, double Threshold, double? Precision, string Model,
    IReadOnlyDictionary<string, double> Signals);
