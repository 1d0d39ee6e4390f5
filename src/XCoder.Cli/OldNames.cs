namespace XCoder.Cli;

/// <summary>Names that options had in earlier versions: they are still taken, and no help shows them.</summary>
internal static class OldNames
{
    private static readonly Dictionary<string, string> Options = new()
    {
        ["--languages"] = "--language",
        ["--tasks"] = "--task",
        ["--datasets"] = "--dataset",
    };

    /// <summary>The arguments with today's names.</summary>
    /// <param name="arguments">Arguments of the command line; what follows <c>--</c> is left as it is.</param>
    public static string[] Replace(string[] arguments)
    {
        var end = Array.IndexOf(arguments, "--");
        return [.. arguments.Select((argument, i) => end >= 0 && i >= end ? argument : Replace(argument))];
    }

    private static string Replace(string argument)
    {
        var equals = argument.IndexOf('=');
        var name = equals < 0 ? argument : argument[..equals];
        return Options.TryGetValue(name, out var today) ? today + argument[name.Length..] : argument;
    }
}
