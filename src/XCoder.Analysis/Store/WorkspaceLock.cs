using System.Globalization;
using System.Text;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Store;

/// <summary>
/// Lets only one process at a time write to a workspace. The system releases the lock when the process ends, however it
/// ends.
/// </summary>
internal sealed class WorkspaceLock : IDisposable
{
    private readonly FileStream _file;

    private WorkspaceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a workspace, waiting for another holder if necessary.</summary>
    /// <param name="folder">Folder of the workspace; it must exist.</param>
    /// <param name="patience">Maximum time to wait.</param>
    /// <param name="waiting">Called once if it has to wait, with <c>process ID</c> or <c>another process</c>.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <exception cref="StoreException">
    /// The lock was not released in time, or its file is not a plain file or not writable.
    /// </exception>
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

    /// <summary>Path of a workspace's lock: an empty file that is locked while the workspace is in use.</summary>
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
            // On a full disk the lock still works; only its holder is not recorded.
        }
    }

    // The holder has a file of its own, because the locked file cannot be read meanwhile.
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

/// <summary>The files that this program keeps in a workspace. Other files there belong to the user.</summary>
internal static class WorkspaceNames
{
    /// <summary>The databases. SQLite keeps further files next to them.</summary>
    public static IReadOnlyList<string> Databases { get; } = [SnippetStore.FileName, "generation.db"];

    /// <summary>Suffixes of the files that belong to a database.</summary>
    public static IReadOnlyList<string> DatabaseParts { get; } = ["", "-wal", "-shm", "-journal"];

    /// <summary>Files that can be created again from the others.</summary>
    public static IReadOnlyList<string> Derived { get; } =
        ["semantic.index", "semantic.neighbours", "concepts.index", "analysis.cache", "calibration.json", "journal", "verifying",
            "checking", "base.cache", "blobs.journal", "check.groups", "report.html", "report.json", "duplicates.sarif", "generation.html",
            "words.db", "words.db-wal", "words.db-shm", "words.db-journal"];

    /// <summary>Files that are written under a temporary name and renamed.</summary>
    public static IReadOnlyCollection<string> Written { get; } = [.. Derived, "labels.jsonl", "purge.pending", "workspace.id",
        ".gitignore"];

    /// <summary>Whether a file name is one of ours, or a temporary one.</summary>
    public static bool IsOurs(string name) =>
        Written.Contains(name) || name is "lock" or "lock.holder" || name.EndsWith(".tmp", StringComparison.Ordinal)
        || Databases.Any(database => name.StartsWith(database, StringComparison.Ordinal)
            && DatabaseParts.Contains(name[database.Length..]));
}
