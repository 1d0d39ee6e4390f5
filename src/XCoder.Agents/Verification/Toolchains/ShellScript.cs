namespace XCoder.Agents.Verification.Toolchains;

/// <summary>What runs several commands in the sandbox: a script for <c>sh</c> beside the program.</summary>
internal static class ShellScript
{
    /// <summary>Name of its file.</summary>
    public const string File = "xcoder-steps.sh";

    /// <summary>Exit code where the program cannot be built.</summary>
    public const int BuildFailed = 97;

    /// <summary>What runs it.</summary>
    public static IReadOnlyList<string> Command { get; } = ["sh", "/code/" + File];

    /// <summary>The script that builds, where something is built, and then runs.</summary>
    /// <param name="build">Command that builds, without the word in reach; empty: none.</param>
    /// <param name="run">Command that runs.</param>
    /// <param name="wordFrom">Descriptor on which the program finds what is written to the script's standard input.</param>
    public static string Of(IReadOnlyList<string> build, IReadOnlyList<string> run, int wordFrom) =>
        (build.Count > 0 ? $"{Quote(build)} </dev/null || exit {BuildFailed}\n" : "")
            + $"exec {Quote(run)}{(wordFrom > 0 ? $" {wordFrom}<&0 </dev/null" : "")}\n";

    /// <summary>A command as words of the shell, whatever is in them.</summary>
    public static string Quote(IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'"));
}
