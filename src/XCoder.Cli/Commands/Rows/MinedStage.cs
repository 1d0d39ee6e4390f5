using System.CommandLine;
using XCoder.Agents;
using XCoder.Agents.Licences;
using XCoder.Agents.Mining;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Rows;

/// <summary>Mines rows of a workspace, as <c>generate --mined</c> does.</summary>
internal static class MinedStage
{
    public static readonly Option<bool> Mined = new("--mined") { Description = "Mine real parallel code: no language model, works offline" };

    private static readonly MiningOptions Defaults = new();

    public static readonly Option<int?> Count = new("--count") { Description = "Most rows; fewer are the first of more (default: all when mined, 100 by agents)", HelpName = "N" };

    public static readonly Option<int> Seed = new("--seed") { Description = "Number that order and wording follow from: the same number, the same rows", HelpName = "N", DefaultValueFactory = _ => Defaults.Seed };

    public static readonly Option<string?> Languages = new("--language") { Description = "Only these languages, comma-separated", HelpName = "IDS" };

    private static readonly Option<string?> Pairs = new("--pairs") { Description = "Only these directions from language to language, comma-separated", HelpName = "A:B,…" };

    private static readonly Option<string?> Tasks = new("--task") { Description = "Only these tasks, comma-separated: translation, implementation, documentation, completion, port", HelpName = "TASKS" };

    public static readonly Option<string?> Licences = new("--licences") { Description = "Code under which licences: permissive, any, or SPDX ids, comma-separated (default: any when mined, permissive by agents)", HelpName = "LIST" };

    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Mined, Count, Seed, Languages, Pairs, Tasks, Licences, DecontaminateCommand.Benchmark])
        {
            command.Add(option);
        }

        MarginOption.AddTo(command);
    }

    public static int Run(CommandContext context)
    {
        var query = new MiningQuery
        {
            Options = OptionsOf(context),
            Licences = LicencesOf(context),
            Repository = context.Repository,
            Benchmarks = DecontaminateCommand.DetectorOf(context),
        };
        if (context.Format == "jsonl")
        {
            WriteLines(context, query);
            return ExitCode.Done;
        }

        var (summary, basis) = context.Rows.Mine(query, cancellation: context.Cancellation);
        if (context.IsJson)
        {
            context.WriteJson(json => MinedReport.Write(json, summary));
        }
        else
        {
            context.WriteReport(console => MinedText.Write(console, summary, basis));
        }

        return ExitCode.Done;
    }

    private static void WriteLines(CommandContext context, MiningQuery query)
    {
        if (context.Output is { } output)
        {
            context.Rows.BeginExport(output);
        }

        context.Write(stream => context.Say(MinedReport.Line(context.Rows.Mine(query, stream, context.Cancellation).Summary)));
        if (context.Output is { } written)
        {
            context.Rows.MarkExport(written);
        }
    }

    private static MiningOptions OptionsOf(CommandContext context) => new()
    {
        Count = context.Get(Count) is { } count ? count >= 1 ? count : throw new UsageException($"--count must be 1 or more, not {count}.") : Defaults.Count,
        Seed = context.Get(Seed),
        Languages = context.Get(Languages) is { } names ? [.. CommandContext.Split(names).Select(name => context.Family(name))] : null,
        Directions = context.Get(Pairs) is { } pairs ? [.. CommandContext.Split(pairs).Select(pair => Direction(context, pair))] : null,
        Tasks = context.Get(Tasks) is { } tasks ? [.. CommandContext.Split(tasks).Select(TaskOf).Distinct()] : Defaults.Tasks,
    };

    private static (string, string) Direction(CommandContext context, string pair) => pair.Split(':') is [{ } source, { } target]
        ? (context.Family(source), context.Family(target))
        : throw new UsageException($"--pairs: '{SafeText.ForTerminal(pair)}' is not of the form LANGUAGE:LANGUAGE.");

    private static RowTask TaskOf(string name) => Enum.TryParse<RowTask>(name, ignoreCase: true, out var task) && RowKind.Mined.Tasks.Contains(task)
        ? task
        : throw new UsageException($"There is no task '{SafeText.ForTerminal(name)}'; choose {string.Join(", ", RowKind.Mined.Tasks).ToLowerInvariant()}.");

    private static LicencePolicy LicencesOf(CommandContext context)
    {
        try
        {
            return LicencePolicy.Parse(context.Get(Licences) ?? "any");
        }
        catch (FormatException exception)
        {
            throw new UsageException($"--licences: {exception.Message}");
        }
    }
}
