using System.Text.Json;
using XCoder.Agents.Export;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Purge;

/// <summary>
/// Tells whether what stands at a recorded path is an export of this workspace. The path proves nothing: the mark does, or, for exports
/// of versions that wrote none, that every record is a row of the store.
/// </summary>
/// <param name="mark">The workspace's mark.</param>
/// <param name="rows">Ids of the rows that the store holds.</param>
internal sealed class ExportProof(ExportMark mark, IReadOnlySet<string> rows)
{
    /// <summary>Whether a path is an export of this workspace, and nothing else.</summary>
    public bool IsOurs(string path, CancellationToken cancellation) => NativeFiles.OwnershipOf(path).Kind switch
    {
        EntryKind.File => mark.Files(path).Count > 0 || (IsPlain(path) && !HasMark(path) && AreOurs([path], cancellation)),
        EntryKind.Folder => ExportFolder.IsExport(path) && Parts(path) is var parts && parts.All(IsPlain) && HasOurCard(path, parts, cancellation),
        _ => false,
    };

    /// <summary>Deletes what <see cref="IsOurs"/> accepted.</summary>
    public void Delete(string path)
    {
        if (NativeFiles.OwnershipOf(path).Kind == EntryKind.Folder)
        {
            foreach (var file in Parts(path))
            {
                File.Delete(file);
            }

            // What came into it meanwhile stays, with the folder.
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

    /// <summary>Files at a recorded path that may be read to look for texts, whoever's they are: plain ones that an export could hold, through no link.</summary>
    public static IEnumerable<string> Readable(string path) => NativeFiles.OwnershipOf(path).Kind switch
    {
        EntryKind.File => [path],
        EntryKind.Folder => Parts(path).Where(file => NativeFiles.OwnershipOf(file).Kind == EntryKind.File),
        _ => [],
    };

    /// <summary>
    /// Files beside a recorded path that killed commands may have left while they wrote it, without a mark: they may be read, and are
    /// for their user to delete.
    /// </summary>
    public static IEnumerable<string> Beside(string path)
    {
        if (Path.GetDirectoryName(path) is not { } folder)
        {
            return [];
        }

        var exports = ExportFolder.Leftovers(path, null, isNamed: true);
        return AsideFile.Leftovers(folder, [Path.GetFileName(path)])
            .Concat(exports.SelectMany(left => NativeFiles.OwnershipOf(left).Kind == EntryKind.Folder ? PurgeFiles.All(left) : [left])).Distinct();
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
        return lines.Count > 0 ? lines.Any(mark.IsCardLine) : AreOurs(parts.Where(file => Path.GetDirectoryName(file) != folder), cancellation);
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
