using System.CommandLine;
using System.Diagnostics;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Storage;

namespace XCoder.Cli.Commands;

/// <summary><c>analyze</c>: the main job; index, duplicates, coverage, and the three reports.</summary>
internal static class AnalyzeCommand
{
    // 'coverage --gaps' has the others.
    private const int MostGaps = 1000;

    // A larger map takes its time; coverage --format html draws it.
    private const int MostPoints = 5000;

    public static CliCommand Create()
    {
        var command = new CliCommand("analyze", "Index repositories, find duplicates, report coverage; writes report.html, report.json and duplicates.sarif into the workspace", Run,
            "xcoder analyze .",
            "xcoder analyze ~/src/service ~/src/client --threshold 0.8",
            "xcoder analyze ~/clones --workspace /data/corpus --format json > report.json");
        IndexStage.AddTo(command);
        DuplicateSettings.AddTo(command);
        command.Add(IndexCommand.NoEmbed);
        SemanticStage.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        context.RequireFormat("text", "json");
        var options = DuplicateSettings.Read(context);
        SemanticStage.Validate(context);
        var (workspace, hold) = context.OpenForWriting();
        using (hold)
        {
            var watch = Stopwatch.StartNew();
            var summary = IndexStage.Run(context, workspace);
            if (summary.Interrupted)
            {
                context.Messages.WriteLine("xcoder: interrupted while indexing; what was finished is kept. Run the command again to go on.");
                return ExitCode.Interrupted;
            }

            var selection = StoreSelection.Of(summary.Scopes);
            var pairs = PairCounts.Of(context, workspace);
            var cache = AnalysisCache.Open(workspace, summary.Scopes, options, context.Catalog, SemanticStage.Fingerprint(context, workspace) + PairCounts.Fingerprint(pairs));
            var report = cache.Read();
            if (report is null)
            {
                var timings = new List<KeyValuePair<string, double>> { KeyValuePair.Create("index", watch.Elapsed.TotalSeconds) };
                watch.Restart();
                var semantic = context.Get(IndexCommand.NoEmbed) ? null : SemanticStage.Open(context, workspace, options.MinTokens, isLocked: true);
                timings.Add(KeyValuePair.Create("embed", watch.Elapsed.TotalSeconds));
                var concepts = semantic is null ? null : ConceptStage.Open(context, workspace, semantic, options.MinTokens, isLocked: true);
                report = AnalysisRun.Report(workspace, selection, options, context.Catalog, semantic is null ? timings[..1] : timings, semantic is null ? null : (semantic.Index, semantic.Options, semantic.Basis), cancellation: context.Cancellation);
                report = concepts is null ? report : WithConcepts(context, workspace, concepts, pairs, report, selection);
                WriteReports(workspace, report);
                cache.Write(report);
            }

            Write(context, workspace, report);
            return IndexStage.ExitCodeOf(context, report.Coverage);
        }
    }

    private static AnalysisReport WithConcepts(CommandContext context, WorkspaceFolder workspace, ConceptStage concepts, IReadOnlyDictionary<(string Concept, string Language), int> pairs, AnalysisReport report, StoreSelection selection)
    {
        using var store = workspace.OpenStore();
        return concepts.WithPage(context, workspace, store, report with { Concepts = concepts.Report(context, pairs, store, selection, language: null, MostGaps) }, MostPoints);
    }

    private static void WriteReports(WorkspaceFolder workspace, AnalysisReport report)
    {
        using var store = workspace.OpenStore();
        var folder = workspace.Folder;
        AtomicFile.Write(Path.Combine(folder, "report.json"), stream => JsonReport.Write(stream, report));
        AtomicFile.Write(Path.Combine(folder, "duplicates.sarif"), stream => SarifReport.Write(stream, report));
        AtomicFile.Write(Path.Combine(folder, "report.html"), AtomicFile.Text(writer => HtmlReport.Write(writer, report, store.Code)));
    }

    private static void Write(CommandContext context, WorkspaceFolder workspace, AnalysisReport report)
    {
        if (context.Format == "json")
        {
            context.Write(stream => JsonReport.Write(stream, report));
        }
        else
        {
            context.WriteText(writer =>
            {
                TerminalReport.Write(writer, report, context.Text);
                writer.WriteLine();
                writer.WriteLine($"Report: {SafeText.ForTerminal(Path.Combine(workspace.Folder, "report.html"))}");
            });
        }
    }
}
