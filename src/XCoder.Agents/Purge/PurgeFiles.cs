using System.Text;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Purge;

/// <summary>The files of a workspace beside its databases.</summary>
internal sealed class PurgeFiles(string folder)
{
    private const int Chunk = 1 << 24;

    private const string Labels = "labels.jsonl";

    /// <summary>Derived files that are there, and leftovers of killed commands, by name.</summary>
    public IReadOnlyList<string> Derived() => [.. WorkspaceNames.Derived.Where(name => NativeFiles.OwnershipOf(Path.Combine(folder, name)).Kind == EntryKind.File)
        .Concat(AsideFile.Leftovers(folder, WorkspaceNames.Written, isOurs: true).Select(path => Path.GetFileName(path)!)).Order(StringComparer.Ordinal)];

    /// <summary>Removes derived files, and judgements of pairs that name one of some snippets.</summary>
    public void Remove(IReadOnlySet<string> snippets)
    {
        foreach (var name in Derived())
        {
            File.Delete(Path.Combine(folder, name));
        }

        var labels = Path.Combine(folder, Labels);
        if (WorkspaceFile.Read(labels) is { } bytes)
        {
            var lines = Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var kept = lines.Where(line => !line.Split('"').Any(snippets.Contains)).ToList();
            if (kept.Count < lines.Length)
            {
                AsideFile.Write(labels, stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(kept.Select(line => line + "\n")))));
            }
        }
    }

    /// <summary>All plain files below a folder; links are not followed.</summary>
    public static IEnumerable<string> All(string path) =>
        new DirectoryInfo(path).EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false }).Select(file => file.FullName)
            .Where(file => NativeFiles.OwnershipOf(file).Kind == EntryKind.File).Order(StringComparer.Ordinal);

    /// <summary>Whether a file's bytes hold a piece of text; read in parts, so that its size does not matter.</summary>
    public static bool Holds(string path, TextProbes probes, CancellationToken cancellation)
    {
        using var stream = NativeFiles.OpenPlain(path, isWritten: false, out _) is { } handle ? new FileStream(handle, FileAccess.Read, 1) : null;
        if (stream is null)
        {
            return false;
        }

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
