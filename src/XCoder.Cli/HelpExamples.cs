using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

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
        // One option serves all commands, and each has formats of its own.
        GlobalOptions.Format.HelpName = string.Join('|', parsed.CommandResult.Command is CliCommand { Formats: var formats } ? formats : CliCommand.CommonFormats);
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
