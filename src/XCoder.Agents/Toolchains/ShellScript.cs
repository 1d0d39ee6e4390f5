namespace XCoder.Agents.Toolchains;

/// <summary>What runs several commands in the sandbox: a script for <c>sh</c> beside the program.</summary>
internal static class ShellScript
{
    /// <summary>Name of its file.</summary>
    public const string File = "xcoder-steps.sh";

    /// <summary>Exit code where the program cannot be built.</summary>
    public const int BuildFailed = 97;

    /// <summary>What runs it.</summary>
    public static IReadOnlyList<string> Command { get; } = ["sh", "/code/" + File];

    /// <summary>A command as words of the shell, whatever is in them.</summary>
    public static string Quote(IEnumerable<string> words) => string.Join(' ', words.Select(word => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'"));
}
