using System.Globalization;
using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Export;

/// <summary>
/// A folder that is written beside its place and then moved there as a whole. It replaces a folder in that place only if that is an earlier
/// export and holds nothing else.
/// </summary>
internal sealed partial class ExportFolder : IDisposable
{
    /// <summary>Sub-folder of the records.</summary>
    public const string Data = "data";

    /// <summary>File name of the data card.</summary>
    public const string Card = "README.md";

    /// <summary>File name of the attribution.</summary>
    public const string Attribution = "ATTRIBUTION.md";

    /// <summary>A line in every data card that identifies an export.</summary>
    public const string Mark = "<!-- Made by 'xcoder export'; an export to this folder replaces it. -->";

    private const string Ending = ".xcoder-export", Unmarked = "0";

    private readonly string _place;

    private ExportFolder(string place, string path) => (_place, Path) = (place, path);

    /// <summary>The folder to write to until <see cref="Commit"/>.</summary>
    public string Path { get; }

    /// <summary>Begins an export to a folder and removes leftovers of killed exports to it.</summary>
    /// <exception cref="IOException">The place holds something that no export wrote, or is a root folder.</exception>
    public static ExportFolder Begin(string folder, ExportMark? mark)
    {
        var place = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        RequireReplaceable(place);
        var parent = System.IO.Path.GetDirectoryName(place) ?? throw new IOException($"{folder} is a root folder; export to another one.");
        var name = System.IO.Path.GetFileName(place);
        Directory.CreateDirectory(parent);
        Leftovers(place, mark, isNamed: true).ToList().ForEach(Remove);
        var path = System.IO.Path.Combine(parent, "." + System.IO.Path.GetFileName(AsideOf(place, mark)) + Ending);
        Directory.CreateDirectory(System.IO.Path.Combine(path, Data));
        return new ExportFolder(place, path);
    }

    /// <summary>Moves the written folder to its place and deletes the earlier export there.</summary>
    public void Commit()
    {
        RequireReplaceable(_place);
        var old = Path + ".old";
        if (Directory.Exists(_place))
        {
            Directory.Move(_place, old);
        }

        Directory.Move(Path, _place);
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    /// <summary>Whether a folder is an export and holds nothing else, so that it may be removed.</summary>
    public static bool IsExport(string place)
    {
        try
        {
            RequireReplaceable(place);
            return Directory.Exists(place);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Path of an unfinished export: the place, the process and the workspace's mark of the place.</summary>
    public static string AsideOf(string place, ExportMark? mark) =>
        FormattableString.Invariant($"{place}.{Environment.ProcessId}.{mark?.Tag(System.IO.Path.GetFileName(place)) ?? Unmarked}");

    /// <summary>
    /// Finds leftovers of a workspace's killed exports beside a folder or file: plain files and folders of this user whose names carry the
    /// workspace's mark.
    /// </summary>
    /// <param name="place">The exported folder or file.</param>
    /// <param name="mark">The workspace's mark; null for none.</param>
    /// <param name="isNamed">Whether the user has just named the place; then leftovers of older versions, which wrote no mark, count as
    /// well.</param>
    public static IReadOnlyList<string> Leftovers(string place, ExportMark? mark, bool isNamed)
    {
        var (parent, name) = (System.IO.Path.GetDirectoryName(place), System.IO.Path.GetFileName(place));
        var tag = mark?.Tag(name) ?? Unmarked;
        return Directory.Exists(parent)
            ? [.. Directory.EnumerateFileSystemEntries(parent, $"*{name}.*",
                new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = 0 }).Where(IsLeftover)
                .Order(StringComparer.Ordinal)] : [];

        bool IsLeftover(string path)
        {
            var (file, facts) = (System.IO.Path.GetFileName(path), NativeFiles.OwnershipOf(path));
            var isFolder = facts.Kind == EntryKind.Folder;
            if (facts.Owner != NativeFiles.User || !(isFolder || (facts.Kind == EntryKind.File && facts.Links == 1))
                || !file.StartsWith((isFolder ? "." : "") + name + ".", StringComparison.Ordinal))
            {
                return false;
            }

            var rest = file[(name.Length + (isFolder ? 2 : 1))..];
            string[] endings = isFolder ? [Ending, Ending + ".old"] : [".tmp", ".tmp.lines", ".tmp.md"];
            return endings.FirstOrDefault(end => rest.EndsWith(end, StringComparison.Ordinal)) is { } end
                && rest[..^end.Length].Split('.') is [var number, .. var tags]
                && (tags is [var one] ? one == tag : isNamed && tags.Length == 0)
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !AsideFile.IsRunning(process);
        }
    }

    /// <summary>Removes a leftover file or folder.</summary>
    public static void Remove(string leftover)
    {
        if (NativeFiles.OwnershipOf(leftover).Kind == EntryKind.Folder)
        {
            Directory.Delete(leftover, recursive: true);
        }
        else
        {
            File.Delete(leftover);
        }
    }

    /// <summary>Whether a file name in the folder of the records has the form of a record file's.</summary>
    public static bool IsRecordFile(string name) => RecordFileName().IsMatch($"{Data}/{name}");

    private static void RequireReplaceable(string place)
    {
        if (File.Exists(place) || new FileInfo(place).LinkTarget is not null)
        {
            throw new IOException($"{place} is a file or a link; name a folder, or a file that ends with .jsonl or .parquet.");
        }

        if (!Directory.Exists(place) || !Directory.EnumerateFileSystemEntries(place).Any())
        {
            return;
        }

        var card = System.IO.Path.Combine(place, Card);
        var other = Directory.EnumerateFileSystemEntries(place, "*", SearchOption.AllDirectories)
            .Select(entry => System.IO.Path.GetRelativePath(place, entry).Replace('\\', '/'))
            .FirstOrDefault(entry => entry is not (Data or Card or Attribution) && !RecordFileName().IsMatch(entry));
        if (other is not null || !File.Exists(card) || !File.ReadLines(card).Contains(Mark))
        {
            throw new IOException(
                $"{place} holds something that no export wrote{(other is null ? "" : $" ({other})")}; export "
                    + $"to another folder and move the files.");
        }
    }

    [GeneratedRegex(@"^data/(train|validation)-\d{5,}-of-\d{5,}\.(jsonl|parquet)\z", RegexOptions.NonBacktracking)]
    private static partial Regex RecordFileName();
}
