using System.Text;
using System.Text.Json;
using XCoder.Agents.Export.Parquet;

namespace XCoder.Agents.Purging;

/// <summary>What an export holds, whatever its form.</summary>
internal static class ExportedRows
{
    private const int Page = 2000;

    /// <summary>Whether an export, a file or a folder, holds a row that saw a repository or text of it. A report of a run always counts: it is made again with one command.</summary>
    public static bool Holds(string path, string repository, TextProbes probes, CancellationToken cancellation) => PurgeFiles.All(path).Any(file =>
        file.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || PurgeFiles.Holds(file, probes, cancellation) || HoldsRow(file, repository, probes, cancellation));

    /// <summary>Whether a file of records holds such a row.</summary>
    public static bool HoldsRow(string file, string repository, TextProbes probes, CancellationToken cancellation)
    {
        foreach (var record in Records(file))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Names(record, repository, file) || probes.IsIn(Encoding.UTF8.GetBytes(record)))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Records(string file) => Path.GetExtension(file) switch
    {
        ".jsonl" => File.ReadLines(file).Where(line => line.Length > 0),
        ".parquet" => Parquet(file),
        _ => [],
    };

    private static IEnumerable<string> Parquet(string file)
    {
        using var session = DuckDbSession.Open(Path.GetTempPath());
        for (long first = 0; ; first += Page)
        {
            var rows = session.Query(FormattableString.Invariant($"SELECT CAST(to_json(t) AS VARCHAR) FROM read_parquet({DuckDbSession.PathLiteral(file)}) t LIMIT {Page} OFFSET {first}"));
            foreach (var row in rows)
            {
                yield return row[0]!;
            }

            if (rows.Count < Page)
            {
                yield break;
            }
        }
    }

    private static bool Names(string record, string repository, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(record);
            return document.RootElement.TryGetProperty("lineage", out var lineage) && lineage.ValueKind == JsonValueKind.Array
                && lineage.EnumerateArray().Any(place => place.TryGetProperty("repository", out var name) && name.GetString() == repository);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}, an export, holds a line that is no JSON: {exception.Message} Whether it holds rows of {repository} cannot be told: delete it, then purge again.", exception);
        }
    }
}
