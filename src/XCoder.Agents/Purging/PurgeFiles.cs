using System.Text;

namespace XCoder.Agents.Purging;

/// <summary>The files of a workspace beside its databases.</summary>
internal sealed class PurgeFiles(string folder)
{
    private const int Chunk = 1 << 24;

    private const string Labels = "labels.jsonl";

    // Each is made again by the command that needs it. What is not among them is left, and searched.
    private static readonly string[] Made =
        ["semantic.index", "semantic.neighbours", "concepts.index", "analysis.cache", "calibration.json", "journal", "report.html", "report.json", "duplicates.sarif", "generation.html"];

    /// <summary>Derived files that are there, and leftovers of killed commands, by name.</summary>
    public IReadOnlyList<string> Derived() => [.. Directory.EnumerateFiles(folder).Select(path => Path.GetFileName(path)!)
        .Where(name => Made.Contains(name) || (name.EndsWith(".tmp", StringComparison.Ordinal) && !name.StartsWith(PurgeJournal.FileName, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];

    /// <summary>Removes derived files, and judgements of pairs that name one of some snippets.</summary>
    public void Remove(IReadOnlySet<string> snippets)
    {
        foreach (var name in Derived())
        {
            File.Delete(Path.Combine(folder, name));
        }

        var labels = Path.Combine(folder, Labels);
        if (File.Exists(labels))
        {
            var lines = File.ReadAllLines(labels);
            var kept = lines.Where(line => !line.Split('"').Any(snippets.Contains)).ToList();
            if (kept.Count < lines.Length)
            {
                File.WriteAllLines(labels + ".tmp", kept, new UTF8Encoding(false));
                File.Move(labels + ".tmp", labels, overwrite: true);
            }
        }
    }

    /// <summary>All files below a folder, or the file; links are not followed.</summary>
    public static IEnumerable<string> All(string path) => File.Exists(path) ? [path] : Directory.Exists(path)
        ? new DirectoryInfo(path).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false }).Select(file => file.FullName).Order(StringComparer.Ordinal)
        : [];

    /// <summary>Whether a file's bytes hold a piece of text; read in parts, so that its size does not matter.</summary>
    public static bool Holds(string path, TextProbes probes, CancellationToken cancellation)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        var buffer = new byte[(int)Math.Clamp(stream.Length + 1, TextProbes.Length, Chunk)];
        for (int kept = 0, read; (read = stream.Read(buffer, kept, buffer.Length - kept)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            var filled = kept + read;
            if (probes.IsIn(filled == buffer.Length ? buffer : buffer[..filled]))
            {
                return true;
            }

            kept = Math.Min(filled, TextProbes.Length - 1);
            Array.Copy(buffer, filled - kept, buffer, 0, kept);
        }

        return false;
    }
}
