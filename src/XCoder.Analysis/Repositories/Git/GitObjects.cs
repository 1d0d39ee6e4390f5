using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>
/// Reads the objects of a repository: loose ones, those in packs, and those of alternates. Every object is hashed, so what is returned
/// is what its name stands for, wherever it was read. Links are not followed, sizes are checked before memory is taken, and no
/// program runs. Objects have SHA-1 names. Not thread-safe.
/// </summary>
/// <remarks>
/// Alternates lie outside of the repository by their nature (<c>git clone --shared</c>). They are read, because their objects must
/// have the names that the repository asks for; but no link on the last part of their path is followed, at most 16 are read, and
/// alternates of alternates up to a depth of 5, as git does.
/// </remarks>
internal sealed class GitObjects : IDisposable
{
    /// <summary>The most bytes of an object that git's own data need: commits, tags, folders, and bases of deltas.</summary>
    public const int MostBytes = 64 << 20;

    private const int MostAlternates = 16, AlternateDepth = 5;
    private const int MaxSettings = 1 << 20, MaxList = 1 << 20;
    private const int MostDeltas = 4096, MostPacks = 4096;
    private const long MostDeltaBytes = 256 << 20;

    // What it costs to look at the head of an entry, in bytes of the budget.
    private const int HeadCost = 4096;
    private const long CacheBytes = 64 << 20;

    private readonly GitBudget _budget;
    private readonly GitFiles _files = new();
    private readonly List<string> _folders = [];
    private readonly List<GitPack> _packs = [];
    private readonly Dictionary<(GitPack Pack, long Offset), GitObject> _cache = [];
    private long _cached;

    private GitObjects(GitBudget budget) => _budget = budget;

    /// <summary>Opens the objects of a repository.</summary>
    /// <param name="folder">Git's folders of the work tree.</param>
    /// <param name="budget">How much may be unpacked; null for the default.</param>
    /// <exception cref="GitException">The repository has another format, or its objects lie behind a link.</exception>
    public static GitObjects Open(GitFolder folder, GitBudget? budget = null)
    {
        if (GitConfig.Extension(folder.ReadCommon("config", MaxSettings), "objectformat") is { } format && format != "sha1")
        {
            throw new GitException($"The repository names its objects by {format}; XCoder reads those named by SHA-1.");
        }

        var objects = new GitObjects(budget ?? new GitBudget());
        var path = folder.CommonPath + "objects/";
        if (!IsFolder(path))
        {
            throw new GitException($"Git's objects cannot be read: {path} is missing or a link, which is not followed.");
        }

        objects.Add(path, 0);
        return objects;
    }

    /// <summary>The object with a name of 40 hex digits.</summary>
    /// <param name="id">The name, in lower case.</param>
    /// <param name="mostBytes">Larger objects are not read.</param>
    /// <returns>Null if no folder of objects has it.</returns>
    /// <exception cref="GitException">It is damaged, or larger.</exception>
    public GitObject? Read(string id, int mostBytes = MostBytes)
    {
        mostBytes = Math.Min(mostBytes, Array.MaxLength);
        var bytes = Convert.FromHexString(id);
        var found = Loose(id, mostBytes);
        for (var i = 0; i < _packs.Count && found is null; i++)
        {
            found = _packs[i].Find(bytes) is { } offset ? Packed(_packs[i], offset, mostBytes, id) : null;
        }

        return found is { } value && Hash(value) != id
            ? throw new GitException($"Git's object {id} is damaged: its content has another hash. 'git fsck' tells more.")
            : found;
    }

    /// <summary>The object with a name, which must have a type.</summary>
    /// <exception cref="GitException">It is missing, damaged, larger, or of another type.</exception>
    public byte[] Read(string id, GitObjectType type, int mostBytes = MostBytes)
    {
        var found = Read(id, mostBytes)
            ?? throw new GitException($"Git's object {id} is not in this clone: it is incomplete (shallow or partial) or damaged.");
        return found.Type == type ? found.Bytes
            : throw new GitException($"Git's object {id} is a {found.Type.ToString().ToLowerInvariant()}, not a "
                + $"{type.ToString().ToLowerInvariant()}.");
    }

    /// <summary>
    /// The type that the head of an object states; null if no folder of objects has it or its head is damaged. However large the
    /// object is, it is not unpacked, so nothing tells whether the rest is whole.
    /// </summary>
    /// <param name="id">The name of 40 hex digits, in lower case.</param>
    /// <exception cref="GitException">Nothing is left of the budget.</exception>
    public GitObjectType? TypeOf(string id)
    {
        var bytes = Convert.FromHexString(id);
        var type = _folders.Select(folder => IsFolder(folder + id[..2]) ? LooseType($"{folder}{id[..2]}/{id[2..]}") : null)
            .FirstOrDefault(static found => found is not null);
        for (var i = 0; i < _packs.Count && type is null; i++)
        {
            type = _packs[i].Find(bytes) is { } offset ? PackedType(_packs[i], offset) : null;
        }

        return type;
    }

