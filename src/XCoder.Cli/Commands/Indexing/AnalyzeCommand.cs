using System.CommandLine;
using XCoder.Analysis;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Text;
using XCoder.Cli.Commands.Analysis;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Indexing;

/// <summary>The command <c>analyze</c> indexes repositories, finds duplicates, reports coverage and writes the reports.</summary>
internal static class AnalyzeCommand
{
    public static CliCommand Create()
    {
        var files = ReportFormat.All.OrderBy(format => format.Name, StringComparer.Ordinal).Select(format => format.FileName);
        var command =
            new CliCommand("analyze",
                $"Index repositories, find duplicates, report coverage; writes {CommandContext.Listed(files)} into the workspace", Run,
            "xcoder analyze .",
            "xcoder analyze ~/src/service ~/src/client --threshold 0.8",
            "xcoder analyze ~/clones --workspace /data/corpus --format json > report.json");
        IndexStage.AddTo(command);
        DuplicateSettings.AddTo(command);
        command.Add(IndexCommand.NoEmbed);
        command.Add(IgnoreCommand.NoIgnores);
        MarginOption.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var options = new AnalysisOptions
        {
            Index = IndexStage.OptionsOf(context),
            Duplicates = DuplicateSettings.Read(context),
            Embed = !context.Get(IndexCommand.NoEmbed),
            Pairs = PairCounts.Of(context),
        };
        CrashGuard.Install();
        var (_, report) = context.Workspace.Analyze(context.Get(IndexStage.Paths), options, context.Cancellation);
        if (report is null)
        {
            context.Messages.WriteLine("xcoder: interrupted while indexing; finished work is kept. Run the command again to continue.");
            return ExitCode.Interrupted;
        }

        Write(context, report);
        return IndexStage.ExitCodeOf(context, report.Coverage);
    }

    private static void Write(CommandContext context, AnalysisReport report)
    {
        if (context.IsJson)
        {
            context.WriteJson(json => JsonReport.Write(json, report));
        }
        else
        {
            context.WriteReport(console =>
            {
                TerminalReport.Write(console, report);
                console.Line();
                console.Line($"Report: {SafeText.ForTerminal(Path.Combine(context.WorkspacePath, ReportFormat.Html.FileName))}");
            });
        }
    }
}
