using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories;

namespace XCoder.Analysis.Store;

/// <summary>
/// A temporary folder for this process alone, in the system's folder for temporary files. Each new one removes the
/// folders that killed processes of the same user left.
/// </summary>
public sealed partial class ScratchFolder : IDisposable
{
    private const string Prefix = "xcoder-", LockName = ".in-use";
    private const int OthersMay = 0x3F;

    // A folder without a lock is from an earlier version, which touched it at every run, or is being created.
    private static readonly TimeSpan Untouched = TimeSpan.FromHours(1);

    private readonly FileStream _lock;

    private ScratchFolder(string folder, FileStream held) => (Path, _lock) = (folder, held);

    /// <summary>Absolute path. Only this user can access the folder.</summary>
    public string Path { get; }

    private static string Parent => System.IO.Path.GetFullPath(System.IO.Path.GetTempPath());

    /// <summary>Creates a folder.</summary>
    /// <param name="purpose">What the folder is for; becomes part of its name. Letters only.</param>
    /// <exception cref="IOException">
    /// The system's folder for temporary files does not exist or is not writable; the message names it.
    /// </exception>
    public static ScratchFolder Create(string purpose)
    {
        RemoveLeftovers();
        try
        {
            // The lock file gets its name only when it is locked, so that nobody sees it unlocked.
            var folder = Directory.Exists(Parent) ? Directory.CreateTempSubdirectory($"{Prefix}{purpose}-").FullName
                : throw new DirectoryNotFoundException("it does not exist.");
            var place = System.IO.Path.Combine(folder, LockName);
            var held = new FileStream(place + ".new", FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
            File.Move(place + ".new", place);
            return new ScratchFolder(folder, held);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The folder for temporary files {Parent} cannot be used: {exception.Message} Make it writable, or set TMPDIR to another.",
                exception);
        }
    }

    /// <summary>Removes folders of this user whose process has ended.</summary>
    public static void RemoveLeftovers()
    {
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(Parent, Prefix + "*").Where(IsLeftover))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder does not exist, or another process removed it first.
        }
    }

    /// <summary>Removes the folder with its content and releases the lock.</summary>
    public void Dispose()
    {
        // The lock is held until the end: another process that finds it free removes the folder at the same time.
        using (_lock)
        {
            if (Directory.Exists(Path))
            {
                Directory.Delete(Path, recursive: true);
            }
        }
    }

    private static bool IsLeftover(string folder)
    {
        var facts = NativeFiles.OwnershipOf(folder);
        if (facts.Kind != EntryKind.Folder || facts.Owner != NativeFiles.User || (facts.Mode & OthersMay) != 0
            || !Name().IsMatch(System.IO.Path.GetFileName(folder)))
        {
            return false;
        }

        using var handle = NativeFiles.OpenPlain(System.IO.Path.Combine(folder, LockName), isWritten: false, out _);
        return handle is not null ? NativeFiles.TryLock(handle)
            : TimeProvider.System.GetUtcNow() - Directory.GetLastWriteTimeUtc(folder) > Untouched;
    }

    [GeneratedRegex(@"^xcoder-(?:sandbox|doctor)-?[A-Za-z0-9]{6}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
