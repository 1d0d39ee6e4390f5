using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Tests;

/// <summary>
/// The suite tries a part of the large collections of like cases: every kind and every language once. With XCODER_FULL=1, as .ci/full
/// sets it, it tries all.
/// </summary>
internal static class FullRun
{
    private const string Variable = "XCODER_FULL";

    /// <summary>The trait of a test that only .ci/full runs: <c>suite.runsettings</c> leaves it out of <c>dotnet test</c>.</summary>
    public const string Category = "Category", Heavy = "Full";

    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>All cases in a full run, else the first one.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> cases) => Of(cases, cases.Take(1));

    /// <summary>The languages whose programs are run as they are, and C, which is compiled soon.</summary>
    public static IEnumerable<string> Quick(IEnumerable<string> languages) => languages.Where(language =>
        language == "c" || ToolchainCatalog.Open().Toolchains.First(toolchain => toolchain.Language == language) is { Build.Count: 0, Compiler: null });

    /// <summary>All cases in a full run, else those that are given.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> cases, IEnumerable<T> few) => IsWanted ? cases : few;
}
