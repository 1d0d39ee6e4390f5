using System.Globalization;
using System.Text.Json;
using XCoder.Agents.Export;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Rows;

/// <summary>What an export wrote and left out, for people and for scripts.</summary>
internal static class ExportText
{
    private const int MostPairs = 10;

    /// <summary>Few lines: how many, and why the others are missing.</summary>
    public static IEnumerable<string> Lines(ExportSummary summary)
    {
        yield return $"Exported {Count(summary.Exported)} of {Count(summary.Seen)} rows.";
        foreach (var (reason, rows) in summary.Dropped.OrderBy(drop => drop.Key))
        {
            yield return $"  left out: {Count(rows)}, {DropText.Of(reason)}{Advice(reason)}";
        }
    }

    /// <summary>The whole summary of an export to files.</summary>
    public static void Write(TextWriter writer, ExportSummary summary, string output)
    {
        foreach (var line in Lines(summary))
        {
            writer.WriteLine(line);
        }

        if (summary.Exported == 0)
        {
            writer.WriteLine("Nothing was written.");
            return;
        }

        writer.WriteLine();
        var pairs = summary.Pairs.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).ToList();
        foreach (var ((source, target), rows) in pairs.Take(MostPairs))
        {
            writer.WriteLine($"  {SafeText.ForTerminal($"{source} → {target}"),-30} {Count(rows),12}");
        }

        if (pairs.Count > MostPairs)
        {
            writer.WriteLine($"  and {Count(pairs.Count - MostPairs)} more language pairs");
        }

        writer.WriteLine();
        writer.WriteLine($"{summary.Files.Count} {(summary.Files.Count == 1 ? "file" : "files")}, {Count(summary.Files.Sum(file => file.Bytes))} bytes, at {SafeText.ForTerminal(output)}; who is to be named stands in the attribution file beside.");
    }

    /// <summary>The summary as JSON.</summary>
    public static void Write(Utf8JsonWriter json, ExportSummary summary, string format)
    {
        json.WriteStartObject();
        json.WriteString("dataFormat", format);
        json.WriteNumber("seen", summary.Seen);
        json.WriteNumber("exported", summary.Exported);
        json.WriteStartObject("dropped");
        foreach (var (reason, rows) in summary.Dropped.OrderBy(drop => drop.Key))
        {
            json.WriteNumber(DropText.NameOf(reason), rows);
        }

        json.WriteEndObject();
        json.WriteStartArray("pairs");
        foreach (var ((source, target), rows) in summary.Pairs.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key))
        {
            json.WriteStartObject();
            json.WriteString("sourceLanguage", source);
            json.WriteString("targetLanguage", target);
            json.WriteNumber("rows", rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        foreach (var file in summary.Files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteNumber("rows", file.Rows);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Advice(DropReason reason) => reason switch
    {
        DropReason.Verdict => " (--all, --verdict)",
        DropReason.LicenceUnknown or DropReason.LicenceNotAllowed => " (--licences)",
        _ => "",
    };

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
