using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using XCoder.Analysis;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Text;

namespace XCoder.Cli.Commands.Indexing;

/// <summary>The command <c>watch</c> indexes repositories, then indexes them again whenever a source file changes.</summary>
internal static class WatchCommand
{
    // How often it looks whether the program that started it still reads.
    private static readonly TimeSpan ReaderInterval = TimeSpan.FromSeconds(2);

    private static readonly Option<int> Debounce = new("--debounce")
    {
        Description = "How long nothing may change before it indexes",
        HelpName = "MILLISECONDS",
        DefaultValueFactory = _ => 300,
    };

    private static readonly Option<double?> Poll = new("--poll")
    {
        Description = "Look for changes in this interval; without it the system's events are used, which network file systems do not give",
        HelpName = "SECONDS",
    };

    public static CliCommand Create()
    {
        var command = new CliCommand("watch",
            "Index, then index again whenever a source file changes, until interrupted; one line for each time", Run,
            "xcoder watch .",
            "xcoder watch ~/src/service ~/src/client --format jsonl",
            "xcoder watch /mnt/share/project --poll 5")
        {
            Formats = ["text", "jsonl"],
        };
        IndexStage.AddTo(command);
        command.Add(IndexCommand.NoEmbed);
        command.Add(Debounce);
        command.Add(Poll);
        ModelOptions.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        var (quiet, poll) = (context.Get(Debounce), context.Get(Poll));
        if (quiet is < 0 or > 60_000)
        {
            throw new UsageException($"--debounce must be 0 to 60000 milliseconds, not {quiet}.");
        }

        if (poll is not (null or (>= 0.1 and <= 3600)))
        {
            throw new UsageException($"--poll must be 0.1 to 3600 seconds, not {poll}.");
        }

        var standard = new WatchOptions();
        var options = new WatchOptions
        {
            Index = IndexStage.OptionsOf(context),
            Embed = !context.Get(IndexCommand.NoEmbed),
            Quiet = TimeSpan.FromMilliseconds(quiet),
            Longest = TimeSpan.FromMilliseconds(Math.Max(quiet, standard.Longest.TotalMilliseconds)),
            Interval = poll is { } seconds ? TimeSpan.FromSeconds(seconds) : standard.Interval,
            Polls = poll is not null,
        };
        CrashGuard.Install();
        var lost = new HashSet<string>(StringComparer.Ordinal);
        // Not disposed: the timer may fire once more at the end.
        var end = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        using var timer = new Timer(_ =>
        {
            if (OutputReader.HasGone())
            {
                end.Cancel();
            }
        }, null, ReaderInterval, ReaderInterval);
        foreach (var cycle in context.Workspace.Watch(context.Get(IndexStage.Paths), options, end.Token))
        {
            Write(context, cycle);
            Warn(context, cycle, lost);
            context.SayNotes();
            if (cycle.Number == 1)
            {
                context.Say("Watching for changes; Ctrl+C ends.");
            }
        }

        // As with any reader that closes the pipe, it is no error.
        if (!context.Cancellation.IsCancellationRequested)
        {
            return ExitCode.Done;
        }

        context.Say("Interrupted; finished work is kept.");
        return ExitCode.Interrupted;
    }

    private static void Write(CommandContext context, WatchCycle cycle)
    {
        if (context.IsJson)
        {
            context.Write(stream => JsonLines.Write(stream, [cycle], WriteJson));
            return;
        }

        var time = cycle.EndedAt.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        context.WriteText(writer => writer.WriteLine(SafeText.ForTerminal($"{time}  {TextOf(cycle)}")));
    }

    private static string TextOf(WatchCycle cycle)
    {
        var missing = cycle.Missing.Count == 0 ? "" : $"; not there at the moment: {string.Join(", ", cycle.Missing)}";
        if (cycle is not { Error: null, Result: { Summary: var summary } result })
        {
            return (cycle.Error is null ? "nothing to index" : $"indexing failed, will try again: {cycle.Error}") + missing;
        }

        var vectors = result.Embedded is null ? "" : FormattableString.Invariant($", {result.Embedded.Embedded:N0} snippets embedded");
        return FormattableString.Invariant($"{summary.Extracted:N0} files extracted, {summary.Removed:N0} removed{vectors}; ")
            + FormattableString.Invariant($"{summary.Extracted + summary.Unchanged:N0} files, {Snippets(result):N0} snippets in ")
            + FormattableString.Invariant($"{cycle.Elapsed.TotalSeconds:0.00} s{missing}");
    }

    private static void WriteJson(Utf8JsonWriter json, WatchCycle cycle)
    {
        json.WriteStartObject();
        json.WriteNumber("cycle", cycle.Number);
        json.WriteString("endedAt", cycle.EndedAt);
        json.WriteNumber("seconds", Math.Round(cycle.Elapsed.TotalSeconds, 3));
        if (cycle.Result is { } result)
        {
            json.WriteNumber("extracted", result.Summary.Extracted);
            json.WriteNumber("unchanged", result.Summary.Unchanged);
            json.WriteNumber("removed", result.Summary.Removed);
            json.WriteNumber("snippets", Snippets(result));
            if (result.Embedded is not null)
            {
                json.WriteNumber("embedded", result.Embedded.Embedded);
            }

            json.WriteNumber("lost", result.Coverage.Losses.Count);
        }

        json.WriteStartArray("missing");
        foreach (var path in cycle.Missing)
        {
            json.WriteStringValue(path);
        }

        json.WriteEndArray();
        json.WriteString("error", cycle.Error);
        json.WriteEndObject();
    }

    private static int Snippets(IndexResult result) => result.Coverage.Languages.Sum(static language => language.Snippets);

    // Names a loss once.
    private static void Warn(CommandContext context, WatchCycle cycle, HashSet<string> lost)
    {
        var now = (cycle.Result?.Coverage.Losses ?? []).Select(static loss =>
            $"lost: {loss.Repository}/{loss.Path}: {loss.Reason}{(loss.Detail.Length > 0 ? $" ({loss.Detail})" : "")}").ToList();
        now.Where(loss => !lost.Contains(loss)).ToList().ForEach(context.Say);
        if (cycle.Result is not null)
        {
            lost.Clear();
            lost.UnionWith(now);
        }
    }
}
