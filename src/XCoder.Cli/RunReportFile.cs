using XCoder.Agents.Generation;
using XCoder.Agents.Reports;
using XCoder.Agents.Storage;
using XCoder.Analysis.Reports;
using XCoder.Cli.Commands;

namespace XCoder.Cli;

/// <summary>Writes the report of a run: a page, or JSON where the file's name ends with <c>.json</c>.</summary>
internal static class RunReportFile
{
    private const string Json = ".json";

    /// <summary>Writes the report of a run, or of the newest, whole or not at all.</summary>
    public static void Write(CommandContext context, GenerationStore store, long? number, string path)
    {
        var run = store.Runs().LastOrDefault(run => number is null || run.Id == number)
            ?? throw new UsageException($"The workspace {context.WorkspacePath} holds no run to report on. 'xcoder generate' makes one.");
        Write(context, RunReport.Of(store, run), path);
    }

    /// <summary>Writes the page of a run by agents, or of their newest, in the workspace anew, after its rows have changed; nothing without one.</summary>
    public static void Renew(CommandContext context, GenerationStore store, long? number, string workspace)
    {
        if (store.Runs().LastOrDefault(run => number is null ? run.Kind == AgentRun.Kind : run.Id == number) is { } run)
        {
            Write(context, RunReport.Of(store, run), Path.Combine(workspace, AgentStage.ReportName));
        }
    }

    /// <summary>Writes a report.</summary>
    public static void Write(CommandContext context, RunReport report, string path)
    {
        AtomicFile.Write(path, path.EndsWith(Json, StringComparison.OrdinalIgnoreCase) ? stream => RunReportJson.Write(stream, report) : AtomicFile.Text(writer => RunReportHtml.Write(writer, report)));
        context.Say($"Report of run {report.Run.Id}: {SafeText.ForTerminal(path)}");
    }
}