    /// <summary>Names of all objects that begin with so many hex digits.</summary>
    /// <param name="prefix">At least four lower-case hex digits.</param>
    public IReadOnlyList<string> Starting(string prefix)
    {
        var loose = _folders.Select(folder => folder + prefix[..2]).Where(IsFolder)
            .SelectMany(static folder => NativeFiles.List(Encoding.UTF8.GetBytes(folder + '\0'), out _) ?? [])
            .Select(entry => prefix[..2] + entry.Name)
            .Where(name => name.Length == 40 && name.StartsWith(prefix, StringComparison.Ordinal) && GitReferences.IsHash(name));
        return [.. loose.Concat(_packs.SelectMany(pack => pack.Starting(prefix))).Distinct()];
    }

    /// <inheritdoc/>
    public void Dispose() => _packs.ForEach(static pack => pack.Dispose());

    /// <summary>The name of a blob with these bytes: 40 hex digits.</summary>
    public static string BlobId(ReadOnlySpan<byte> bytes) => Hash("blob", bytes);

    private static string Hash(GitObject value) => Hash(value.Type.ToString().ToLowerInvariant(), value.Bytes);

    private static string Hash(string type, ReadOnlySpan<byte> bytes)
    {
        // Git's names are SHA-1; nothing here depends on their being hard to forge.
#pragma warning disable CA5350
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        hash.AppendData(Encoding.ASCII.GetBytes(FormattableString.Invariant($"{type} {bytes.Length}\0")));
        hash.AppendData(bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void Add(string path, int depth)
    {
        if (_folders.Contains(path) || _folders.Count > MostAlternates || !IsFolder(path))
        {
            return;
        }

        _folders.Add(path);
        if (IsFolder(path + "pack"))
        {
            var names = (NativeFiles.List(Encoding.UTF8.GetBytes(path + "pack\0"), out _) ?? [])
                .Where(static entry => entry is { Kind: EntryKind.File, RawName: null }
                    && entry.Name.EndsWith(".idx", StringComparison.Ordinal))
                .Select(static entry => entry.Name).Order(StringComparer.Ordinal);
            _packs.AddRange(names.Take(MostPacks + 1 - _packs.Count)
                .Select(name => GitPack.Open(path + "pack/" + name, _files, _budget)).OfType<GitPack>());
            if (_packs.Count > MostPacks)
            {
                throw new GitException($"The repository has more than {MostPacks:N0} packs; 'git gc' makes one of them.");
            }
        }

        var list = IsFolder(path + "info") && depth < AlternateDepth ? SourceFileReader.ReadSmall(path + "info/alternates", MaxList) : null;
        foreach (var line in Encoding.UTF8.GetString(list ?? []).Split('\n'))
        {
            var other = line.Trim().Trim('"');
            if (other.Length > 0 && other[0] != '#' && !other.Contains('\0') && !other.Contains('\uFFFD'))
            {
                Add(Path.GetFullPath(other, path).TrimEnd('/') + "/", depth + 1);
            }
        }
    }

    private static bool IsFolder(string path) =>
        NativeFiles.Look(Encoding.UTF8.GetBytes(path.TrimEnd('/') + '\0')).Kind == EntryKind.Folder;

    private GitObject? Loose(string id, int mostBytes)
    {
        foreach (var folder in _folders)
        {
            using var file = new GitFile($"{folder}{id[..2]}/{id[2..]}", _files);
            if (IsFolder(folder + id[..2]) && file.Open())
            {
                return Unpack(file, id, mostBytes);
            }
        }

        return null;
    }

    // A loose object begins with its type, a blank, its size in decimal digits, and a zero byte.
    private GitObject Unpack(GitFile file, string id, int mostBytes)
    {
        Span<byte> head = stackalloc byte[32];
        try
        {
            // Much that unpacks to nothing may precede the head. What follows the object is not read.
            using var packed = new GitFileStream(file, 0, _budget);
            using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
            var read = zlib.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            if (Head(head[..read]) is not var (type, size, end))
            {
                throw Damaged(id);
            }

            CheckSize(id, size, mostBytes);
            _budget.Take(size);
            var bytes = new byte[size];
            var first = Math.Min(read - end - 1, bytes.Length);
            head.Slice(end + 1, first).CopyTo(bytes);
            var rest = bytes.AsSpan(first);
            return zlib.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) == rest.Length ? new GitObject(type, bytes)
                : throw Damaged(id);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            throw Damaged(id);
        }
    }

    // The type and size with which an object begins, and where the zero byte after them is.
    private static (GitObjectType Type, long Size, int End)? Head(ReadOnlySpan<byte> head)
    {
        var (end, blank) = (head.IndexOf((byte)0), head.IndexOf((byte)' '));
        return end < 0 || blank < 0 || blank > end || TypeOf(head[..blank]) is not { } type
            || !Utf8Parser.TryParse(head[(blank + 1)..end], out long size, out var digits) || digits != end - blank - 1 || size < 0
            ? null : (type, size, end);
    }

    private GitObjectType? LooseType(string path)
    {
        _budget.Take(HeadCost);
        using var file = new GitFile(path, _files);
        var (packed, head) = (new byte[HeadCost], new byte[32]);
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed, 0, file.Read(0, packed)), CompressionMode.Decompress);
            return Head(head.AsSpan(0, zlib.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)))?.Type;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            return null;
        }
    }

    // A delta has the type of its first base.
    private GitObjectType? PackedType(GitPack pack, long offset)
    {
        for (var step = 0; step <= MostDeltas; step++)
        {
            _budget.Take(HeadCost);
            if (pack.Read(offset, -1) is not { } entry)
            {
                return null;
            }

            if (!entry.IsDelta)
            {
                return entry.Type;
            }

            if (entry.BaseOffset is { } back)
            {
                offset = back;
            }
            else if (BaseOf(pack, entry.BaseId!) is { } found)
            {
                (pack, offset) = found;
            }
            else
            {
                return null;
            }
        }

        return null;
    }

    private static GitObjectType? TypeOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("blob"u8) ? GitObjectType.Blob : name.SequenceEqual("tree"u8) ? GitObjectType.Tree
        : name.SequenceEqual("commit"u8) ? GitObjectType.Commit : name.SequenceEqual("tag"u8) ? GitObjectType.Tag : null;

    private GitObject Packed(GitPack pack, long offset, int mostBytes, string id)
    {
        // The deltas from the object back to the first base that is none. Bases lie anywhere, so a circle is possible.
        var deltas = new List<((GitPack, long) Place, byte[] Bytes)>();
        var seen = new HashSet<(GitPack, long)>();
        var (held, largest) = (0L, Math.Max(MostBytes, mostBytes));
        GitObject value;
        while (!_cache.TryGetValue((pack, offset), out value))
        {
            var most = deltas.Count == 0 ? mostBytes : largest;
            if (!seen.Add((pack, offset)) || seen.Count > MostDeltas || pack.Read(offset, largest) is not { } entry)
            {
                throw Damaged(id);
            }

            CheckSize(id, entry.Size, entry.IsDelta ? largest : most);
            if (!entry.IsDelta)
            {
                value = Keep((pack, offset), new GitObject(entry.Type, entry.Bytes!));
                break;
            }

            if (GitDelta.Sizes(entry.Bytes) is not { } sizes)
            {
                throw Damaged(id);
            }

            CheckSize(id, sizes.Result, most);
            if ((held += entry.Size) > Math.Max(MostDeltaBytes, largest))
            {
                throw new GitException($"Git's object {id} is made of more than {MostDeltaBytes >> 20:N0} MiB of deltas: the "
                    + "repository is damaged or made to do harm.");
            }

            deltas.Add(((pack, offset), entry.Bytes!));
            if (entry.BaseOffset is { } back)
            {
                offset = back;
            }
            else if (BaseOf(pack, entry.BaseId!) is { } found)
            {
                (pack, offset) = found;
            }
            else
            {
                throw Damaged(id);
            }
        }

        if (seen.Count == 0)
        {
            _budget.Take(value.Bytes.Length); // it is not unpacked again, but hashed and parsed
        }

        for (var i = deltas.Count - 1; i >= 0; i--)
        {
            _budget.Take(GitDelta.Sizes(deltas[i].Bytes)?.Result ?? 0);
            value = Keep(deltas[i].Place,
                GitDelta.Apply(value.Bytes, deltas[i].Bytes) is { } bytes ? value with { Bytes = bytes } : throw Damaged(id));
        }

        CheckSize(id, value.Bytes.Length, mostBytes);
        return value;
    }

    private (GitPack, long)? BaseOf(GitPack pack, byte[] id) => pack.Find(id) is { } offset ? (pack, offset)
        : _packs.Select(other => (other, Offset: other.Find(id))).FirstOrDefault(found => found.Offset is not null) is (var where, { } at)
            ? (where, at) : null;

    private GitObject Keep((GitPack, long) place, GitObject value)
    {
        if (_cached > CacheBytes)
        {
            _cache.Clear();
            _cached = 0;
        }

        _cached += value.Bytes.Length + 64;
        return _cache[place] = value;
    }

    private static void CheckSize(string id, long size, long most)
    {
        if (size > most)
        {
            throw new GitTooLargeException(id, size, most);
        }
    }

    private static GitException Damaged(string id) =>
        new($"Git's object {id} is damaged. 'git fsck' tells more.");
}
