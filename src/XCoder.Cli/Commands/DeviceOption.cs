using System.CommandLine;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Cli.Commands;

/// <summary><c>--device</c>, for commands that run models.</summary>
internal static class DeviceOption
{
    public static readonly Option<string> Option = Create();

    /// <summary>The device a command was asked for.</summary>
    public static Device Of(CommandContext context) => DeviceChoice.Parse(context.Get(Option) ?? DeviceChoice.Names[0]);

    private static Option<string> Create()
    {
        var option = new Option<string>("--device")
        {
            Description = "Where models run; auto is CUDA where it works, the CPU otherwise",
            HelpName = string.Join('|', DeviceChoice.Names),
            DefaultValueFactory = _ => DeviceChoice.Names[0],
        };
        option.AcceptOnlyFromAmong([.. DeviceChoice.Names]);
        return option;
    }
}

/// <summary>The embedding model, wherever one is used.</summary>
internal static class ModelOptions
{
    private static readonly Option<string> Model = new("--model")
    {
        Description = "Embedding model: one that ships (default, quality) or a folder",
        HelpName = "DIR",
        DefaultValueFactory = _ => WorkspaceOptions.DefaultModel,
    };

    public static void AddTo(Command command)
    {
        command.Add(Model);
        command.Add(DeviceOption.Option);
    }

    /// <summary>The model of the command line, which must exist; the default one for commands that ask for none.</summary>
    public static string Of(CommandContext context)
    {
        if (context.Get(Model) is not { } model)
        {
            return WorkspaceOptions.DefaultModel;
        }

        _ = ShippedModels.Folder(model);
        return model;
    }
}

/// <summary><c>--margin</c>, for commands that look for semantic duplicates.</summary>
internal static class MarginOption
{
    private static readonly Option<double?> Margin = new("--margin")
    {
        Description = "Lowest margin of semantic duplicates across languages, -0.1 to 1 (default: what 'calibrate' found, else 0.12)",
        HelpName = "X",
    };

    /// <summary>Adds it with the options of the model.</summary>
    public static void AddTo(Command command)
    {
        command.Add(Margin);
        ModelOptions.AddTo(command);
    }

    /// <summary>The margin of the command line, checked.</summary>
    public static double? Of(CommandContext context) =>
        context.Get(Margin) is var margin and (null or >= -0.1 and <= 1) ? margin
            : throw new UsageException($"--margin must be -0.1 to 1, not {context.Get(Margin)}.");
}
