using System.Text;
using System.Text.Json;
using XCoder.Agents.Export;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Purge;

/// <summary>What an export holds, whatever its form.</summary>
internal static class ExportedRows
{
    /// <summary>Whether one of the files of an export holds a row that saw a repository or text of it. A report of a run always counts: it is made again with one command.</summary>
    public static bool Holds(IEnumerable<string> files, IReadOnlySet<string> names, TextProbes probes, CancellationToken cancellation) => files.Any(file =>
        file.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || PurgeFiles.Holds(file, probes, cancellation) || HoldsRow(file, names, probes, cancellation));

    /// <summary>Whether a file of records holds such a row.</summary>
    public static bool HoldsRow(string file, IReadOnlySet<string> names, TextProbes probes, CancellationToken cancellation)
    {
        foreach (var record in Records(file))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Names(record, names, file) || probes.IsIn(Encoding.UTF8.GetBytes(record)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The records of a file, as JSON; none where it is no file of records.</summary>
    public static IEnumerable<string> Records(string file) => Path.GetExtension(file) switch
    {
        ".jsonl" => Lines(file),
        ".parquet" => Parquet(file),
        _ => [],
    };

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = WorkspaceFile.OpenRead(file);
        using var reader = stream is null ? null : new StreamReader(stream);
        while (reader?.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Parquet(string file)
    {
        using var stream = WorkspaceFile.OpenRead(file);
        foreach (var record in stream is null ? [] : ParquetRecords.Read(stream, file))
        {
            yield return record;
        }
    }

    private static bool Names(string record, IReadOnlySet<string> names, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(record);
            return document.RootElement.TryGetProperty("lineage", out var lineage) && lineage.ValueKind == JsonValueKind.Array
                && lineage.EnumerateArray().Any(place => place.TryGetProperty("repository", out var name) && names.Contains(name.GetString() ?? ""));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}, an export, holds a line that is no JSON: {exception.Message} Whether it holds rows of {names.First()} cannot be told: delete it, then purge again.", exception);
        }
    }
}
