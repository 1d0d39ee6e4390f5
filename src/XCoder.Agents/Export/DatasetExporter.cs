using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Export;

/// <summary>Exports rows in the order of the store. Memory grows by 16 bytes for each exported row, to recognise duplicates.</summary>
internal sealed class DatasetExporter
{
    private readonly ExportOptions _options;
    private readonly RowSource _source;
    private readonly LineageGuard _guard;

    /// <summary>Prepares an export.</summary>
    /// <param name="options">Format, filter and limits.</param>
    /// <param name="source">The rows and notices to read.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public DatasetExporter(ExportOptions options, RowSource source)
    {
        options.Validate();
        (_options, _source) =
            (options with { Filter = options.Filter with { ArePreferences = options.Format == ExportFormat.Dpo } }, source);
        _guard = new LineageGuard(options.Mark);
    }

    /// <summary>Writes JSON lines to a stream, which stays open.</summary>
    public ExportSummary WriteTo(Stream stream, CancellationToken cancellation)
    {
        var summary = new ExportSummary();
        using var writer = new LineWriter(stream);
        foreach (var row in _source.Select(_options.Filter, _guard, summary, cancellation))
        {
            writer.Write(json => RecordWriter.Write(json, row, _options.Format));
        }

        return summary;
    }

    /// <summary>Writes one file and its attribution beside it, whole or not at all. Writes nothing if no row passes the filter.</summary>
    public ExportSummary WriteFile(string path, CancellationToken cancellation)
    {
        var summary = new ExportSummary();
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        ExportFolder.Leftovers(full, _options.Mark, isNamed: true).ToList().ForEach(ExportFolder.Remove);
        var parts = ExportFolder.AsideOf(full, _options.Mark) + ".tmp";
        var attribution = AttributionOf(full);
        try
        {
            ExportedFile written;
            using (var file = new RecordFile(parts, _options))
            {
                foreach (var row in _source.Select(_options.Filter, _guard, summary, cancellation))
                {
                    file.Write(json => RecordWriter.Write(json, row, _options.Format));
                }

                written = file.Finish();
            }

            if (summary.Exported > 0)
            {
                _source.WriteAttribution(parts + ".md", _options.Filter, _guard, cancellation);
                File.Move(parts + ".md", attribution, overwrite: true);
                File.Move(parts, full, overwrite: true);
                _options.Mark?.Write(full);
                summary.Add([written with { Path = Path.GetFileName(full) }]);
            }

            return summary;
        }
        finally
        {
            Array.ForEach([parts, parts + ".lines", parts + ".md"], File.Delete);
        }
    }

    /// <summary>Path of the attribution beside an exported file.</summary>
    public static string AttributionOf(string path) => Path.ChangeExtension(path, null) + "." + ExportFolder.Attribution;

    /// <summary>
    /// Writes a folder that Hugging Face's <c>datasets</c> loads: card, files of each split and attribution, whole or not at all. It
    /// replaces an earlier export in the same place. Writes nothing if no row passes the filter.
    /// </summary>
    /// <exception cref="IOException">The folder holds something that no export wrote.</exception>
    public ExportSummary WriteFolder(string path, CardFacts facts, CancellationToken cancellation)
    {
        var summary = new ExportSummary();
        using var folder = ExportFolder.Begin(path, _options.Mark);
        var data = Path.Combine(folder.Path, ExportFolder.Data);
        using (var train = new SplitWriter(data, DataCard.Train, _options))
        using (var validation = new SplitWriter(data, DataCard.Validation, _options))
        {
            foreach (var row in _source.Select(_options.Filter, _guard, summary, cancellation))
            {
                (SplitChooser.IsValidation(row, _options.Validation) ? validation
                    : train).Write(json => RecordWriter.Write(json, row, _options.Format));
            }

            summary.Add(train.Finish());
            summary.Add(validation.Finish());
        }

        if (summary.Exported > 0)
        {
            _source.WriteAttribution(Path.Combine(folder.Path, ExportFolder.Attribution), _options.Filter, _guard, cancellation);
            using (var writer = new StreamWriter(Path.Combine(folder.Path, ExportFolder.Card)) { NewLine = "\n" })
            {
                new DataCard(_options, summary, facts).Write(writer);
            }

            folder.Commit();
        }

        return summary;
    }
}

/// <summary>
/// Writes rows as records of a format. Every record has every column, null if the row has no value, because some readers take the columns
/// of the first records for all.
/// </summary>
internal static class RecordWriter
{
    private static readonly JsonSerializerOptions Whole = new(RowJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never };

    /// <summary>Writes a row; for <see cref="ExportFormat.Dpo"/> the row must come from <see cref="PreferenceRows"/>.</summary>
    public static void Write(Utf8JsonWriter json, InstructionRow row, ExportFormat format)
    {
        if (format == ExportFormat.Pairs)
        {
            JsonSerializer.Serialize(json, WithoutMachine(row), Whole);
            return;
        }

        json.WriteStartObject();
        switch (format)
        {
            case ExportFormat.Chat:
                WriteTurns(json, "messages", "role", "content", ("user", row.Instruction), ("assistant", row.Response));
                break;
            case ExportFormat.Alpaca:
                json.WriteString("instruction", row.Instruction);
                json.WriteString("input", "");
                json.WriteString("output", row.Response);
                break;
            case ExportFormat.ShareGpt:
                WriteTurns(json, "conversations", "from", "value", ("human", row.Instruction), ("gpt", row.Response));
                break;
            case ExportFormat.Dpo:
                WriteTurns(json, "prompt", "role", "content", ("user", row.Instruction));
                WriteTurns(json, "chosen", "role", "content", ("assistant", row.Response));
                WriteTurns(json, "rejected", "role", "content", ("assistant", row.Candidates[0].Response));
                json.WriteNumber("margin", row.Preferences[0].Margin);
                json.WriteString("basis", row.Preferences[0].Basis);
                Serialize(json, "evidence", row.Preferences[0].Evidence);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, null);
        }

        WriteOrigin(json, row);
        json.WriteEndObject();
    }

    private static void WriteTurns(Utf8JsonWriter json, string name, string who, string what,
        params ReadOnlySpan<(string Who, string What)> turns)
    {
        json.WriteStartArray(name);
        foreach (var turn in turns)
        {
            json.WriteStartObject();
            json.WriteString(who, turn.Who);
            json.WriteString(what, turn.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOrigin(Utf8JsonWriter json, InstructionRow row)
    {
        json.WriteString("id", row.Id);
        Serialize(json, "dataset", row.Dataset);
        Serialize(json, "task", row.Task);
        json.WriteString("sourceLanguage", row.SourceLanguage);
        json.WriteString("targetLanguage", row.TargetLanguage);
        json.WriteString("concept", row.Concept);
        Serialize(json, "verdict", row.Critique.Verdict);
        Serialize(json, "total", row.Critique.Total);
        json.WriteString("status", RowNames.Of(row.Verification.Status));
        json.WriteString("licence", row.Licence);
        Serialize(json, "notices", row.Notices);
        Serialize(json, "lineage", row.Lineage);
    }

    private static void Serialize<T>(Utf8JsonWriter json, string name, T value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value, Whole);
    }

    // Two facts mean nothing outside of this workspace: what the verifying machine lacked, and the fault that a gate may take back.
    private static InstructionRow WithoutMachine(InstructionRow row) => row with
    {
        Critique = row.Critique with { GateFault = null },
        Verification = row.Verification with { Lacks = null },
        Candidates = [
            .. row.Candidates.Select(
                candidate => candidate with { Verification = candidate.Verification is { } found ? found with { Lacks = null } : null })],
    };
}
