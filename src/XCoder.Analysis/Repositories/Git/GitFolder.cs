using System.Text;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>The folders in which git keeps the data of a work tree. Reads limit the size of files and follow no links.</summary>
/// <param name="Path">Absolute path of the folder with HEAD, ending in <c>/</c>.</param>
/// <param name="CommonPath">
/// Path, ending in <c>/</c>, of the folder with configuration and references, which linked work trees share.
/// </param>
internal sealed record GitFolder(string Path, string CommonPath)
{
    private const string PointerPrefix = "gitdir:";
    private const int MaxPointerBytes = 8192;

    /// <summary>
    /// Whether a folder is a work tree: its <c>.git</c> is a folder with HEAD, a file that names such a folder, or a
    /// link.
    /// </summary>
    /// <param name="root">Path of the folder.</param>
    /// <param name="entries">Entries of the folder.</param>
    public static bool IsWorkTree(string root, IReadOnlyList<FolderEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Name == ".git")
            {
                return IsWorkTree(root, entries[i].Kind);
            }
        }

        return false;
    }

    /// <summary>Whether the folder at a path is a work tree.</summary>
    public static bool IsWorkTree(string root) => IsWorkTree(root, Kind(System.IO.Path.Join(root, ".git")));

    /// <summary>Git's folders of a work tree; null if <c>.git</c> is missing, unreadable or a link.</summary>
    public static GitFolder? Find(string root)
    {
        var path = System.IO.Path.Join(root, ".git");
        switch (Kind(path))
        {
            case EntryKind.Folder:
                break;
            case EntryKind.File when Pointer(path) is { } pointer && Resolve(root, pointer) is { } target:
                path = target;
                break;
            default:
                return null;
        }

        path = path.TrimEnd('/') + "/";
        var common = SourceFileReader.ReadSmall(path + "commondir", MaxPointerBytes) is { } text
            && Resolve(path, Encoding.UTF8.GetString(text).TrimEnd('\r', '\n')) is { } shared
            ? shared.TrimEnd('/') + "/"
            : path;
        return new GitFolder(path, common);
    }

    /// <summary>Reads a file that belongs to this work tree alone; null if it cannot be read.</summary>
    public byte[]? Read(string relative, int maxBytes) => Read(Path, relative, maxBytes);

    /// <summary>Reads a file that linked work trees share; null if it cannot be read.</summary>
    public byte[]? ReadCommon(string relative, int maxBytes) => Read(CommonPath, relative, maxBytes);

    private static bool IsWorkTree(string root, EntryKind kind) => kind switch
    {
        EntryKind.Folder => Kind(System.IO.Path.Join(root, ".git/HEAD")) is EntryKind.File or EntryKind.Link,
        EntryKind.File => Pointer(System.IO.Path.Join(root, ".git")) != null,
        // Tools that share one clone make .git a link. It marks a work tree but is not followed.
        EntryKind.Link => true,
        _ => false,
    };

    private static EntryKind Kind(string path) => NativeFiles.Look(Encoding.UTF8.GetBytes(path + '\0')).Kind;

    private static string? Pointer(string path)
    {
        var text = SourceFileReader.ReadSmall(path, MaxPointerBytes) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";
        return text.StartsWith(PointerPrefix, StringComparison.Ordinal) ? text[PointerPrefix.Length..].Trim() : null;
    }

    private static string? Resolve(string folder, string path) =>
        path.Length == 0 || path.Contains('\0') || path.Contains('\uFFFD') ? null
            : System.IO.Path.GetFullPath(path, System.IO.Path.GetFullPath(folder));

    // No part of the relative path may be a link.
    private static byte[]? Read(string folder, string relative, int maxBytes)
    {
        for (var slash = relative.IndexOf('/'); slash >= 0; slash = relative.IndexOf('/', slash + 1))
        {
            if (Kind(folder + relative[..slash]) != EntryKind.Folder)
            {
                return null;
            }
        }

        return SourceFileReader.ReadSmall(folder + relative, maxBytes);
    }
}
