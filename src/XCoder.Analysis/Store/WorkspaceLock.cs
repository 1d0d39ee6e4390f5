using System.Globalization;
using System.Text;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Store;

/// <summary>Lets one process at a time write to a workspace. The system frees it when the process ends, however it ends.</summary>
internal sealed class WorkspaceLock : IDisposable
{
    private readonly FileStream _file;

    private WorkspaceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a workspace, waiting for another holder.</summary>
    /// <param name="folder">The workspace's folder; it must exist.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="waiting">Called once, with the holder's process id (or "another process"), when it has to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StoreException">The lock was not free in time, or is no plain file.</exception>
    public static WorkspaceLock Take(string folder, TimeSpan patience, Action<string>? waiting = null,
        CancellationToken cancellation = default)
    {
        var path = PathOf(folder);
        var end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        for (var told = false; ; told = true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var file = WorkspaceFile.OpenWrite(path);
                if (NativeFiles.TryLock(file.SafeFileHandle))
                {
                    WriteHolder(folder);
                    AsideFile.Leftovers(folder, WorkspaceNames.Written, isOurs: true).ToList().ForEach(File.Delete);
                    return new WorkspaceLock(file);
                }

                file.Dispose();
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new StoreException(
                    $"The workspace {folder} cannot be written: {exception.Message} Check its permissions, or choose another --workspace.",
                    exception);
            }
            catch (IOException exception)
            {
                throw new StoreException(
                    $"The workspace {folder} cannot be written: {exception.Message} Check its permissions, or choose another --workspace.",
                    exception);
            }

            if (!told)
            {
                waiting?.Invoke(Holder(folder));
            }

            if (Environment.TickCount64 >= end)
            {
                throw new StoreException(
                    $"The workspace {folder} is in use by {Holder(folder)}. Wait for it to end, or choose another --workspace.");
            }

            cancellation.WaitHandle.WaitOne(100);
        }
    }

    /// <summary>Path of a workspace's lock: an empty file that none can open while it is held.</summary>
    public static string PathOf(string folder) => Path.Combine(folder, "lock");

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string HolderPath(string folder) => Path.Combine(folder, "lock.holder");

    private static void WriteHolder(string folder)
    {
        try
        {
            using var file = WorkspaceFile.OpenWrite(HolderPath(folder));
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk: the lock holds all the same, only its holder has no name.
        }
    }

    // A file of its own: the locked one cannot be read meanwhile.
    private static string Holder(string folder)
    {
        try
        {
            return WorkspaceFile.Read(HolderPath(folder)) is { Length: > 0 and < 20 } id ? $"process {Encoding.ASCII.GetString(id)}"
                : "another process";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "another process";
        }
    }
}

/// <summary>Files that this program keeps in a workspace. What else is there is the user's own.</summary>
internal static class WorkspaceNames
{
    /// <summary>The databases; SQLite keeps files beside them.</summary>
    public static IReadOnlyList<string> Databases { get; } = [SnippetStore.FileName, "generation.db"];

    /// <summary>Endings of the names of files that belong to one database.</summary>
    public static IReadOnlyList<string> DatabaseParts { get; } = ["", "-wal", "-shm", "-journal"];

    /// <summary>Files that are made again from the rest.</summary>
    public static IReadOnlyList<string> Derived { get; } =
        ["semantic.index", "semantic.neighbours", "concepts.index", "analysis.cache", "calibration.json", "journal", "verifying",
            "checking", "report.html", "report.json", "duplicates.sarif", "generation.html"];

    /// <summary>All that are written aside and renamed.</summary>
    public static IReadOnlyCollection<string> Written { get; } = [.. Derived, "labels.jsonl", "purge.pending", "workspace.id",
        ".gitignore"];

    /// <summary>Whether a file's name is that of one of ours, or of one that is written aside.</summary>
    public static bool IsOurs(string name) =>
        Written.Contains(name) || name is "lock" or "lock.holder" || name.EndsWith(".tmp", StringComparison.Ordinal)
        || Databases.Any(database => name.StartsWith(database, StringComparison.Ordinal)
            && DatabaseParts.Contains(name[database.Length..]));
}
