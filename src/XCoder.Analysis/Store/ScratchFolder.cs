using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories;

namespace XCoder.Analysis.Store;

/// <summary>
/// A folder of this process alone for what need not last, in the system's folder of temporary files. What killed processes of the same
/// user left there is removed by the next.
/// </summary>
public sealed partial class ScratchFolder : IDisposable
{
    private const string Prefix = "xcoder-", LockName = ".in-use";
    private const int OthersMay = 0x3F;

    // A folder without a lock is one of an earlier version, which touched it at every run, or one that is being made.
    private static readonly TimeSpan Untouched = TimeSpan.FromHours(1);

    private readonly FileStream _lock;

    private ScratchFolder(string folder, FileStream held) => (Path, _lock) = (folder, held);

    /// <summary>The folder, absolute; none but this user may look into it.</summary>
    public string Path { get; }

    private static string Parent => System.IO.Path.GetFullPath(System.IO.Path.GetTempPath());

    /// <summary>Makes a folder.</summary>
    /// <param name="purpose">What it is for, as part of its name: letters only.</param>
    /// <exception cref="IOException">The system's folder of temporary files does not exist or cannot be written; the message names
    /// it.</exception>
    public static ScratchFolder Create(string purpose)
    {
        RemoveLeftovers();
        try
        {
            // The lock appears held: nobody sees it while it is not.
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

    /// <summary>Removes folders of this user whose process is gone.</summary>
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
            // There is no such folder, or another process was quicker.
        }
    }

    /// <summary>Removes it with what is in it.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static bool IsLeftover(string folder)
    {
        var facts = NativeFiles.OwnershipOf(folder);
        if (facts.Kind != EntryKind.Folder || facts.Owner != NativeFiles.User || (facts.Mode & OthersMay) != 0 || !Name()
            .IsMatch(System.IO.Path.GetFileName(folder)))
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
