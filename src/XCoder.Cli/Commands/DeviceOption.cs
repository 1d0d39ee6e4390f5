using System.CommandLine;
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
