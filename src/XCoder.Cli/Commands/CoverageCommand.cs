using System.CommandLine;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Reports;

namespace XCoder.Cli.Commands;

/// <summary><c>coverage</c>: what the workspace holds and what was left out.</summary>
internal static class CoverageCommand
{
    private static readonly Option<string?> Language = new("--language") { Description = "Only this language", HelpName = "ID" };

    public static CliCommand Create()
    {
        var command = new CliCommand("coverage", "Count files, snippets, documentation and tests by repository and language", Run,
            "xcoder coverage",
            "xcoder coverage --repository service --format json");
        command.Add(Language);
        return command;
    }

    private static int Run(CommandContext context)
    {
        context.RequireFormat("text", "json", "html");
        var workspace = Workspace.OpenExisting(context.WorkspacePath);
        using var store = workspace.OpenStore();
        var selection = context.Select(store, context.Get(Language));
        var coverage = CoverageAnalysis.Run(store, selection);
        switch (context.Format)
        {
            case "json":
                context.Write(stream => JsonLines.WriteDocument(stream, json => CoverageJson.Write(json, coverage)));
                break;
            case "html":
                var report = AnalysisRun.Report(workspace, selection, new() { Threads = context.Threads }, context.Catalog, [], cancellation: context.Cancellation);
                context.WriteText(writer => HtmlReport.Write(writer, report, store.Code));
                break;
            default:
                context.WriteText(writer => CoverageText.Write(writer, coverage, context.Text));
                break;
        }

        return ExitCode.Done;
    }
}
