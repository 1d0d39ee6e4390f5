using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>The result of a mining run.</summary>
public sealed record MinedSummary
{
    /// <summary>Number of the run in the store.</summary>
    public required long Run { get; init; }

    /// <summary>Translation pairs found, without those of tests.</summary>
    public required int Twins { get; init; }

    /// <summary>Pairs of tests found that check the same in two languages; 0 where the tasks need none.</summary>
    public int TestTwins { get; init; }

    /// <summary>Share of the pairs that is expected to be translations, in [0.5, 1).</summary>
    public required double Precision { get; init; }

    /// <summary>Rows by task and direction.</summary>
    public required IReadOnlyDictionary<(RowTask Task, string Source, string Target), int> Rows { get; init; }

    /// <summary>Rows that were not in the store before.</summary>
    public required int Added { get; init; }

    /// <summary>Functions, pairs and rows that were dropped, by reason.</summary>
    public required IReadOnlyDictionary<MinedDrop, long> Drops { get; init; }

    /// <summary>Secrets and personal data replaced, by kind.</summary>
    public required IReadOnlyDictionary<string, int> Redactions { get; init; }
}

/// <summary>Writes the result of mining as one line or as JSON.</summary>
public static class MinedReport
{
    /// <summary>Returns a one-line summary.</summary>
    public static string Line(MinedSummary summary) =>
        $"{NumberText.Count(summary.Rows.Values.Sum(), "row")} ({NumberText.Count(summary.Added)} new) "
            + $"of {NumberText.Count(summary.Twins, "translation pair")}"
            + (summary.TestTwins > 0 ? $" and {NumberText.Count(summary.TestTwins, "pair")} of tests" : "");

    /// <summary>Writes the result as a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, MinedSummary summary)
    {
        json.WriteStartObject();
        json.WriteNumber("run", summary.Run);
        json.WriteNumber("twins", summary.Twins);
        json.WriteNumber("testTwins", summary.TestTwins);
        json.WriteNumber("precision", summary.Precision);
        json.WriteNumber("added", summary.Added);
        json.WriteStartArray("rows");
        foreach (var ((task, source, target), rows) in summary.Rows.OrderBy(row => row.Key.Task)
            .ThenBy(row => row.Key.Source, StringComparer.Ordinal).ThenBy(row => row.Key.Target, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("task", RowNames.Of(task));
            json.WriteString("sourceLanguage", source);
            json.WriteString("targetLanguage", target);
            json.WriteNumber("rows", rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteCounts("dropped", summary.Drops.OrderBy(drop => drop.Key)
            .Select(drop => KeyValuePair.Create(drop.Key.ToString().ToLowerInvariant(), drop.Value)));
        json.WriteCounts("redactions", summary.Redactions.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        json.WriteEndObject();
    }
}
