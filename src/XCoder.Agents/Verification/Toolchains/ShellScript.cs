namespace XCoder.Agents.Verification.Toolchains;

/// <summary>A script for <c>sh</c> that runs several commands in the sandbox.</summary>
internal static class ShellScript
{
    /// <summary>File name of the script.</summary>
    public const string File = "xcoder-steps.sh";

    /// <summary>Exit code of the script if the program cannot be built.</summary>
    public const int BuildFailed = 97;

    /// <summary>Command that runs the script.</summary>
    public static IReadOnlyList<string> Command { get; } = ["sh", "/code/" + File];

    /// <summary>Writes the script: it builds if there is a build command, then runs.</summary>
    /// <param name="build">Build command, which cannot read the word; empty if nothing is built.</param>
    /// <param name="run">Command that runs the program.</param>
    /// <param name="wordFrom">Descriptor by which the program reads the script's standard input; 0 leaves it as standard input.</param>
    public static string Of(IReadOnlyList<string> build, IReadOnlyList<string> run, int wordFrom) =>
        (build.Count > 0 ? $"{Quote(build)} </dev/null || exit {BuildFailed}\n" : "")
            + $"exec {Quote(run)}{(wordFrom > 0 ? $" {wordFrom}<&0 </dev/null" : "")}\n";

    /// <summary>Quotes a command for the shell, whatever its words contain.</summary>
    public static string Quote(IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'"));
}
