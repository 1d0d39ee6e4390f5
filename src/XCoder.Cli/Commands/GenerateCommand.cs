using System.CommandLine;

namespace XCoder.Cli.Commands;

/// <summary><c>generate</c>: instruction pairs, mined from parallel code.</summary>
internal static class GenerateCommand
{
    public static CliCommand Create()
    {
        var command = new CliCommand("generate", "Make instruction pairs for training: mined from real parallel code, without any language model", Run,
            "xcoder generate --mined",
            "xcoder generate --mined --count 1000 --languages python,go --tasks translation,port",
            "xcoder generate --mined --pairs python:go --licences permissive --format jsonl > pairs.jsonl");
        MinedStage.AddTo(command);
        return command;
    }

    private static int Run(CommandContext context) =>
        context.Get(MinedStage.Mined) ? MinedStage.Run(context) : throw new UsageException("Say what to generate: --mined.");
}
