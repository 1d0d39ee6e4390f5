using System.Globalization;
using System.Text.Json.Serialization;

namespace XCoder.Agents.Rows;

/// <summary>What one gate found of a response, as a row holds it.</summary>
/// <param name="Gate">One of <see cref="GateNames"/>.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Reason">Why; null where there is no more to say than the outcome.</param>
/// <param name="Command">What was run; null where nothing was.</param>
/// <param name="ExitCode">Its exit code; null where nothing was run, or it did not end by itself: then <paramref name="Reason"/> says how it was ended.</param>
/// <param name="Milliseconds">Time from its start to its end, setting up the sandbox included; null where nothing was run.</param>
/// <param name="Output">What the tool or program said where it did not pass: both ends where it is long; null where it said nothing.</param>
/// <param name="Detail">What was found, for people: a sentence or the start of one.</param>
public sealed record GateEvidence(
    string Gate, GateOutcome Outcome, GateReason? Reason = null, string? Command = null, int? ExitCode = null, long? Milliseconds = null, string? Output = null, string Detail = "")
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
            var ended = ExitCode is { } code ? string.Create(CultureInfo.InvariantCulture, $"exit code {code}") : Reason is { } reason ? RowNames.Of(reason) : "ended";
            text += string.Create(CultureInfo.InvariantCulture, $"; {Command}; {ended}; {milliseconds} ms");
        }

        return Output is null ? text : $"{text}; {Output}";
    }
}
