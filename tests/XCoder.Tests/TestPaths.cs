using System.Runtime.CompilerServices;

namespace XCoder.Tests;

/// <summary>Where the repository's files are, for tests that read them.</summary>
internal static class TestPaths
{
    public static string Root { get; } = Find();

    public static string Tests => Path.Combine(Root, "tests");

    private static string Find([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here)!;
        while (!File.Exists(Path.Combine(folder, "XCoder.Analysis.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"No solution above {here}.");
        }

        return folder;
    }
}
