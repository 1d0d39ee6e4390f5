using System.Text.Json;
using XCoder.Agents.Mining;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Reports;

namespace XCoder.Agents.Generation;

/// <summary>What mining did, for people and as JSON.</summary>
public static class MinedReport
{
    /// <summary>In one line.</summary>
    public static string Line(MinedSummary summary) => $"{Amounts.Count(summary.Rows.Values.Sum(), "row")} ({Amounts.Count(summary.Added)} new) of {Amounts.Count(summary.Twins, "pair")} of twins";

    /// <summary>For people: rows by task and direction, what was left out and why.</summary>
    public static void Write(TextWriter writer, MinedSummary summary, SemanticBasis basis, TextOptions options)
    {
        TextLines.Write(writer, $"Mined: {Line(summary)}. {ThresholdText.Of(basis)}", options);
        if (summary.Rows.Count > 0)
        {
            writer.WriteLine();
            var table = new TextTable(new TextColumn("Task", 3), new TextColumn("From", 2), new TextColumn("To", 1), new TextColumn("Rows", 4, IsNumber: true));
            foreach (var ((task, source, target), rows) in summary.Rows.OrderBy(row => row.Key.Task).ThenByDescending(row => row.Value).ThenBy(row => row.Key.Source, StringComparer.Ordinal).ThenBy(row => row.Key.Target, StringComparer.Ordinal))
            {
                table.Add(task.ToString().ToLowerInvariant(), source, target, Amounts.Count(rows));
            }

            table.Write(writer, options);
            writer.WriteLine();
        }

        WriteDrops(writer, "Functions left out", summary, MinedDrop.Test, MinedDrop.Long, options);
        WriteDrops(writer, "Pairs left out", summary, MinedDrop.Trivial, MinedDrop.Enough, options);
        WriteDrops(writer, "Rows left out", summary, MinedDrop.Documentation, MinedDrop.Style, options);
        if (summary.Redactions.Count > 0)
        {
            TextLines.Write(writer, "Replaced: " + string.Join(", ", summary.Redactions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{Amounts.Count(pair.Value)} {pair.Key}")), options);
        }
    }

    /// <summary>As JSON.</summary>
    public static void Write(Utf8JsonWriter json, MinedSummary summary)
    {
        json.WriteStartObject();
        json.WriteNumber("run", summary.Run);
        json.WriteNumber("twins", summary.Twins);
        json.WriteNumber("added", summary.Added);
        json.WriteStartArray("rows");
        foreach (var ((task, source, target), rows) in summary.Rows.OrderBy(row => row.Key.Task).ThenBy(row => row.Key.Source, StringComparer.Ordinal).ThenBy(row => row.Key.Target, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("task", task.ToString().ToLowerInvariant());
            json.WriteString("sourceLanguage", source);
            json.WriteString("targetLanguage", target);
            json.WriteNumber("rows", rows);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteCounts(json, "dropped", summary.Drops.OrderBy(drop => drop.Key).Select(drop => (drop.Key.ToString().ToLowerInvariant(), drop.Value)));
        WriteCounts(json, "redactions", summary.Redactions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, (long)pair.Value)));
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, IEnumerable<(string Name, long Count)> counts)
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            json.WriteNumber(key, count);
        }

        json.WriteEndObject();
    }

    private static void WriteDrops(TextWriter writer, string title, MinedSummary summary, MinedDrop first, MinedDrop last, TextOptions options)
    {
        var drops = summary.Drops.Where(drop => drop.Key >= first && drop.Key <= last).OrderBy(drop => drop.Key).ToList();
        if (drops.Count > 0)
        {
            TextLines.Write(writer, $"{title}: " + string.Join(", ", drops.Select(drop => $"{Amounts.Count(drop.Value)} {Name(drop.Key)}")), options);
        }
    }

    private static string Name(MinedDrop drop) => drop switch
    {
        MinedDrop.Test => "tests",
        MinedDrop.Errors => "with syntax errors",
        MinedDrop.Short => "too short",
        MinedDrop.Long => "too long",
        MinedDrop.Trivial => "trivial",
        MinedDrop.Size => "of other size",
        MinedDrop.Name => "of other name",
        MinedDrop.Parameters => "of other parameters",
        MinedDrop.Scope => "of other types",
        MinedDrop.Result => "of which one gives no value",
        MinedDrop.Delegation => "of a function and its wrapper",
        MinedDrop.Shape => "of other shape",
        MinedDrop.Literals => "with other literals",
        MinedDrop.Content => "with other content",
        MinedDrop.Order => "in another order",
        MinedDrop.Alone => "alone in their files",
        MinedDrop.Partner => "with a rival",
        MinedDrop.Duplicate => "copies",
        MinedDrop.Enough => "of a concept or repository with enough",
        MinedDrop.Documentation => "documented too little",
        MinedDrop.Licence => "under another licence",
        MinedDrop.Redacted => "with secrets",
        MinedDrop.Benchmark => "with parts of benchmarks",
        MinedDrop.Controls => "with control characters or endless lines",
        _ => "without style examples",
    };
}
