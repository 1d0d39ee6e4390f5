using System.Text;
using System.Text.Json;
using XCoder.Agents.Export;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Purge;

/// <summary>
/// Decides whether a recorded path holds an export of this workspace. The path alone proves nothing. The mark does; for exports of older
/// versions, which wrote no mark, every record must be a row of the store.
/// </summary>
/// <param name="mark">The workspace's mark.</param>
/// <param name="rows">Ids of the store's rows.</param>
internal sealed class ExportProof(ExportMark mark, IReadOnlySet<string> rows)
{
    /// <summary>Whether a path is an export of this workspace and holds nothing else.</summary>
    public bool IsOurs(string path, CancellationToken cancellation) => NativeFiles.OwnershipOf(path).Kind switch
    {
        EntryKind.File => mark.Files(path).Count > 0 || (IsPlain(path) && !HasMark(path) && AreOurs([path], cancellation)),
        EntryKind.Folder => ExportFolder.IsExport(path) && Parts(path) is var parts && parts.All(IsPlain)
            && HasOurCard(path, parts, cancellation),
        _ => false,
    };

    /// <summary>Deletes an export that <see cref="IsOurs"/> accepted.</summary>
    public void Delete(string path)
    {
        if (NativeFiles.OwnershipOf(path).Kind == EntryKind.Folder)
        {
            foreach (var file in Parts(path))
            {
                File.Delete(file);
            }

            // Files that have been added in the meantime stay, and so does the folder.
            Array.ForEach([Path.Combine(path, ExportFolder.Data), path], folder =>
            {
                if (Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
                {
                    Directory.Delete(folder);
                }
            });
            return;
        }

        var marked = mark.Files(path);
        var attribution = DatasetExporter.AttributionOf(path);
        foreach (var file in marked.Count > 0 ? marked : IsPlain(attribution) ? [path, attribution] : [path])
        {
            File.Delete(file);
        }
    }

    /// <summary>
    /// Files at a recorded path in which a purge may search for texts, whoever owns them: plain files that an export could hold, never
    /// through a link.
    /// </summary>
    public static IEnumerable<string> Readable(string path) => NativeFiles.OwnershipOf(path).Kind switch
    {
        EntryKind.File => [path],
        EntryKind.Folder => Parts(path).Where(file => NativeFiles.OwnershipOf(file).Kind == EntryKind.File),
        _ => [],
    };

    /// <summary>
    /// Files beside a recorded path that a killed command may have left there without a mark. A purge may read them; deleting them is up to
    /// the user.
    /// </summary>
    public static IEnumerable<string> Beside(string path)
    {
        if (Path.GetDirectoryName(path) is not { } folder)
        {
            return [];
        }

        var exports = ExportFolder.Leftovers(path, null, isNamed: true);
        return AsideFile.Leftovers(folder, [Path.GetFileName(path)])
            .Concat(exports.SelectMany(left => NativeFiles.OwnershipOf(left).Kind == EntryKind.Folder ? PurgeFiles.All(left) : [left]))
            .Distinct();
    }

    private static List<string> Parts(string folder)
    {
        var data = Path.Combine(folder, ExportFolder.Data);
        var records = NativeFiles.OwnershipOf(data).Kind == EntryKind.Folder
            ? Directory.EnumerateFileSystemEntries(data).Where(file => ExportFolder.IsRecordFile(Path.GetFileName(file)))
            : [];
        var texts = new[] { ExportFolder.Card, ExportFolder.Attribution }.Select(name => Path.Combine(folder, name))
            .Where(file => NativeFiles.OwnershipOf(file).Kind != EntryKind.Missing);
        return [.. texts, .. records.Order(StringComparer.Ordinal)];
    }

    private bool HasOurCard(string folder, List<string> parts, CancellationToken cancellation)
    {
        var lines = File.ReadLines(Path.Combine(folder, ExportFolder.Card)).Where(ExportMark.IsAnyCardLine).ToList();
        return lines.Count > 0 ? lines.Any(mark.IsCardLine)
            : AreOurs(parts.Where(file => Path.GetDirectoryName(file) != folder), cancellation);
    }

    private static bool HasMark(string path) => NativeFiles.OwnershipOf(path + ExportMark.Ending).Kind != EntryKind.Missing;

    private static bool IsPlain(string path)
    {
        var facts = NativeFiles.OwnershipOf(path);
        return facts.Kind == EntryKind.File && WorkspaceFile.Fault(facts) is null;
    }

    private bool AreOurs(IEnumerable<string> files, CancellationToken cancellation)
    {
        var count = 0;
        try
        {
            foreach (var record in files.SelectMany(ExportedRows.Records))
            {
                cancellation.ThrowIfCancellationRequested();
                using var document = JsonDocument.Parse(record);
                if (document.RootElement is not { ValueKind: JsonValueKind.Object } row || !row.TryGetProperty("lineage", out _)
                    || !row.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String || !rows.Contains(id.GetString()!))
                {
                    return false;
                }

                count++;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return count > 0;
    }
}

/// <summary>Reads the records of an export in any format.</summary>
internal static class ExportedRows
{
    /// <summary>
    /// Whether a file of an export holds a row that saw a repository, or text from it. An HTML report of a run always counts, because one
    /// command creates it again.
    /// </summary>
    public static bool Holds(IEnumerable<string> files, IReadOnlySet<string> names, TextProbes probes, CancellationToken cancellation) =>
        files.Any(file =>
        file.EndsWith(".html", StringComparison.OrdinalIgnoreCase) || PurgeFiles.Holds(file, probes, cancellation)
            || HoldsRow(file, names, probes, cancellation));

    /// <summary>Whether a file of records holds a row that saw a repository, or text from it.</summary>
    public static bool HoldsRow(string file, IReadOnlySet<string> names, TextProbes probes, CancellationToken cancellation)
    {
        foreach (var record in Records(file))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Names(record, names, file) || probes.IsIn(Encoding.UTF8.GetBytes(record)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The records of a file as JSON; empty if it is not a file of records.</summary>
    public static IEnumerable<string> Records(string file) => Path.GetExtension(file) switch
    {
        ".jsonl" => Lines(file),
        ".parquet" => Parquet(file),
        _ => [],
    };

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = WorkspaceFile.OpenRead(file);
        using var reader = stream is null ? null : new StreamReader(stream);
        while (reader?.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Parquet(string file)
    {
        using var stream = WorkspaceFile.OpenRead(file);
        foreach (var record in stream is null ? [] : ParquetRecords.Read(stream, file))
        {
            yield return record;
        }
    }

    private static bool Names(string record, IReadOnlySet<string> names, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(record);
            return document.RootElement.TryGetProperty("lineage", out var lineage) && lineage.ValueKind == JsonValueKind.Array
                && lineage.EnumerateArray()
                    .Any(place => place.TryGetProperty("repository", out var name) && names.Contains(name.GetString() ?? ""));
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException(
                $"{file}, an export, holds a line that is not JSON: {exception.Message} Nothing can tell whether it holds rows of "
                    + $"{names.First()}: delete it, then purge again.", exception);
        }
    }
}

/// <summary>The files of a workspace apart from its databases.</summary>
internal sealed class PurgeFiles(string folder)
{
    private const int Chunk = 1 << 24;

    private const string Labels = "labels.jsonl";

    /// <summary>Names of existing derived files and of leftovers of killed commands.</summary>
    public IReadOnlyList<string> Derived() =>
        [.. WorkspaceNames.Derived.Where(name => NativeFiles.OwnershipOf(Path.Combine(folder, name)).Kind == EntryKind.File)
        .Concat(AsideFile.Leftovers(folder, WorkspaceNames.Written, isOurs: true).Select(path => Path.GetFileName(path)!))
        .Order(StringComparer.Ordinal)];

    /// <summary>Removes derived files, and the judgements of pairs that name one of the snippets.</summary>
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
                AsideFile.Replace(labels, stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(kept.Select(line => line + "\n")))));
            }
        }
    }

    /// <summary>All plain files below a folder; links are not followed.</summary>
    public static IEnumerable<string> All(string path) =>
        new DirectoryInfo(path).EnumerateFiles("*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint,
                IgnoreInaccessible = false }).Select(file => file.FullName)
            .Where(file => NativeFiles.OwnershipOf(file).Kind == EntryKind.File).Order(StringComparer.Ordinal);

    /// <summary>Whether a file holds a probed piece of text. It is read in chunks, so its size does not matter.</summary>
    public static bool Holds(string path, TextProbes probes, CancellationToken cancellation)
    {
        using var stream = NativeFiles.OpenPlain(path, isWritten: false, out _) is { } handle ? new FileStream(handle, FileAccess.Read, 1)
            : null;
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
