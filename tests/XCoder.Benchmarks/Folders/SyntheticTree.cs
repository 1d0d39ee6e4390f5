using System.Text;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Benchmarks.Folders;

/// <summary>
/// Writes a tree of a wanted size out of edited copies of this repository's own sources, tests and those of its
/// npm packages: names that no two copies share, so that nothing is deduplicated by luck. Always the same tree.
/// </summary>
internal static class SyntheticTree
{
    private const int MaxFileBytes = 256 << 10;
    private const int EditOneIn = 12;

    public static int Write(string folder, long bytes)
    {
        var sources = Sources();
        var (written, files) = (0L, 0);
        for (var copy = 0; written < bytes; copy++)
        {
            var random = new Random(copy);
            foreach (var (path, text) in sources)
            {
                var edited = Edit(text, random, copy);
                var target = Path.Combine(folder, $"copy{copy:D4}", path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.WriteAllBytes(target, edited);
                (written, files) = (written + edited.Length, files + 1);
                if (written >= bytes)
                {
                    break;
                }
            }
        }

        Console.WriteLine($"{files} files, {written} bytes in {folder}");
        return 0;
    }

    private static List<(string Path, byte[] Text)> Sources()
    {
        var detector = new LanguageDetector(LanguageCatalog.Open().Languages);
        var sources = new List<(string, byte[])>();
        foreach (var top in new[] { "src", "tests", "grammars/node_modules" })
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(SourceTree.Root, top), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                var path = Path.GetRelativePath(SourceTree.Root, file);
                var isBuilt = path.Split('/').Any(part => part is "bin" or "obj");
                if (!isBuilt && new FileInfo(file) is { Length: > 0 and <= MaxFileBytes, LinkTarget: null } && (detector.MayBeSource(path) || path.EndsWith(".csproj", StringComparison.Ordinal)))
                {
                    // Folders that an indexer leaves out get another name.
                    sources.Add((path.Replace("node_modules", "packages").Replace("vendor", "origin").Replace("/dist/", "/made/").Replace("/deps/", "/parts/"), File.ReadAllBytes(file)));
                }
            }
        }

        return sources;
    }

    /// <summary>Every twelfth identifier gets the copy's number.</summary>
    private static byte[] Edit(byte[] text, Random random, int copy)
    {
        var ending = Encoding.ASCII.GetBytes($"_{copy}");
        using var result = new MemoryStream(text.Length + (text.Length / 8));
        var inWord = false;
        foreach (var b in text)
        {
            var isWord = b is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (byte)'_' || (inWord && b is >= (byte)'0' and <= (byte)'9');
            if (inWord && !isWord && random.Next(EditOneIn) == 0)
            {
                result.Write(ending);
            }

            inWord = isWord;
            result.WriteByte(b);
        }

        return result.ToArray();
    }
}
