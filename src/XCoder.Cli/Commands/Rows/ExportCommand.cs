using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using XCoder.Agents;
using XCoder.Agents.Export;
using XCoder.Agents.Licences;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Rows;

/// <summary>The command <c>export</c> writes generated rows as training data.</summary>
internal static class ExportCommand
{
    private const string Lines = ".jsonl", Columns = ".parquet";

    private static readonly ExportOptions Defaults = new();

    private static readonly Option<string> DataFormat = Format();

    private static readonly Option<bool> Parquet = new("--parquet") { Description = "Write Parquet instead of JSONL; needs --output" };

    private static readonly Option<int> ShardRows = new("--shard-rows") { Description = "Maximum number of records per file in a folder",
        HelpName = "N", DefaultValueFactory = _ => Defaults.ShardRows };

    private static readonly Option<double> Validation =
        new("--validation") { Description =
            "Share of the records for a validation split, 0 to 0.5; split by concept, so that no concept is in both; needs a folder",
            HelpName = "SHARE", DefaultValueFactory = _ => Defaults.Validation };

    private static readonly Option<string?> RunReport =
        new("--run-report") { Description =
            "Write the report of a run (--run, else the newest) to this file instead of exporting: an HTML "
                + "page, or JSON if its name ends with .json", HelpName = "FILE" };

    public static CliCommand Create()
    {
        var command =
            new CliCommand("export",
                "Write generated instruction pairs as training data: JSONL or Parquet, a folder with a data "
                    + "card, or lines on standard output", Run,
            "xcoder export --data-format chat > pairs.jsonl",
            "xcoder export --data-format chat --output dataset --parquet --validation 0.02",
            "xcoder export --data-format sharegpt --language python,go --min-total 7 --output python-go.jsonl",
            "xcoder export --data-format pairs --all --licences any --output everything",
            "xcoder export --data-format dpo --output preferences",
            "xcoder export --run-report run.html");
        foreach (Option option in (Option[])[DataFormat, Parquet, ShardRows, Validation, RunReport, .. ExportSelection.Options])
        {
            command.Add(option);
        }

        return command;
    }

    private static int Run(CommandContext context)
    {
        var run = ExportSelection.RunOf(context);
        if (context.Get(RunReport) is { } page)
        {
            var report = context.Rows.ExportReport(page, run);
            context.Say($"Report of run {report.Run.Id}: {page}");
            return ExitCode.Done;
        }

        var options = Read(context);
        var summary = Export(context, options, run);
        Report(context, summary);
        if (summary.Exported == 0)
        {
            context.Say(ExportText.Next(options, summary));
        }

        return ExitCode.Done;
    }

    private static ExportSummary Export(CommandContext context, ExportOptions options, string? run)
    {
        if (context.Output is { } output)
        {
            return context.Rows.Export(options, output, ExportSelection.Describe(context, options), run, context.Cancellation);
        }

        ExportSummary? summary = null;
        context.WriteStandard(stream => summary = context.Rows.Export(options, stream, run, context.Cancellation));
        return summary!;
    }

    private static ExportOptions Read(CommandContext context)
    {
        var options = new ExportOptions
        {
            Format = ExportFormat.Find(context.Get(DataFormat))!,
            Parquet = context.Get(Parquet) || context.Output?.EndsWith(Columns, StringComparison.Ordinal) == true,
            ShardRows = context.Get(ShardRows),
            Validation = context.Get(Validation),
            Filter = ExportSelection.Filter(context),
        };
        try
        {
            options.Validate();
        }
        catch (ArgumentException exception)
        {
            throw new UsageException(exception.Message);
        }

        if (options.Parquet && context.Output is null)
        {
            throw new UsageException("Parquet needs a place to write to: --output DIR, or --output FILE.parquet.");
        }

        if (options.Parquet && context.Output!.EndsWith(Lines, StringComparison.Ordinal))
        {
            throw new UsageException($"--parquet and a file that ends with {Lines} contradict each other.");
        }

        if (options.Validation > 0 && (context.Output is null || RowWorkspace.IsExportFile(context.Output)))
        {
            throw new UsageException("--validation writes several files: name a folder with --output DIR.");
        }

        return options;
    }

