using System.CommandLine;
using XCoder.Agents;
using XCoder.Agents.Generation;
using XCoder.Agents.Licences;
using XCoder.Agents.Mining;
using XCoder.Agents.Rows;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Text;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands.Rows;

/// <summary>The command <c>generate</c> makes instruction pairs, mined from parallel code or written by language agents.</summary>
internal static class GenerateCommand
{
    public static CliCommand Create()
    {
        var command =
            new CliCommand("generate",
                "Make instruction pairs for training: mined from real parallel code without any language "
                    + "model, or written by language agents", Run,
            "xcoder generate --mined",
            "xcoder generate --mined --count 1000 --language python,go --task translation,port",
            "xcoder generate --mined --pairs python:go --licences permissive --format jsonl > pairs.jsonl",
            "xcoder generate --endpoint http://localhost:8000/v1 --chat-model Qwen2.5-Coder-32B-Instruct --count 1000 --estimate",
            "xcoder generate --endpoint http://localhost:8000/v1 --chat-model Qwen2.5-Coder-32B-Instruct --count 1000",
            "xcoder generate --endpoint http://localhost:8000/v1 --chat-model NAME --count 1000 --candidates 4",
            "xcoder generate --endpoint http://localhost:8000/v1 --chat-model NAME --count 200 --compare none,embedding");
        MinedStage.AddTo(command);
        AgentSettings.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context)
    {
        if (context.Get(MinedStage.Mined) && context.Get(AgentSettings.Estimate))
        {
            throw new UsageException(
                "--estimate needs a run with a chat model, and --mined uses none: leave out one of the two.");
        }

        var byAgents = context.Get(AgentSettings.Endpoint) is not null || context.Get(AgentSettings.Estimate);
        if (byAgents == context.Get(MinedStage.Mined))
        {
            throw new UsageException(byAgents ? "--mined needs no endpoint; give one of the two."
                : "Say how: --mined takes pairs from real parallel code; --endpoint URL --chat-model NAME lets agents write them.");
        }

        return byAgents
            ? AgentStage.Run(context,
                AgentSettings.OptionsOf(context, context.Get(MinedStage.Count), context.Get(MinedStage.Seed),
                    context.Get(MinedStage.Languages), context.Get(MinedStage.Licences)))
            : MinedStage.Run(context);
    }
}

/// <summary>Writes rows with language agents for <c>generate</c>.</summary>
internal static class AgentStage
{
    public static int Run(CommandContext context, GenerationOptions options)
    {
        var model = context.Get(AgentSettings.ChatModel);
        var query = new GenerationQuery
        {
            Options = options,
            Limits = AgentSettings.LimitsOf(context, model ?? "", context.Get(AgentSettings.Endpoint) ?? ""),
            Prompts = context.Get(AgentSettings.Prompts),
            Repository = context.Repository,
            Benchmarks = DecontaminateCommand.DetectorOf(context),
        };
        if (context.Get(AgentSettings.Estimate))
        {
            GenerationReport.Write(context, context.Rows.Estimate(query, context.Cancellation));
            return ExitCode.Done;
        }

        var where = AgentSettings.ClientOf(context,
            model ?? throw new UsageException("--chat-model NAME is missing: the model that the endpoint serves."));
        using var endpoint = AgentSettings.Connect(context, where);
        CrashGuard.Install();
        var chat = AgentSettings.ModelOf(endpoint, where);
        return context.Get(AgentSettings.Compare) is { } kinds ? Compare(context, query, chat, kinds) : Write(context, query, chat);
    }

    private static int Write(CommandContext context, GenerationQuery query, ChatModel chat)
    {
        var (summary, statistics) = context.Rows.Generate(query, chat, context.Cancellation);
        GenerationReport.Write(context, summary, statistics);
        context.SayReport(summary.Run);
        return summary.IsOutOfBudget ? ExitCode.GateFailed
            : summary.Kept < summary.Count && summary.Outcomes.GetValueOrDefault(Outcomes.Lost) > 0 ? ExitCode.Lost : ExitCode.Done;
    }

