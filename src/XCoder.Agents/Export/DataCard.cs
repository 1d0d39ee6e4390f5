using System.Globalization;
using System.Text;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Export;

/// <summary>
/// Writes the README.md of an exported folder, with the YAML by which Hugging Face's <c>datasets</c> finds the files
/// (https://huggingface.co/docs/hub/datasets-manual-configuration).
/// </summary>
internal sealed class DataCard(ExportOptions options, ExportSummary summary, CardFacts facts)
{
    /// <summary>Name of the training split.</summary>
    public const string Train = "train";

    /// <summary>Name of the validation split.</summary>
    public const string Validation = "validation";

    private const int MostLines = 100;

    private static readonly (long Below, string Name)[] Sizes = [(1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"),
        (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"), (long.MaxValue, "100M<n<1B")];

    private string Name => options.Format.Name;

    public void Write(TextWriter writer)
    {
        WriteFrontMatter(writer);
        writer.Write(
            $"{ExportFolder.Mark}\n{(options.Mark is { } mark ? mark.CardLine() + "\n" : "")}\n# Instruction pairs from source code\n\n");
        writer.Write(
            $"{NumberText.Count(summary.Exported, "record")} of the form `{Name}`, each with its origin (`lineage`: repository, "
                + $"commit, path, lines, licence).\n");
        writer.Write(
            $"Made with XCoder {Cell(facts.Tool)}; the newest row is "
                + $"of {summary.Newest?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}.\n\n");
        WriteUse(writer);
        WriteCounts(writer);
        WriteMaking(writer);
        WriteLimits(writer);
    }

    private void WriteFrontMatter(TextWriter writer)
    {
        var size = Sizes.First(size => summary.Exported < size.Below).Name;
        writer.Write(
            $"---\nlicense: other\nlicense_name: per-record\nlicense_link: {ExportFolder.Attribution}\nlanguage:\n- en\n- "
                + $"code\ntask_categories:\n- text-generation\nsize_categories:\n- {size}\ntags:\n- code\n- instruction-tuning\n");
        writer.Write($"configs:\n- config_name: {Name}\n  data_files:\n");
        foreach (var split in Splits())
        {
            writer.Write($"  - split: {split}\n    path: {ExportFolder.Data}/{split}-*{SplitWriter.Ending(options)}\n");
        }

        // Parquet files state their own types. Objects with varying keys have no fixed type to declare here.
        if (!options.Parquet && !options.Format.HasVaryingKeys)
        {
            var features = new StringBuilder();
            foreach (var column in options.Format.Columns)
            {
                features.Append("  - name: ").Append(column.Name).Append('\n');
                column.Type.WriteFeature(features, 4);
            }

            writer.Write($"dataset_info:\n- config_name: {Name}\n  features:\n{features}");
        }

        writer.Write("---\n");
    }

    private void WriteUse(TextWriter writer)
    {
        writer.Write(
            $"```python\nfrom datasets import load_dataset\n\nrecords = load_dataset(\"PATH OF THIS "
                + $"FOLDER\", \"{Name}\", split=\"{Splits().First()}\")\n```\n\n");
        writer.Write("## Files\n\n| file | records | bytes | SHA-256 |\n|---|---:|---:|---|\n");
        foreach (var file in summary.Files)
        {
            writer.Write($"| {file.Path} | {NumberText.Count(file.Rows)} | {NumberText.Count(file.Bytes)} | `{file.Sha256}` |\n");
        }

        writer.Write('\n');
    }

    private void WriteCounts(TextWriter writer)
    {
        writer.Write("## What is in it\n\n");
        WriteTable(writer, "source → target language",
            summary.Pairs.Select(pair => KeyValuePair.Create($"{pair.Key.Source} → {pair.Key.Target}", pair.Value)));
        foreach (var (fact, heading) in (ReadOnlySpan<(string, string)>)[("dataset", "data set"), ("task", "task"), ("verdict", "verdict"),
            ("status", "verification"), ("licence", "licence"), ("model", "chat model")])
        {
            WriteTable(writer, heading, summary.By(fact));
        }

        writer.Write($"## What was left out\n\n{NumberText.Count(summary.Seen, "row")} seen, "
            + $"{NumberText.Count(summary.Seen - summary.Exported)} left out.\n\n");
        if (summary.Dropped.Count > 0)
        {
            WriteTable(writer, "reason", summary.Dropped.Select(drop => KeyValuePair.Create(DropText.Of(drop.Key), drop.Value)));
        }
    }

    private void WriteMaking(TextWriter writer)
    {
        writer.Write(
            "## How it was made\n\nRows of the data set `mined` are real parallel code: the response is as its author wrote it. Those of "
                + "`Ds1`, `Ds2` and `Ds3` were written by a chat model from real code, `Ds3` by a discussion among agents, and judged by "
                    + "one. Secrets and personal data were replaced by placeholders when the rows were made.\n\n");
        foreach (var (name, value) in facts.Choices)
        {
            writer.Write($"- {Cell(name)}: {Cell(value)}\n");
        }

        foreach (var (kind, run) in facts.Runs)
        {
            var text = SafeText.ForLines(run);
            var fence = CodeFence.For(text);
            writer.Write($"\nA run, {Cell(kind)}:\n\n{fence}json\n{text}\n{fence}\n");
        }

        writer.Write('\n');
        WriteTable(writer, "hash of the prompts", summary.By("prompts"));
    }

    private void WriteLimits(TextWriter writer)
    {
        writer.Write(
            $"## Limits\n\n- Each record is under its own licence (`licence`); the notices that it requires are in "
                + $"[{ExportFolder.Attribution}]({ExportFolder.Attribution}), by the ids in `notices`. A program read the licences.\n");
        writer.Write(
            $"- No record shares a word 10-gram with a problem "
                + $"of {string.Join(", ", options.Filter.Benchmarks.Fingerprints.Select(benchmark => Cell(benchmark.Header.Name)))} or "
                    + $"resembles one as a whole; text that many problems share does not count.\n");
        writer.Write(
            "- `verification` says what was checked; `parsed-only` does not prove that code works.\n- No record repeats both instruction "
                + "and response of another; records may still be similar.\n");
        if (options.Validation > 0)
        {
            writer.Write(
                $"- The validation split was chosen by concept, or by repository for rows without one. Its share is "
                    + $"about {NumberText.Share(options.Validation)}, and no concept is in both splits.\n");
        }

        if (options.Format.HasVaryingKeys)
        {
            writer.Write(options.Parquet
                ? "- `critique.scores`, `pair.signals` and `redactions` are JSON in text.\n"
                : "- `critique.scores`, `pair.signals` and `redactions` are objects whose keys vary; "
                    + "Parquet (`--parquet`) has fixed columns.\n");
        }
    }

    private IEnumerable<string> Splits() =>
        ((string[])[Train, Validation]).Where(
            split => summary.Files.Any(file => file.Path.StartsWith($"{ExportFolder.Data}/{split}-", StringComparison.Ordinal)));

    private static void WriteTable(TextWriter writer, string heading, IEnumerable<KeyValuePair<string, long>> counts)
    {
        var rows = counts.OrderByDescending(row => row.Value).ThenBy(row => row.Key, StringComparer.Ordinal).ToList();
        writer.Write($"| {heading} | records |\n|---|---:|\n");
        foreach (var (name, count) in rows.Take(MostLines))
        {
            writer.Write($"| {Cell(name)} | {NumberText.Count(count)} |\n");
        }

        writer.Write(rows.Count > MostLines
            ? $"| and {NumberText.Count(rows.Count - MostLines)} more "
                + $"| {NumberText.Count(rows.Skip(MostLines).Sum(row => row.Value))} |\n\n" : "\n");
    }

    // Escapes foreign text for one line of Markdown.
    private static string Cell(string text)
    {
        var safe = new StringBuilder();
        foreach (var character in SafeText.ForTerminal(text))
        {
            _ = character is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '&' or '#'
                ? safe.Append('\\').Append(character) : safe.Append(character);
        }

        return safe.ToString();
    }
}

/// <summary>Facts for a data card that the export does not count.</summary>
internal sealed record CardFacts
{
    public required string Tool { get; init; }

    /// <summary>The chosen options as on the command line: name and value.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Choices { get; init; } = [];

    /// <summary>The runs that made the rows: kind, and options as JSON.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Runs { get; init; } = [];
}