    private static void Report(CommandContext context, ExportSummary summary)
    {
        if (context.Output is null)
        {
            foreach (var line in ExportText.Lines(summary))
            {
                context.Say(line);
            }
        }
        else if (context.Format == "text")
        {
            context.WriteStandard(AsideFile.Text(writer => ExportText.Write(writer, summary, context.Output)));
        }
        else
        {
            context.WriteStandard(
                stream => JsonLines.Write(stream, [summary], (json, item) => ExportText.Write(json, item, context.Get(DataFormat))));
        }
    }

    private static Option<string> Format()
    {
        string[] names = [.. ExportFormat.All.Select(format => format.Name)];
        var option = new Option<string>("--data-format") { Description = "Shape of the records", HelpName = string.Join('|', names),
            DefaultValueFactory = _ => Defaults.Format.Name };
        option.AcceptOnlyFromAmong(names);
        return option;
    }
}

/// <summary>The options that select rows for <c>export</c>.</summary>
internal static class ExportSelection
{
    private static readonly Option<string?> Datasets =
        new("--dataset") { Description = $"Only these data sets: {string.Join(", ", RowKind.Datasets)} ({RowKind.Preference.Label})",
            HelpName = "NAMES" };

    private static readonly Option<string> Verdicts =
        new("--verdict") { Description = "Only rows with these verdicts: accept, revise, reject", HelpName = "NAMES",
            DefaultValueFactory = _ => "accept" };

    private static readonly Option<bool> All =
        new("--all") { Description = "Rows of every verdict and status, rejected and failed ones too" };

    private static readonly Option<string?> Statuses =
        new("--status") { Description =
            "Only rows with these verification statuses: verified, parsed-only, failed, unverifiable (default: all but failed)",
            HelpName = "NAMES" };

    private static readonly Option<string> Licences =
        new("--licences") { Description = "permissive, any, or SPDX ids; rows with another or an unknown licence are left out",
            HelpName = "permissive|any|LIST", DefaultValueFactory = _ => "permissive" };

    private static readonly Option<string?> Languages = new("--language") { Description = "Only rows whose languages are all among these",
        HelpName = "IDS" };

    private static readonly Option<string?> Tasks =
        new("--task") { Description = "Only these tasks: translation, implementation, documentation, completion, port, instruction",
            HelpName = "NAMES" };

    private static readonly Option<double?> MinTotal =
        new("--min-total") { Description = "Lowest total of the critique, 0 to 10; leaves out rows without scores", HelpName = "X" };

    private static readonly Option<string?> Run = new("--run") { Description = RunOption.Only, HelpName = "NAME" };

    public static IReadOnlyList<Option> Options =>
        [Datasets, Verdicts, All, Statuses, Licences, Languages, Tasks, MinTotal, Run, DecontaminateCommand.Benchmark];

    public static RowFilterOptions Filter(CommandContext context) => new()
    {
        Datasets = Names(context.Get(Datasets)) is { } datasets ? [.. datasets.Select(DatasetOf)] : (HashSet<Dataset>?)null,
        Verdicts = context.Get(All) ? null : Values<Verdict>("--verdict", Names(context.Get(Verdicts))!),
        Statuses = Names(context.Get(Statuses)) is { } statuses ? [.. statuses.Select(Status)] : (HashSet<RowStatus>?)null,
        KeepsFailed = context.Get(All),
        Tasks = Names(context.Get(Tasks)) is { } tasks ? Values<RowTask>("--task", tasks) : null,
        Languages = Names(context.Get(Languages)) is { } languages ? [.. languages.Select(name => context.Family(name))]
            : (HashSet<string>?)null,
        Repository = context.Repository,
        Family = context.Catalog.FamilyOf,
        Benchmarks = DecontaminateCommand.DetectorOf(context),
        Licences = Policy(context.Get(Licences)),
        MinTotal = context.Get(MinTotal),
    };

    /// <summary>Name or number of the chosen run, or null for all.</summary>
    public static string? RunOf(CommandContext context) => context.Get(Run);

    /// <summary>The chosen options for the data card, without facts about this machine.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Describe(CommandContext context, ExportOptions options)
    {
        (string Name, string? Value)[] choices =
        [
            ("verdict", context.Get(All) ? "all" : context.Get(Verdicts)), ("licences", context.Get(Licences)),
            ("data sets", context.Get(Datasets)), ("tasks", context.Get(Tasks)),
            ("verification", context.Get(Statuses)), ("languages", context.Get(Languages)), ("least total", Number(context.Get(MinTotal))),
            ("repository", context.Repository), ("run", context.Get(Run)),
            ("validation share", options.Validation > 0 ? Number(options.Validation) : null),
        ];
        return [.. choices.Where(choice => choice.Value is not null).Select(choice => KeyValuePair.Create(choice.Name, choice.Value!))];
    }

