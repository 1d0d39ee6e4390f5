using System.CommandLine;
using System.Text.Json;
using XCoder.Analysis.Settings;
using XCoder.Cli.Commands.Analysis;
using XCoder.Cli.Reports;

namespace XCoder.Cli.Commands;

/// <summary>The command <c>config</c> prints which settings hold and from where they come.</summary>
internal static class ConfigCommand
{
    private static readonly Argument<string[]> Paths = new("PATH")
    {
        Description = "Where to look for xcoder.json, from there upwards to the root of the work tree",
        DefaultValueFactory = _ => ["."],
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Schema = new("--schema") { Description = "Print the JSON schema of xcoder.json, for editors" };

    private static readonly Option[] Shown = [GlobalOptions.Workspace, GlobalOptions.Threads, DuplicateSettings.MinTokens,
        DuplicateSettings.Threshold];

    public static CliCommand Create()
    {
        var command = new CliCommand("config", "Print which settings hold and from where: the command line, --config, "
            + $"{ProjectSettings.FileName} of the repository, the user's own file, defaults", Run,
            "xcoder config src",
            "xcoder config --schema > xcoder.schema.json")
        {
            TakesRepository = false,
        };
        command.Add(Paths);
        command.Add(Schema);
        return command;
    }

    private static int Run(CommandContext context)
    {
        if (context.Get(Schema))
        {
            context.Write(static stream => stream.Write(SettingsSchema.Text));
            return ExitCode.Done;
        }

        var settings = CommandSettings.All(context, Shown);
        var chain = context.Settings.Chain;
        if (!context.IsJson)
        {
            context.WriteReport(console => ConfigText.Write(console, chain, settings));
            return ExitCode.Done;
        }

        context.WriteJson(json =>
        {
            json.WriteStartObject();
            Write(json, "files", chain.Files.Select(static file => file.Path));
            json.WriteStartArray("settings");
            foreach (var setting in settings)
            {
                json.WriteStartObject();
                json.WriteString("option", setting.Option);
                if (setting.Command is not null)
                {
                    json.WriteString("command", setting.Command);
                }

                json.WriteString("value", setting.Value);
                json.WriteString("from", setting.From);
                json.WriteBoolean("holds", setting.Holds);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("rules");
            foreach (var rule in chain.Files.SelectMany(static file => file.Rules))
            {
                json.WriteStartObject();
                json.WriteString("from", rule.Name);
                json.WriteString("leavesOut", rule.Describe().Text);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Write(json, "problems", chain.Problems);
            json.WriteEndObject();
        });
        return ExitCode.Done;
    }

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
