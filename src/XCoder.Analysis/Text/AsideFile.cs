using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories;

namespace XCoder.Analysis.Text;

/// <summary>
/// Writes files beside their place and renames them, so that a reader never sees half of one and a link in their place is
/// replaced, not followed. What a killed process left beside is removed by the next that writes the same file.
/// </summary>
public static partial class AsideFile
{
    private const string Ending = ".tmp";
    private const int NameBytes = 4;

    /// <summary>Writes a file whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        var full = Path.GetFullPath(path);
        if (IsDevice(full))
        {
            // A terminal, a pipe, /dev/null: nothing may take its place.
            using var device = new FileStream(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1 << 16);
            write(device);
            return;
        }

        var (folder, name) = (Path.GetDirectoryName(full)!, Path.GetFileName(full));
        Leftovers(folder, [name]).ToList().ForEach(File.Delete);
        var temporary = Path.Combine(folder, NameOf(name));
        try
        {
            // Locked until it has its name: what is not locked was left by a process that is gone.
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

    /// <summary>Writes a text file, as UTF-8 without a byte order mark, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its text.</param>
    public static void WriteText(string path, Action<TextWriter> write) => Write(path, Text(write));

    /// <summary>Lets text be written, as UTF-8 without a byte order mark, to a stream that stays open.</summary>
    /// <param name="write">Writes the text.</param>
    public static Action<Stream> Text(Action<TextWriter> write) => stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 14, leaveOpen: true);
        write(writer);
    };

    /// <summary>A name to write a file under that no other process takes.</summary>
    internal static string NameOf(string name) =>
        string.Create(CultureInfo.InvariantCulture,
            $"{name}.{Environment.ProcessId}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes))}{Ending}");

    /// <summary>Plain files of this user beside some files, named as what is written aside, whose process is gone.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="names">Names of the files.</param>
    /// <param name="isOurs">Whether the folder is a workspace: earlier versions wrote some files there without a number in the
    /// name.</param>
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

    /// <summary>Whether a process of this number runs on this machine.</summary>
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
            // The lock of the process that writes it, on whatever machine.
            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Earlier versions had no random part, or neither that nor a number.
    [GeneratedRegex(@"^\.(?:(\d{1,10})\.(?:[0-9a-f]{8}\.)?)?tmp\z", RegexOptions.NonBacktracking)]
    private static partial Regex Pattern();
}
