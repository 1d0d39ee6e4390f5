using System.CommandLine;
using XCoder.Agents;
using XCoder.Agents.Export;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Rows;

/// <summary><c>export</c>: generated rows as training data.</summary>
internal static class ExportCommand
{
    private const string Lines = ".jsonl", Columns = ".parquet";

    private static readonly ExportOptions Defaults = new();

    private static readonly Option<string> DataFormat = Format();

    private static readonly Option<bool> Parquet = new("--parquet") { Description = "Parquet in place of JSONL; needs --output" };

    private static readonly Option<int> ShardRows = new("--shard-rows") { Description = "Most records of a file in a folder", HelpName = "N", DefaultValueFactory = _ => Defaults.ShardRows };

    private static readonly Option<double> Validation = new("--validation") { Description = "Share of the records for a validation split, 0 to 0.5; by concept, so that no two splits hold the same; needs a folder", HelpName = "SHARE", DefaultValueFactory = _ => Defaults.Validation };

    private static readonly Option<string?> RunReport = new("--run-report") { Description = "Write the report of a run (--run, else the newest) to this file instead of exporting: an HTML page, or JSON if its name ends with .json", HelpName = "FILE" };

    public static CliCommand Create()
    {
        var command = new CliCommand("export", "Write generated instruction pairs as training data: JSONL or Parquet, a folder with a data card, or lines on standard output", Run,
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
        if (options.Format == ExportFormat.Dpo && summary.Seen == 0)
        {
            context.Say("There are no preference pairs: 'xcoder generate … --candidates 4' has each instruction answered several times, 'xcoder verify' tells the answers apart.");
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
            Format = Enum.Parse<ExportFormat>(context.Get(DataFormat), ignoreCase: true),
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
            throw new UsageException("Parquet needs a place: --output DIR, or --output FILE.parquet.");
        }

        if (options.Parquet && context.Output!.EndsWith(Lines, StringComparison.Ordinal))
        {
            throw new UsageException($"--parquet and a file that ends with {Lines} contradict each other.");
        }

        if (options.Validation > 0 && (context.Output is null || RowWorkspace.IsExportFile(context.Output)))
        {
            throw new UsageException("--validation makes files of their own: give a folder, --output DIR.");
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
            context.WriteStandard(stream => JsonLines.Write(stream, [summary], (json, item) => ExportText.Write(json, item, context.Get(DataFormat))));
        }
    }

    private static Option<string> Format()
    {
        var option = new Option<string>("--data-format") { Description = "Shape of the records", HelpName = "chat|alpaca|sharegpt|pairs|dpo", DefaultValueFactory = _ => "chat" };
        option.AcceptOnlyFromAmong([.. Enum.GetNames<ExportFormat>().Select(name => name.ToLowerInvariant())]);
        return option;
    }
}
