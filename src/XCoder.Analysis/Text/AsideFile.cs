using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories;

namespace XCoder.Analysis.Text;

/// <summary>
/// Writes a temporary file next to the target and renames it, so that a reader never sees a partial file, and a link at
/// the target is replaced rather than followed. The next write to the same target removes temporary files that a killed
/// process left.
/// </summary>
public static partial class AsideFile
{
    private const string Ending = ".tmp";
    private const int NameBytes = 4;

    /// <summary>
    /// Writes a file that the user named, completely or not at all. Devices and pipes are written directly.
    /// </summary>
    /// <param name="path">The target file.</param>
    /// <param name="write">Writes the content to the stream.</param>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        if (IsDevice(full))
        {
            // A rename would replace the terminal, pipe or /dev/null with a file.
            using var device = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1 << 16);
            write(device);
            return;
        }

        Replace(full, write);
    }

    /// <summary>
    /// Writes a file that nobody named, completely or not at all. What stands in its place is replaced and never opened, so a pipe that
    /// somebody put there does not make the program wait.
    /// </summary>
    /// <param name="path">The target file.</param>
    /// <param name="write">Writes the content to the stream.</param>
    internal static void Replace(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        var (folder, name) = (Path.GetDirectoryName(full)!, Path.GetFileName(full));
        Leftovers(folder, [name]).ToList().ForEach(File.Delete);
        var temporary = Path.Combine(folder, NameOf(name));
        try
        {
            // The file stays locked until it has its final name, so an unlocked temporary file belongs to a process
            // that died.
            using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
            write(stream);
            stream.Flush();
            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a text file completely or not at all, as UTF-8 without byte-order mark.</summary>
    /// <param name="path">The target file.</param>
    /// <param name="write">Writes the text.</param>
    public static void WriteText(string path, Action<TextWriter> write) => Write(path, Text(write));

    /// <summary>
    /// Turns a writer of text into a writer to a stream, as UTF-8 without byte-order mark. The stream stays open.
    /// </summary>
    /// <param name="write">Writes the text.</param>
    public static Action<Stream> Text(Action<TextWriter> write) => stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 14, leaveOpen: true);
        write(writer);
    };

    /// <summary>A temporary name for a file, made unique by the process id and random digits.</summary>
    internal static string NameOf(string name) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{name}.{Environment.ProcessId}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes))}{Ending}");

    /// <summary>Temporary files of the given targets whose process has died. Only plain files of this user count.</summary>
    /// <param name="folder">Folder of the target files.</param>
    /// <param name="names">Names of the target files.</param>
    /// <param name="isOurs">
    /// Whether the folder is a workspace. Earlier versions wrote some temporary files there without a process id in the
    /// name.
    /// </param>
    internal static IReadOnlyList<string> Leftovers(string folder, IReadOnlyCollection<string> names, bool isOurs = false)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*" + Ending).Where(path => names.Any(name => IsLeftover(path, name, isOurs)))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Whether a process with this id runs on this machine.</summary>
    internal static bool IsRunning(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsDevice(string path) =>
        NativeFiles.OwnershipOf(path).Kind == EntryKind.Other || path.StartsWith("/dev/", StringComparison.Ordinal)
            || path.StartsWith("/proc/", StringComparison.Ordinal);

    private static bool IsLeftover(string path, string name, bool isOurs)
    {
        var file = Path.GetFileName(path);
        if (!file.StartsWith(name, StringComparison.Ordinal) || Pattern().Match(file[name.Length..]) is not { Success: true } match
            || (!match.Groups[1].Success && !isOurs))
        {
            return false;
        }

        var facts = NativeFiles.OwnershipOf(path);
        if (facts.Kind != EntryKind.File || facts.Links > 1 || facts.Owner != NativeFiles.User
            || (int.TryParse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var process) && IsRunning(process)))
        {
            return false;
        }

        try
        {
            // A live writer, even on another machine, holds the lock.
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Names from earlier versions lack the random part, or both that and the process id.
    [GeneratedRegex(@"^\.(?:(\d{1,10})\.(?:[0-9a-f]{8}\.)?)?tmp\z", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
