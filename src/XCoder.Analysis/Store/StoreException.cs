using Microsoft.Data.Sqlite;

namespace XCoder.Analysis.Store;

/// <summary>The store cannot be used. The message says what happened and what to do about it.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner)
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    /// <summary>Explains what a SQLite error means for the store at <paramref name="path"/>.</summary>
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

    /// <summary>The exception for a store with content that this program cannot have written.</summary>
    internal static StoreException Damaged(string path, Exception exception) =>
        new(exception is InvalidDataException ? $"{DamagedText(path)} What is wrong: {exception.Message}." : DamagedText(path), exception);

    /// <summary>The exception for a file that is not a store of this program. The file is not changed.</summary>
    internal static StoreException Foreign(string path, string why) =>
        new($"{path} is damaged or is not an XCoder store: {why}. It was left as it is. "
            + (Path.GetFileName(path) == SnippetStore.FileName
                ? "If it was an index, everything in it can be created again: delete it and run index again. Otherwise"
                : "Move it away, or")
            + " choose another --workspace.");

    private static string DamagedText(string path) =>
        $"The store {path} is damaged or is not an XCoder store. Everything in it can be created again: "
            + $"delete {path} (and {path}-wal, {path}-shm) and run index again.";
}
