using System.CommandLine;
using System.Diagnostics;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Reports;

namespace XCoder.Cli.Commands.Indexing;

/// <summary><c>index</c>: incremental extraction into the workspace.</summary>
internal static class IndexCommand
{
    public static readonly Option<bool> NoEmbed = new("--no-embed") { Description = "Do not embed: no neighbours, no semantic duplicates" };

    public static CliCommand Create()
    {
        var command = new CliCommand("index", "Extract functions and structures of repositories into the workspace and embed them; only what changed is read again", Run,
            "xcoder index ~/src/project",
            "xcoder index ~/src --workspace /data/corpus --threads 8");
        IndexStage.AddTo(command);
        command.Add(NoEmbed);
        ModelOptions.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var options = IndexStage.OptionsOf(context);
        CrashGuard.Install();
        var watch = Stopwatch.StartNew();
        var (summary, coverage, embedded) = context.Workspace.Index(context.Get(IndexStage.Paths), options, !context.Get(NoEmbed), context.Cancellation);
        Write(context, summary, embedded, coverage, watch.Elapsed.TotalSeconds);
        if (context.Verbose && embedded?.Dropped.Count > 0)
        {
            context.Say($"Vectors of superseded models dropped: {string.Join(", ", embedded.Dropped)}. The model in use and the one used before it are kept.");
        }

        if (summary.Interrupted)
        {
            context.Messages.WriteLine("xcoder: interrupted; what was finished is kept. Run the command again to go on.");
            return ExitCode.Interrupted;
        }

        return IndexStage.ExitCodeOf(context, coverage);
    }

    private static void Write(CommandContext context, IndexSummary summary, EmbeddingSummary? embedded, XCoder.Analysis.Indexing.CoverageReport coverage, double seconds)
    {
        if (context.IsJson)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("extracted", summary.Extracted);
                json.WriteNumber("unchanged", summary.Unchanged);
                json.WriteNumber("removed", summary.Removed);
                json.WriteNumber("bytes", summary.Bytes);
                json.WriteNumber("seconds", Math.Round(seconds, 3));
                json.WriteBoolean("interrupted", summary.Interrupted);
                if (embedded is not null)
                {
                    json.WriteNumber("embedded", embedded.Embedded);
                }

                json.WritePropertyName("coverage");
                CoverageJson.Write(json, coverage);
                json.WriteEndObject();
            });
            return;
        }

        var snippets = coverage.Languages.Sum(language => language.Snippets);
        context.WriteText(writer => writer.WriteLine(FormattableString.Invariant(
            $"{summary.Extracted:N0} files extracted, {summary.Unchanged:N0} unchanged, {summary.Removed:N0} removed; {snippets:N0} snippets in {coverage.Languages.Count(language => language.Files > 0)} languages{(embedded is null ? "" : FormattableString.Invariant($", {embedded.Embedded:N0} newly embedded"))}; {summary.Bytes / 1e6:0.0} MB in {seconds:0.00} s")));
    }
}
