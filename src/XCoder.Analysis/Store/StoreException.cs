using Microsoft.Data.Sqlite;

namespace XCoder.Analysis.Store;

/// <summary>The store cannot be used. The message says what happened and what to do.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    /// <summary>Says what an error of SQLite means for the store at <paramref name="path"/>.</summary>
    internal static StoreException From(SqliteException exception, string path) => new(exception.SqliteErrorCode switch
    {
        Corrupt or NotADatabase => DamagedText(path),
        Full => $"The disk is full; the store {path} keeps what was finished. Make room and run the command again.",
        Busy or Locked => $"The store {path} is in use by another process. Wait for it to end, or choose another --workspace.",
        ReadOnly or CannotOpen =>
            $"The store {path} cannot be opened for writing: {exception.Message} Check the folder's "
                + $"permissions, or choose another --workspace.",
        IoError => $"Reading or writing the store {path} failed: {exception.Message} Check the disk, then run the command again.",
        _ => $"The store {path} failed: {exception.Message}",
    }, exception);

    /// <summary>What stands in the store at <paramref name="path"/> cannot have been written by this program.</summary>
    internal static StoreException Damaged(string path, Exception exception) =>
        new(exception is InvalidDataException ? $"{DamagedText(path)} What is wrong: {exception.Message}." : DamagedText(path), exception);

    /// <summary>What stands at <paramref name="path"/> is no store of this program, and is left as it is.</summary>
    internal static StoreException Foreign(string path, string why) =>
        new($"{path} is damaged or is no XCoder store: {why}. It was left as it "
            + $"is. {(Path.GetFileName(path) == SnippetStore.FileName ? "If it was an index, all of it can "
                + "be made again: delete it and run index again; else" : "Move it away, or")} choose another --workspace.");

    private static string DamagedText(string path) =>
        $"The store {path} is damaged or is no XCoder store. Everything in it can be made again: "
            + $"delete {path} (and {path}-wal, {path}-shm) and run index again.";
}
