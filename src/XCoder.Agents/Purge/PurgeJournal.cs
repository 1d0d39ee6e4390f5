using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Purge;

/// <summary>What a purge is at, kept until it is proven: a killed one is completed by the next, and still knows what to look for.</summary>
/// <param name="Repository">Name of the repository.</param>
/// <param name="Probes">Hashes of its texts' pieces; none can be read from them.</param>
internal sealed record PurgeJournal(string Repository, IReadOnlyList<ulong> Probes)
{
    /// <summary>Name of its file within a workspace.</summary>
    public const string FileName = "purge.pending";

    /// <summary>That of a purge that was not completed, or null.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PurgeJournal? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return WorkspaceFile.Read(path) is { } bytes ? JsonSerializer.Deserialize<PurgeJournal>(bytes, RowJson.Options) : null;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{path}, the note of a purge that was not completed, is damaged: {exception.Message} Delete it and purge again.", exception);
        }
    }

    /// <summary>Writes it, whole or not at all, onto the disk.</summary>
    public void Write(string folder) => AsideFile.Write(Path.Combine(folder, FileName), stream =>
    {
        JsonSerializer.Serialize(stream, this, RowJson.Options);
        (stream as FileStream)?.Flush(flushToDisk: true);
    });

    /// <summary>Removes it: the purge is proven.</summary>
    public static void Delete(string folder) => File.Delete(Path.Combine(folder, FileName));
}
