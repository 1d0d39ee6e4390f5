using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace XCoder.Agents.Rows;

/// <summary>
/// Reads evidence that earlier versions stored as sentences. Nothing else parses evidence text; rewriting such a row stores its evidence as
/// fields.
/// </summary>
internal static partial class EvidenceMigration
{
    private const string Separator = "; ", Refused = "The compiler refuses it", CannotTell = "The compiler cannot tell",
        NotCompiled = "With its tests it does not compile";
    private const string DifferentialFault = GateNames.Differential + ": ";

    // The starts of the gates' old sentences and their codes. The first match counts.
    private static readonly (string? Gate, GateOutcome? Outcome, string Start, GateReason Reason)[] Reasons =
    [
        (GateNames.Parse, null, "There is no parser for", GateReason.NoParser),
        (GateNames.Parse, null, "There is no code.", GateReason.NoCode),
        (GateNames.Language, null, "It reads as", GateReason.OtherLanguage),
        (null, null, "A parser that read it ended this program", GateReason.ParserEnded),
        (null, null, "Nothing is run without isolation", GateReason.NoIsolation),
        (null, null, "There is no toolchain for it.", GateReason.NoToolchain),
        (null, null, "The C# compiler ", GateReason.CompilerFailed),
        (null, null, "It got too little of a busy machine", GateReason.TooLittleTime),
        (null, null, "It waits for something that does not come", GateReason.Waited),
        (null, null, "The sandbox failed", GateReason.SandboxFailed),
        (null, null, "The tests are not ", GateReason.NotRunnable),
        (null, null, "Its author wrote no tests.", GateReason.NoTests),
        (null, null, "No other agent wrote tests.", GateReason.NoTests),
        (null, null, "They say nothing", GateReason.SaysNothing),
        (null, GateOutcome.Passed, "They pass in a process of their own", GateReason.Apart),
        (null, GateOutcome.Passed, "They pass, in one process with the answer", GateReason.Together),
        (null, GateOutcome.Unknown, "They pass, but in one process with the answer", GateReason.CouldReachTests),
        (null, GateOutcome.Unknown, "They pass, in one process with the answer", GateReason.NotApart),
        (null, null, "It ends before the tests have", GateReason.EndedEarly),
        (null, GateOutcome.Failed, NotCompiled, GateReason.NotBuilt),
        (null, GateOutcome.Unknown, NotCompiled, GateReason.MissingLibrary),
        (null, GateOutcome.Unknown, "With its tests it ", GateReason.MissingLibrary),
        (null, GateOutcome.Failed, "With its tests it ", GateReason.NotBuilt),
        (null, GateOutcome.Failed, "They fail", GateReason.TestsFail),
        (null, GateOutcome.Unknown, "They fail", GateReason.MissingLibrary),
        (GateNames.Mutation, GateOutcome.Failed, "", GateReason.WeakTests),
        (GateNames.Mutation, GateOutcome.Unknown, "", GateReason.NothingToChange),
        (GateNames.Differential, GateOutcome.Failed, "", GateReason.Differs),
        (GateNames.Differential, null, "Nothing says how functions", GateReason.LanguageNotCalled),
        (GateNames.Differential, null, "Too little to tell", GateReason.TooFewValues),
        (GateNames.Differential, null, "No types were found", GateReason.TypesUnknown),
        (GateNames.Differential, null, "The source gives other values", GateReason.NotDeterministic),
        (GateNames.Differential, null, "The target gives other values", GateReason.NotDeterministic),
        (GateNames.Parse, GateOutcome.Failed, "", GateReason.SyntaxError),
        (GateNames.Check, GateOutcome.Failed, "", GateReason.Refused),
        (GateNames.Compile, GateOutcome.Failed, "", GateReason.Refused),
        (GateNames.Compile, GateOutcome.Unknown, "", GateReason.MissingLibrary),
    ];

    // How the old sentences named the end of a program that did not exit by itself.
    private static readonly Dictionary<string, GateReason> Ends = new()
    {
        ["TimedOut"] = GateReason.TimedOut,
        ["Waited"] = GateReason.Waited,
        ["OutOfMemory"] = GateReason.OutOfMemory,
        ["TooMuchOutput"] = GateReason.TooMuchOutput,
        ["NotStarted"] = GateReason.SandboxFailed,
    };

