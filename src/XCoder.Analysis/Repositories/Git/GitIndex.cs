using System.Buffers.Binary;
using System.Text;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>
/// Tells which paths git tracks, by parsing the index of a work tree (gitformat-index, versions 2 to 4, including split
/// indexes). A missing or damaged index tracks nothing.
/// </summary>
internal static class GitIndex
{
    private const int MostBytes = 1 << 30, MostSettings = 1 << 20;

    // What file systems allow. In version 4 a name takes up what the name before it had: without limits, a small index makes names of any
    // length and terabytes of them.
    private const int MostPathBytes = 4096;
    private const long MostHeldBytes = 1 << 29;
    private const int HeaderBytes = 12, StatusBytes = 40, FlagBytes = 2;
    private const int Extended = 0x4000, SkipWorkTree = 0x4000;

    /// <summary>Whether git tracks a path or anything below it.</summary>
    /// <param name="folder">Git's folders of the work tree.</param>
    /// <param name="path">Path below the work tree's root, <c>/</c>-separated.</param>
    public static bool Tracks(GitFolder folder, string path) => Tracked(folder, Encoding.UTF8.GetBytes(path)).Count > 0;

    /// <summary>Tracked paths at or below a path, in no order; an empty path stands for all.</summary>
    /// <param name="folder">Git's folders of the work tree.</param>
    /// <param name="path">Path below the work tree's root, <c>/</c>-separated.</param>
    public static List<byte[]> Tracked(GitFolder folder, ReadOnlySpan<byte> path) => Entries(folder, path, isLeftOut: false);

    /// <summary>
    /// Paths that a sparse checkout leaves out of the work tree although git tracks them, in no order; one that ends in <c>/</c> stands
    /// for all of a folder.
    /// </summary>
    /// <param name="folder">Git's folders of the work tree.</param>
    public static List<byte[]> LeftOut(GitFolder folder) => Entries(folder, [], isLeftOut: true);

    private static List<byte[]> Entries(GitFolder folder, ReadOnlySpan<byte> path, bool isLeftOut)
    {
        var hash = HashBytes(folder);
        if (folder.Read("index", MostBytes) is not { } bytes)
        {
            return [];
        }

        var at = Read(bytes, hash, path, isLeftOut, out var held);

        // A split index extends a shared one and may delete some of its entries.
        var link = Link(bytes, at, hash);
        if (link.Length >= hash && folder.Read("sharedindex." + Convert.ToHexStringLower(link[..hash]), MostBytes) is { } shared)
        {
            Read(shared, hash, path, isLeftOut, out var others);
            RemoveDeleted(others, link[hash..]);
            held.AddRange(others);
        }

        return held.ConvertAll(entry => entry.Path);
    }

    // Reads all entries and returns the offset of the extensions. held: the entries at or below the wanted path, or of these only those
    // that a sparse checkout leaves out.
    private static int Read(ReadOnlySpan<byte> index, int hashBytes, ReadOnlySpan<byte> wanted, bool isLeftOut,
        out List<(int Number, byte[] Path)> held)
    {
        held = [];
        if (index.Length < HeaderBytes || !index.StartsWith("DIRC"u8))
        {
            return 0;
        }

        var (version, count) = (BinaryPrimitives.ReadUInt32BigEndian(index[4..]), BinaryPrimitives.ReadUInt32BigEndian(index[8..]));
        var (buffer, size, at, bytes) = (new byte[MostPathBytes], 0, HeaderBytes, 0L);
        for (var i = 0; i < count && version is >= 2 and <= 4; i++)
        {
            var start = at;
            at += StatusBytes + hashBytes;
            if (at + FlagBytes >= index.Length)
            {
                return index.Length;
            }

            var isExtended = (BinaryPrimitives.ReadUInt16BigEndian(index[at..]) & Extended) != 0;
            at += FlagBytes;
            var isSkipped = isExtended && at + FlagBytes <= index.Length
                && (BinaryPrimitives.ReadUInt16BigEndian(index[at..]) & SkipWorkTree) != 0;
            at += isExtended ? FlagBytes : 0;
            var cut = 0;
            var length = (version < 4 || ReadCut(index, ref at, out cut)) && at < index.Length ? index[at..].IndexOf((byte)0) : -1;

            // Version 4 omits the prefix that a name shares with the previous one.
            var kept = version == 4 ? Math.Max(0, size - cut) : 0;
            if (length < 0 || kept + length > MostPathBytes)
            {
                return index.Length;
            }

            index.Slice(at, length).CopyTo(buffer.AsSpan(kept));
            size = kept + length;
            var name = buffer.AsSpan(0, size);
            if ((isSkipped || !isLeftOut) && name.StartsWith(wanted)
                && (wanted.Length == 0 || size == wanted.Length || name[wanted.Length] == '/'))
            {
                if ((bytes += size) > MostHeldBytes)
                {
                    return index.Length;
                }

                held.Add((i, name.ToArray()));
            }

            at += version == 4 ? length + 1 : length + 8 - ((at + length - start) % 8);
        }

        return at;
    }

    // An extension is a signature of four letters, a length and the content. That of 'link' begins with the name of the
    // shared index.
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

    // The deleted entries are a compressed bitmap (EWAH): number of bits, number of words, words. A run-length word
    // says how many words of equal bits it stands for, and how many literal words follow it.
    private static void RemoveDeleted(List<(int Number, byte[] Path)> held, ReadOnlySpan<byte> deleted)
    {
        var left = held.Select(entry => entry.Number).ToHashSet();
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

        held.RemoveAll(entry => !left.Contains(entry.Number));

        static ulong Word(ReadOnlySpan<byte> bitmap, int i) => BinaryPrimitives.ReadUInt64BigEndian(bitmap[(8 + (8 * i))..]);
    }

    // Git's variable-width number: each byte after the first adds one before shifting, so that no value has two
    // encodings.
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
        folder.ReadCommon("config", MostSettings) is { } settings
        && Encoding.UTF8.GetString(settings).Split('\n').Any(line => line.Split('=') is [var key, var value]
            && key.Trim().Equals("objectformat", StringComparison.OrdinalIgnoreCase)
            && value.Trim().Equals("sha256", StringComparison.OrdinalIgnoreCase)) ? 32 : 20;
}

/// <summary>The paths that git tracks in a work tree. The index is read when it is first asked. Thread-safe.</summary>
/// <param name="root">Path of the work tree.</param>
internal sealed class TrackedPaths(string root)
{
    private readonly Lazy<(HashSet<string> Files, HashSet<string> Folders)> _paths = new(() => Read(root));

    /// <summary>Whether git tracks the file.</summary>
    /// <param name="path">Path below the root, <c>/</c>-separated.</param>
    public bool Contains(string path) => _paths.Value.Files.Contains(path);

    /// <summary>Whether git tracks anything in the folder.</summary>
    /// <param name="path">Path below the root, <c>/</c>-separated, without a last <c>/</c>.</param>
    public bool HasBelow(string path) => _paths.Value.Folders.Contains(path);

    private static (HashSet<string> Files, HashSet<string> Folders) Read(string root)
    {
        var (files, folders) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var bytes in GitFolder.Find(root) is { } folder ? GitIndex.Tracked(folder, []) : [])
        {
            var path = Encoding.UTF8.GetString(bytes);
            files.Add(path);
            for (var slash = path.LastIndexOf('/'); slash > 0 && folders.Add(path[..slash]);)
            {
                slash = path.LastIndexOf('/', slash - 1);
            }
        }

        return (files, folders);
    }
}
