using System.CommandLine;
using XCoder.Analysis;

namespace XCoder.Cli.Commands;

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