    private static int Compare(CommandContext context, GenerationQuery query, ChatModel chat, string kinds)
    {
        if (CommandContext.Split(kinds) is not [{ } first, { } second])
        {
            throw new UsageException("--compare takes two kinds of context, such as none,embedding.");
        }

        var (comparison, ended) =
            context.Rows.Compare(query, chat, (AgentSettings.ContextOf(first), AgentSettings.ContextOf(second)), context.Cancellation);
        if (comparison is null)
        {
            context.Say(ended!);
            return ExitCode.GateFailed;
        }

        GenerationReport.Write(context, comparison);
        return ExitCode.Done;
    }
}

/// <summary>Mines rows of a workspace for <c>generate --mined</c>.</summary>
internal static class MinedStage
{
    public static readonly Option<bool> Mined =
        new("--mined") { Description = "Mine real parallel code: no language model, works offline" };

    private static readonly MiningOptions Defaults = new();

    public static readonly Option<int?> Count =
        new("--count") { Description =
            "Maximum number of rows; a smaller number gives the first of the same rows (default: all when mined, 100 by agents)",
            HelpName = "N" };

    public static readonly Option<int> Seed =
        new("--seed") { Description = "Seed for order and wording; the same number gives the same rows", HelpName = "N",
            DefaultValueFactory = _ => Defaults.Seed };

    public static readonly Option<string?> Languages = new("--language") { Description = "Only these languages, comma-separated",
        HelpName = "IDS" };

    private static readonly Option<string?> Pairs =
        new("--pairs") { Description = "Only these directions, each SOURCE:TARGET by language id, comma-separated", HelpName = "A:B,…" };

    private static readonly Option<string?> Tasks =
        new("--task") { Description = "Only these tasks, comma-separated: translation, implementation, documentation, completion, port, "
            + "test-translation",
            HelpName = "TASKS" };

    private static readonly Option<double> Precision =
        new("--precision") { Description =
            "Share of the mined pairs that should be true translations, 0.5 to 0.99; a lower one "
                + "gives more pairs",
            HelpName = "X", DefaultValueFactory = _ => Defaults.Precision };

    public static readonly Option<string?> Licences =
        new("--licences") { Description =
            "Licences of the code to use: permissive, any, or SPDX ids, comma-separated (default: any when mined, permissive by agents)",
            HelpName = "LIST" };

    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Mined, Count, Seed, Languages, Pairs, Tasks, Precision, Licences,
            DecontaminateCommand.Benchmark])
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

        var (summary, _) = context.Rows.Mine(query, cancellation: context.Cancellation);
        if (context.IsJson)
        {
            context.WriteJson(json => MinedReport.Write(json, summary));
        }
        else
        {
            context.WriteReport(console => MinedText.Write(console, summary));
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
        Count = context.Get(Count) is { } count ? count >= 1 ? count : throw new UsageException($"--count must be 1 or more, not {count}.")
            : Defaults.Count,
        Seed = context.Get(Seed),
        Languages = context.Get(Languages) is { } names ? [.. CommandContext.Split(names).Select(name => context.Family(name))] : null,
        Directions = context.Get(Pairs) is { } pairs ? [.. CommandContext.Split(pairs).Select(pair => Direction(context, pair))] : null,
        Precision = context.Get(Precision) is >= 0.5 and <= 0.99 and var precision ? precision
            : throw new UsageException("--precision must be between 0.5 and 0.99."),
        Tasks = context.Get(Tasks) is { } tasks ? [.. CommandContext.Split(tasks).Select(TaskOf).Distinct()] : Defaults.Tasks,
    };

    private static (string, string) Direction(CommandContext context, string pair) => pair.Split(':') is [{ } source, { } target]
        ? (context.Family(source), context.Family(target))
        : throw new UsageException($"--pairs: '{SafeText.ForTerminal(pair)}' is not of the form LANGUAGE:LANGUAGE.");

    private static RowTask TaskOf(string name) =>
        RowNames.Find<RowTask>(name) is { } task && RowKind.Mined.Tasks.Contains(task) ? task
        : throw new UsageException(
            $"There is no task '{SafeText.ForTerminal(name)}'; choose {string.Join(", ", RowKind.Mined.Tasks.Select(RowNames.Of))}.");

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
