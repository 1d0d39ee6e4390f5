using System.Buffers.Binary;
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

/// <summary>
/// Reads the index of a git work tree as data (gitformat-index, versions 2 to 4, split indexes included): which paths git tracks. An
/// index that is missing or damaged tracks nothing.
/// </summary>
internal static class GitIndex
{
    private const int MostBytes = 1 << 30, MostSettings = 1 << 20;
    private const int HeaderBytes = 12, StatusBytes = 40, FlagBytes = 2;
    private const int Extended = 0x4000;

    /// <summary>Whether git tracks a path, or something below it.</summary>
    /// <param name="folder">Git's folder of the work tree.</param>
    /// <param name="path">Path below the work tree's root, with <c>/</c>.</param>
    public static bool Tracks(GitFolder folder, string path)
    {
        var (hash, wanted) = (HashBytes(folder), Encoding.UTF8.GetBytes(path));
        if (folder.Read("index", MostBytes) is not { } bytes)
        {
            return false;
        }

        var at = Read(bytes, hash, wanted, out var held);
        if (held.Count > 0)
        {
            return true;
        }

        // The index may build upon a shared one, of whose entries it deletes some.
        var link = Link(bytes, at, hash);
        return link.Length >= hash && folder.Read("sharedindex." + Convert.ToHexStringLower(link[..hash]), MostBytes) is { } shared
            && Read(shared, hash, wanted, out held) > 0 && AnyLeft(held, link[hash..]);
    }

    // Reads all entries and gives where the extensions begin; held: numbers of the entries that are the path or below it.
    private static int Read(ReadOnlySpan<byte> index, int hashBytes, ReadOnlySpan<byte> wanted, out List<int> held)
    {
        held = [];
        if (index.Length < HeaderBytes || !index.StartsWith("DIRC"u8))
        {
            return 0;
        }

        var (version, count) = (BinaryPrimitives.ReadUInt32BigEndian(index[4..]), BinaryPrimitives.ReadUInt32BigEndian(index[8..]));
        var (name, at) = (Array.Empty<byte>(), HeaderBytes);
        for (var i = 0; i < count && version is >= 2 and <= 4; i++)
        {
            var start = at;
            at += StatusBytes + hashBytes;
            if (at + FlagBytes >= index.Length)
            {
                return index.Length;
            }

            at += FlagBytes + ((BinaryPrimitives.ReadUInt16BigEndian(index[at..]) & Extended) != 0 ? FlagBytes : 0);
            var cut = 0;
            var length = (version < 4 || ReadCut(index, ref at, out cut)) && at < index.Length ? index[at..].IndexOf((byte)0) : -1;
            if (length < 0)
            {
                return index.Length;
            }

            // Version 4 leaves out what a name shares with the one before.
            name = version == 4 ? [.. name.AsSpan(0, Math.Max(0, name.Length - cut)), .. index.Slice(at, length)]
                : index.Slice(at, length).ToArray();
            if (name.AsSpan().StartsWith(wanted) && (name.Length == wanted.Length || name[wanted.Length] == '/'))
            {
                held.Add(i);
            }

            at += version == 4 ? length + 1 : length + 8 - ((at + length - start) % 8);
        }

        return at;
    }

    // Extensions: four letters, a length, the content; 'link' begins with the name of the shared index.
    private static ReadOnlySpan<byte> Link(ReadOnlySpan<byte> index, int at, int hashBytes)
    {
        while (at + 8 <= index.Length - hashBytes)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(index[(at + 4)..]);
            if (length > index.Length - at - 8)
            {
                break;
            }

            if (index[at..].StartsWith("link"u8))
            {
                return index.Slice(at + 8, (int)length);
            }

            at += 8 + (int)length;
        }

        return [];
    }

    // A compressed bitmap (EWAH): number of bits, number of words, words. A word of runs says how many words of equal bits and of bits as
    // they are follow.
    private static bool AnyLeft(List<int> held, ReadOnlySpan<byte> deleted)
    {
        var left = held.ToHashSet();
        var words = deleted.Length < 8 ? 0 : (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(deleted[4..]), (deleted.Length - 8) / 8);
        long bit = 0;
        for (var i = 0; i < words;)
        {
            var run = Word(deleted, i++);
            var end = bit + (64L * (uint)(run >> 1));
            left.RemoveWhere(number => (run & 1) != 0 && number >= bit && number < end);
            bit = end;
            for (var literals = run >> 33; literals > 0 && i < words; literals--, i++, bit += 64)
            {
                var (first, word) = (bit, Word(deleted, i));
                left.RemoveWhere(number => number >= first && number < first + 64 && ((word >> (int)(number - first)) & 1) != 0);
            }
        }

        return left.Count > 0;

        static ulong Word(ReadOnlySpan<byte> bitmap, int i) => BinaryPrimitives.ReadUInt64BigEndian(bitmap[(8 + (8 * i))..]);
    }

    // Git's variable-width number: each further byte counts from one above what the bytes before can say.
    private static bool ReadCut(ReadOnlySpan<byte> index, ref int at, out int cut)
    {
        long value = 0;
        for (var i = 0; at < index.Length && i < 5; i++)
        {
            var part = index[at++];
            value = ((i == 0 ? 0 : value + 1) << 7) | (uint)(part & 0x7f);
            if ((part & 0x80) == 0)
            {
                cut = (int)Math.Min(value, int.MaxValue);
                return true;
            }
        }

        cut = 0;
        return false;
    }

    private static int HashBytes(GitFolder folder) =>
        folder.ReadCommon("config", MostSettings) is { } settings && Encoding.UTF8.GetString(settings).Split('\n')
            .Any(line => line.Split('=') is [var key, var value]
            && key.Trim().Equals("objectformat", StringComparison.OrdinalIgnoreCase) && value.Trim()
                .Equals("sha256", StringComparison.OrdinalIgnoreCase)) ? 32 : 20;
}
