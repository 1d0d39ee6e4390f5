using System.Diagnostics;
using System.Text.RegularExpressions;

namespace XCoder.Agents.Export;

/// <summary>
/// A folder that is written beside its place and put there whole. What stands in its place is replaced only where it is an
/// export and nothing else.
/// </summary>
internal sealed partial class ExportFolder : IDisposable
{
    /// <summary>Folder of the records.</summary>
    public const string Data = "data";

    /// <summary>The data card.</summary>
    public const string Card = "README.md";

    /// <summary>Who is to be named.</summary>
    public const string Attribution = "ATTRIBUTION.md";

    /// <summary>Stands in every card.</summary>
    public const string Mark = "<!-- Made by 'xcoder export'; an export to this folder replaces it. -->";

    private const string Ending = ".xcoder-export";

    private readonly string _place;

    private ExportFolder(string place, string path) => (_place, Path) = (place, path);

    /// <summary>Where to write to.</summary>
    public string Path { get; }

    /// <summary>Begins to write a folder.</summary>
    /// <exception cref="IOException">Something else stands in its place.</exception>
    public static ExportFolder Begin(string folder)
    {
        var place = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(folder));
        RequireReplaceable(place);
        var parent = System.IO.Path.GetDirectoryName(place) ?? throw new IOException($"{folder} is no folder to export to.");
        var name = System.IO.Path.GetFileName(place);
        Directory.CreateDirectory(parent);
        RemoveLeftovers(parent, name);
        var path = System.IO.Path.Combine(parent, $".{name}.{Environment.ProcessId}{Ending}");
        Directory.CreateDirectory(System.IO.Path.Combine(path, Data));
        return new ExportFolder(place, path);
    }

    /// <summary>Puts it in its place.</summary>
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

    /// <summary>Whether a folder is an export and nothing else, so that it may be removed.</summary>
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

    /// <summary>What killed exports to a folder or file left beside it.</summary>
    public static IEnumerable<string> Leftovers(string place)
    {
        var (parent, name) = (System.IO.Path.GetDirectoryName(place), System.IO.Path.GetFileName(place));
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, $".{name}.*{Ending}*").Concat(Directory.EnumerateFiles(parent, name + ".*.tmp*")).Order(StringComparer.Ordinal)
            : [];
    }

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
        var other = Directory.EnumerateFileSystemEntries(place, "*", SearchOption.AllDirectories).Select(entry => System.IO.Path.GetRelativePath(place, entry).Replace('\\', '/'))
            .FirstOrDefault(entry => entry is not (Data or Card or Attribution) && !RecordFileName().IsMatch(entry));
        if (other is not null || !File.Exists(card) || !File.ReadLines(card).Contains(Mark))
        {
            throw new IOException($"{place} holds something that no export wrote{(other is null ? "" : $" ({other})")}; export to another folder and move the files.");
        }
    }

    // A killed export leaves its folder behind.
    private static void RemoveLeftovers(string parent, string name)
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, "." + name + ".*" + Ending))
        {
            var number = System.IO.Path.GetFileName(folder)[(name.Length + 2)..^Ending.Length];
            if (int.TryParse(number, out var process) && !IsRunning(process))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static bool IsRunning(int process)
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

    [GeneratedRegex(@"^data/(train|validation)-\d{5,}-of-\d{5,}\.(jsonl|parquet)\z", RegexOptions.NonBacktracking)]
    private static partial Regex RecordFileName();
}
