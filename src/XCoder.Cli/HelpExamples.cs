using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using XCoder.Cli.Commands;

namespace XCoder.Cli;

/// <summary>Help that ends with a command's examples.</summary>
internal sealed class HelpExamples(HelpAction standard) : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public static void AddTo(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
        {
            option.Action = new HelpExamples((HelpAction)option.Action!);
        }
    }

    public override int Invoke(ParseResult parsed)
    {
        // One option serves all commands, each of which has its own formats; some do nothing by repository.
        var shown = parsed.CommandResult.Command as CliCommand;
        GlobalOptions.Format.HelpName = string.Join('|', shown?.Formats ?? CliCommand.CommonFormats);
        GlobalOptions.Repository.Hidden = shown is { TakesRepository: false };
        var result = standard.Invoke(parsed);
        if (parsed.CommandResult.Command is CliCommand { Examples.Count: > 0 } command)
        {
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var example in command.Examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        return result;
    }
}