    /// <summary>Converts a sentence to fields. A sentence that no gate wrote becomes a <see cref="GateNames.Note"/>.</summary>
    public static GateEvidence Read(string line)
    {
        if (Mined().Match(line) is { Success: true } mined)
        {
            var isProse = mined.Groups["prose"].Success;
            return Migrated(
                new GateEvidence(GateNames.Parse, isProse ? GateOutcome.Unknown : GateOutcome.Passed,
                    isProse ? GateReason.Prose : GateReason.ParsedInItsFile, Detail: line));
        }

        if (Form().Match(line) is not { Success: true } form || RowNames.Find<GateOutcome>(form.Groups["outcome"].Value) is not { } outcome)
        {
            return Migrated(new GateEvidence(GateNames.Note, GateOutcome.Unknown, Detail: line));
        }

        var (gate, rest) = (form.Groups["gate"].Value, line[form.Length..]);
        var run = Run().Match(rest);
        return Migrated(run.Success ? OfRun(gate, outcome, rest[..run.Index], run, rest[(run.Index + run.Length)..])
            : OfSentence(gate, outcome, rest));
    }

    /// <summary>Sets a migrated critique's <c>GateFault</c> to the fault that a gate added; returns other rows unchanged.</summary>
    public static InstructionRow Read(InstructionRow row) =>
        row.Critique.GateFault is null && row.Verification.Evidence.Any(evidence => evidence.IsMigrated)
            && row.Critique.Faults.FirstOrDefault(fault => fault.StartsWith(DifferentialFault, StringComparison.Ordinal)) is { } fault
            ? row with { Critique = row.Critique with { GateFault = fault } } : row;

    private static GateEvidence Migrated(GateEvidence evidence) => evidence with { IsMigrated = true };

    private static GateEvidence OfRun(string gate, GateOutcome outcome, string before, Match run, string output)
    {
        // Commands begin with a path, so "; /" is the better separator: a sentence may contain a semicolon of its own.
        var at = before.IndexOf("; /", StringComparison.Ordinal) is var path and >= 0 ? path
            : before.IndexOf(Separator, StringComparison.Ordinal);
        var (detail, command) = at < 0 ? (before, null) : (before[..at], before[(at + Separator.Length)..]);
        var ended = run.Groups["ended"].Value;
        int? code = run.Groups["code"] is { Success: true, Value: var digits }
            && int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        var reason = ReasonOf(gate, outcome, detail);
        if (Ends.TryGetValue(ended, out var end) && reason is not (GateReason.TooLittleTime or GateReason.SaysNothing))
        {
            reason = end;
        }

        long? time = long.TryParse(run.Groups["time"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? milliseconds : 0;
        return new GateEvidence(gate, outcome, reason, command, code, time, output.Length > 0 ? output : null, detail);
    }

    private static GateEvidence OfSentence(string gate, GateOutcome outcome, string text)
    {
        var reason = ReasonOf(gate, outcome, text);

        // The compiler's messages took the place of the sentence.
        return gate == GateNames.Compile && outcome != GateOutcome.Passed && reason is GateReason.Refused or GateReason.MissingLibrary
                ? new GateEvidence(gate, outcome, reason, Output: text, Detail: outcome == GateOutcome.Failed ? Refused : CannotTell)
            : text.StartsWith(NotCompiled + ": ", StringComparison.Ordinal)
                ? new GateEvidence(gate, outcome, reason, Output: text[(NotCompiled.Length + 2)..], Detail: NotCompiled)
            : new GateEvidence(gate, outcome, reason, Detail: text);
    }

    private static GateReason? ReasonOf(string gate, GateOutcome outcome, string detail)
    {
        foreach (var (named, said, start, reason) in Reasons)
        {
            if ((named is null || named == gate) && (said is null || said == outcome) && detail.StartsWith(start, StringComparison.Ordinal))
            {
                return reason;
            }
        }

        return null;
    }

    [GeneratedRegex("^(?:(?<prose>prose); the code it documents|[^,]+, [a-z]+: no syntax error in lines [0-9]+ to [0-9]+ of its file$)",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Mined();

    [GeneratedRegex("^(?<gate>[a-z]+): (?<outcome>passed|failed|unknown): ", RegexOptions.ExplicitCapture)]
    private static partial Regex Form();

    [GeneratedRegex("; (?<ended>exit code (?<code>-?[0-9]+)|[A-Za-z]+); (?<time>[0-9]+) ms(; |$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Run();
}

/// <summary>Converts evidence from and to a JSON list of objects. In rows of earlier versions the list holds sentences.</summary>
internal sealed class EvidenceConverter : JsonConverter<IReadOnlyList<GateEvidence>>
{
    public override IReadOnlyList<GateEvidence> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("Evidence is not a list.");
        }

        var found = new List<GateEvidence>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            found.Add(reader.TokenType == JsonTokenType.String ? EvidenceMigration.Read(reader.GetString()!)
                : JsonSerializer.Deserialize<GateEvidence>(ref reader, options) ?? throw new JsonException("A piece of evidence is null."));
        }

        return found;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<GateEvidence> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var evidence in value)
        {
            JsonSerializer.Serialize(writer, evidence, options);
        }

        writer.WriteEndArray();
    }
}
