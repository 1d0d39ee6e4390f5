using System.Text;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>Where git keeps the data of a work tree. Files are read with a limit on their size, through no link.</summary>
/// <param name="Path">Folder of HEAD, absolute, ending in <c>/</c>.</param>
/// <param name="CommonPath">Folder of configuration and references, which linked work trees share, ending in <c>/</c>.</param>
internal sealed record GitFolder(string Path, string CommonPath)
{
    private const string PointerPrefix = "gitdir:";
    private const int MaxPointerBytes = 8192;

    /// <summary>Whether a folder is a work tree: it holds <c>.git</c>, a folder with HEAD in it or a file naming such a folder.</summary>
    /// <param name="root">The folder's path.</param>
    /// <param name="entries">Its entries.</param>
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

    /// <summary>Whether a folder is a work tree.</summary>
    public static bool IsWorkTree(string root) => IsWorkTree(root, Kind(System.IO.Path.Join(root, ".git")));

    /// <summary>Git's folder of a work tree, or null where there is none to be read.</summary>
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

    /// <summary>A file of this work tree alone, or null.</summary>
    public byte[]? Read(string relative, int maxBytes) => Read(Path, relative, maxBytes);

    /// <summary>A file that linked work trees share, or null.</summary>
    public byte[]? ReadCommon(string relative, int maxBytes) => Read(CommonPath, relative, maxBytes);

    private static bool IsWorkTree(string root, EntryKind kind) => kind switch
    {
        EntryKind.Folder => Kind(System.IO.Path.Join(root, ".git/HEAD")) is EntryKind.File or EntryKind.Link,
        EntryKind.File => Pointer(System.IO.Path.Join(root, ".git")) != null,
        // Tools that share one clone link the folder. It marks a work tree, but is not followed.
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
        path.Length == 0 || path.Contains('\0') || path.Contains('\uFFFD') ? null : System.IO.Path.GetFullPath(path, System.IO.Path.GetFullPath(folder));

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
