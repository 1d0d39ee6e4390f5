using System.CommandLine;

namespace XCoder.Cli.Commands.Rows;

/// <summary><c>generate</c>: instruction pairs, mined from parallel code or written by language agents.</summary>
internal static class GenerateCommand
{
    public static CliCommand Create()
    {
        var command = new CliCommand("generate", "Make instruction pairs for training: mined from real parallel code without any language model, or written by language agents", Run,
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
            throw new UsageException("--estimate says what a run of a chat model would take, and --mined asks none: leave out one of the two.");
        }

        var byAgents = context.Get(AgentSettings.Endpoint) is not null || context.Get(AgentSettings.Estimate);
        if (byAgents == context.Get(MinedStage.Mined))
        {
            throw new UsageException(byAgents ? "--mined needs no endpoint; give one of the two." : "Say how: --mined takes pairs from real parallel code, --endpoint URL --chat-model NAME has language agents write them.");
        }

        return byAgents
            ? AgentStage.Run(context, AgentSettings.OptionsOf(context, context.Get(MinedStage.Count), context.Get(MinedStage.Seed), context.Get(MinedStage.Languages), context.Get(MinedStage.Licences)))
            : MinedStage.Run(context);
    }
}
