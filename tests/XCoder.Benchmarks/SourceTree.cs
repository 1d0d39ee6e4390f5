using System.Runtime.CompilerServices;

namespace XCoder.Benchmarks;

/// <summary>Where this repository's files are.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Find();

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
