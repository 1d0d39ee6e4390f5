using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using XCoder.Agents.Purge;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Rows;

/// <summary>The command <c>purge</c> removes a repository and everything that derives from it.</summary>
internal static class PurgeCommand
{
    private static readonly Argument<string> Name = new("REPOSITORY") { Description = "Name of the repository in the workspace",
        HelpName = "REPOSITORY" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Remove without asking" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Report what would be removed, and change nothing" };

    public static CliCommand Create()
    {
        var command =
            new CliCommand("purge",
                "Remove a repository, and every row derived from it, from the workspace: store, memories, "
                    + "transcripts, recorded replies, exports; then check that none of its text is left", Run,
            "xcoder purge service --dry-run",
            "xcoder purge service --yes")
        {
            TakesRepository = false,
        };
        command.Add(Name);
        command.Add(Yes);
        command.Add(DryRun);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var (name, isDry) = (context.Get(Name), context.Get(DryRun));
        if (!isDry && !context.Get(Yes))
        {
            Ask(context, name);
        }

        var summary = context.Rows.Purge(name, isDry, step => context.Say($"{name}: {step}"), context.Cancellation);
        Write(context, summary, isDry);
        return summary.Found.Count > 0 ? ExitCode.GateFailed : ExitCode.Done;
    }

    private static void Ask(CommandContext context, string name)
    {
        if (Console.IsInputRedirected)
        {
            throw new UsageException($"purge cannot be undone: confirm with --yes, or check first with --dry-run.");
        }

        context.Messages.Write($"Remove {SafeText.ForTerminal(name)} and every row derived from it? This cannot be undone. "
            + "Type the repository's name: ");
        if (Console.In.ReadLine() != name)
        {
            throw new UsageException("Nothing was removed.");
        }
    }

    private static void Write(CommandContext context, PurgeSummary summary, bool isDry)
    {
        if (context.IsJson)
        {
            context.WriteJson(json => JsonSerializer.Serialize(json, summary, RowJson.Options));
            return;
        }

        context.WriteText(writer =>
        {
            var rows = summary.Rows;
            writer.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"{SafeText.ForTerminal(summary.Repository)}: {(isDry ? "would be removed" : "removed")}"));
            writer.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"  store    {summary.Files:N0} files with {summary.Snippets:N0} snippets, their vectors "
                        + $"and {summary.Derived.Count:N0} derived files, which are made again when needed"));
            writer.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"  rows     {rows.All:N0}: {rows.Seed:N0} made from it, {rows.Twin:N0} with a twin of it, {rows.Context:N0} that were "
                        + $"shown it, {rows.Text:N0} that hold its text"));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  replies  {rows.Replies:N0}"));
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  lessons  {rows.Lessons:N0}"));
            writer.WriteLine(
                string.Create(CultureInfo.InvariantCulture,
                    $"  exports  {summary.Exports.Count:N0}{(summary.Exports.Count > 0 ? ", deleted as a whole; export again" : "")}"));
            foreach (var path in summary.Exports)
            {
                writer.WriteLine($"    {SafeText.ForTerminal(path)}");
            }

            foreach (var path in summary.Moved)
            {
                writer.WriteLine(
                    $"  not checked: {SafeText.ForTerminal(path)}, an export that is no longer there; if "
                        + $"it was moved, delete it by hand");
            }

            foreach (var path in summary.NotOurs)
            {
                writer.WriteLine(
                    $"  left alone: {SafeText.ForTerminal(path)}, where an export was recorded: it was changed or moved there, or "
                        + $"is not ours; if it is an export, delete it by hand");
            }

            if (isDry)
            {
                return;
            }

            writer.WriteLine(summary.Searched == 0
                ? "The store held no text that only this repository has, so nothing could be searched for."
                : string.Create(CultureInfo.InvariantCulture,
                    $"{summary.Searched:N0} texts searched in {summary.SearchedFiles:N0} files, {summary.Found.Count:N0} found"));
            foreach (var path in summary.Found)
            {
                writer.WriteLine($"  found in {SafeText.ForTerminal(path)}: delete it and purge again");
            }
        });
    }
}