    private static string? Number(IFormattable? value) => value?.ToString(null, System.Globalization.CultureInfo.InvariantCulture);

    private static string[]? Names(string? list) => list is null ? null : CommandContext.Split(list);

    private static HashSet<T> Values<T>(string option, string[] names)
        where T : struct, Enum =>
        [.. names.Select(name => RowNames.Find<T>(name)
            ?? throw new UsageException(
                $"{option} does not know '{SafeText.ForTerminal(name)}'; choose "
                    + $"from {string.Join(", ", Enum.GetValues<T>().Select(RowNames.Of))}."))];

    private static Dataset DatasetOf(string name) => Dataset.Find(name)
        ?? throw new UsageException(
            $"--dataset does not know '{SafeText.ForTerminal(name)}'; choose from {string.Join(", ", RowKind.Datasets)}.");

    private static RowStatus Status(string name) =>
        Enum.GetValues<RowStatus>().Where(status => RowNames.Of(status) == name).Select(status => (RowStatus?)status).FirstOrDefault()
        ?? throw new UsageException(
            $"--status does not know '{SafeText.ForTerminal(name)}'; choose "
                + $"from {string.Join(", ", Enum.GetValues<RowStatus>().Select(status => RowNames.Of(status)))}.");

    private static LicencePolicy Policy(string text)
    {
        try
        {
            return LicencePolicy.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new UsageException($"--licences: {exception.Message}");
        }
    }
}

/// <summary>The option <c>--run</c>: a run by its name, or by its number as shown in reports.</summary>
internal static class RunOption
{
    /// <summary>The help text where the option selects rows.</summary>
    public const string Only = "Only rows of this run, by its name or number (default: all)";
}

/// <summary>Writes the summary of an export as text or JSON.</summary>
internal static class ExportText
{
    private const int MostPairs = 10;

    /// <summary>A few lines: the number of exported rows, and why the others were left out.</summary>
    public static IEnumerable<string> Lines(ExportSummary summary)
    {
        yield return $"Exported {Count(summary.Exported)} of {Count(summary.Seen)} rows.";
        foreach (var (reason, rows) in summary.Dropped.OrderBy(drop => drop.Key))
        {
            yield return $"  left out: {Count(rows)}, {DropText.Of(reason)}{Advice(reason)}";
        }
    }

    /// <summary>What to do where nothing was exported.</summary>
    public static string Next(ExportOptions options, ExportSummary summary) =>
        summary.Seen > 0 ? "No row passes this selection: the options in brackets let more rows through."
        : options.Format.TakesPreferences
            ? "There are no preference pairs: 'xcoder generate … --candidates 4' writes several answers to each instruction, "
                + "and 'xcoder verify' ranks them."
        : "There are no rows: 'xcoder generate --mined' makes them from functions that are indexed in several languages, "
            + "'xcoder generate --endpoint URL --chat-model NAME' has a chat model write them.";

    /// <summary>Writes the summary of an export to files.</summary>
    public static void Write(TextWriter writer, ExportSummary summary, string output)
    {
        foreach (var line in Lines(summary))
        {
            writer.WriteLine(line);
        }

        if (summary.Exported == 0)
        {
            writer.WriteLine($"Nothing was written to {SafeText.ForTerminal(output)}.");
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
        writer.WriteLine(
            $"{summary.Files.Count} {(summary.Files.Count == 1 ? "file" : "files")}, {Count(summary.Files.Sum(file => file.Bytes))} bytes, "
                + $"at {SafeText.ForTerminal(output)}; the attribution file beside lists sources and notices.");
    }

    /// <summary>Writes the summary as JSON.</summary>
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
        DropReason.Status or DropReason.Failed => " (--all, --status)",
        DropReason.Dataset => " (--dataset)",
        DropReason.Task => " (--task)",
        DropReason.Language => " (--language)",
        DropReason.Repository => " (--repository)",
        DropReason.Total => " (--min-total)",
        DropReason.LicenceUnknown or DropReason.LicenceNotAllowed => " (--licences)",
        _ => "",
    };

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
