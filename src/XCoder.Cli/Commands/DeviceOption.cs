using System.CommandLine;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Cli.Commands;

/// <summary>The option <c>--device</c> of commands that run models.</summary>
internal static class DeviceOption
{
    public static readonly Option<string> Option = Create();

    /// <summary>The chosen device.</summary>
    public static Device Of(CommandContext context) => DeviceChoice.Parse(context.Get(Option) ?? DeviceChoice.Names[0]);

    private static Option<string> Create()
    {
        var option = new Option<string>("--device")
        {
            Description = "Device for models; auto uses CUDA where it works, otherwise the CPU",
            HelpName = string.Join('|', DeviceChoice.Names),
            DefaultValueFactory = _ => DeviceChoice.Names[0],
        };
        option.AcceptOnlyFromAmong([.. DeviceChoice.Names]);
        return option;
    }
}

/// <summary>The options of commands that use an embedding model.</summary>
internal static class ModelOptions
{
    private static readonly Option<string> Model = new("--model")
    {
        Description = "Embedding model: a built-in one (default, quality) or a folder",
        HelpName = "DIR",
        DefaultValueFactory = _ => WorkspaceOptions.DefaultModel,
    };

    public static void AddTo(Command command)
    {
        command.Add(Model);
        command.Add(DeviceOption.Option);
    }

    /// <summary>
    /// Name or folder of the chosen model; the default model for commands without the option. Throws if the model does not exist.
    /// </summary>
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

/// <summary>The option <c>--margin</c> of commands that search for semantic duplicates.</summary>
internal static class MarginOption
{
    private static readonly Option<double?> Margin = new("--margin")
    {
        Description = "Lowest margin of semantic duplicates in ports, -0.1 to 1; elsewhere 0.18 more (default: the result of 'calibrate', "
            + "else 0.12)",
        HelpName = "X",
    };

    /// <summary>Adds <c>--margin</c> and the options of the model to a command.</summary>
    public static void AddTo(Command command)
    {
        command.Add(Margin);
        ModelOptions.AddTo(command);
    }

    /// <summary>The chosen margin, or null. Throws if it is out of its range.</summary>
    public static double? Of(CommandContext context) =>
        context.Get(Margin) is var margin and (null or >= -0.1 and <= 1) ? margin
            : throw new UsageException($"--margin must be -0.1 to 1, not {context.Get(Margin)}.");
}
