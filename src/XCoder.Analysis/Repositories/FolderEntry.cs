using System.Text;

namespace XCoder.Analysis.Repositories;

/// <summary>One entry of a directory.</summary>
/// <param name="Name">Its name; bytes that are no UTF-8 show as U+FFFD.</param>
/// <param name="RawName">The name's bytes where they are no valid UTF-8, else null.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct FolderEntry(string Name, byte[]? RawName, EntryKind Kind)
{
    /// <summary>
    /// Orders as the full paths below do: a folder sorts as if its name ended in <c>/</c>, so that a depth-first
    /// walk gives paths in ordinal order.
    /// </summary>
    public static int Compare(FolderEntry left, FolderEntry right)
    {
        var (a, b) = (left.Name, right.Name);
        var common = a.AsSpan().CommonPrefixLength(b);
        var order = CharAt(a, common, left.Kind) - CharAt(b, common, right.Kind);
        return order != 0 ? order : a.Length - b.Length;
    }

    private static int CharAt(string name, int index, EntryKind kind) =>
        index < name.Length ? name[index] : kind == EntryKind.Folder ? '/' : -1;
}

/// <summary>What a directory entry is, told without following links.</summary>
internal enum EntryKind : byte
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A directory.</summary>
    Folder,

    /// <summary>A symbolic link to anything.</summary>
    Link,

    /// <summary>A pipe, socket or device.</summary>
    Other,

    /// <summary>Nothing is there, or it cannot be asked.</summary>
    Missing,
}

/// <summary>What <c>lstat</c> tells of a path.</summary>
/// <param name="Kind">What is there.</param>
/// <param name="Size">Length in bytes.</param>
/// <param name="Modified">Time of the last change, nanoseconds since 1970.</param>
/// <param name="Error">Why nothing could be told, else null.</param>
internal readonly record struct FileFacts(EntryKind Kind, long Size, long Modified, string? Error);

/// <summary>
/// One reusable buffer for the path of the entry at hand as the system's bytes. Ignore patterns are matched on the
/// same bytes, as git does.
/// </summary>
internal sealed class BytePath
{
    private readonly int _rootLength;
    private byte[] _buffer;
    private int _length;
    private int _nameStart;

    /// <summary>Paths below <paramref name="root"/>, an absolute path.</summary>
    public BytePath(string root)
    {
        var bytes = Encoding.UTF8.GetBytes(root.EndsWith('/') ? root : root + "/");
        _rootLength = bytes.Length;
        _buffer = new byte[Math.Max(512, bytes.Length * 2)];
        bytes.CopyTo(_buffer, 0);
        _length = _nameStart = _rootLength;
    }

    /// <summary>The absolute path, NUL-terminated.</summary>
    public ReadOnlySpan<byte> Full => _buffer.AsSpan(0, _length + 1);

    /// <summary>The path below the root.</summary>
    public ReadOnlySpan<byte> Relative => _buffer.AsSpan(_rootLength, _length - _rootLength);

    /// <summary>Length of the folder part of <see cref="Relative"/>, its last <c>/</c> included.</summary>
    public int FolderLength => _nameStart - _rootLength;

    /// <summary>Points at an entry of <paramref name="folder"/> (relative, empty or ending in <c>/</c>).</summary>
    public void Set(string folder, FolderEntry entry)
    {
        SetFolder(folder);
        var need = _length + (entry.RawName?.Length ?? Encoding.UTF8.GetMaxByteCount(entry.Name.Length)) + 1;
        if (need > _buffer.Length)
        {
            Array.Resize(ref _buffer, need * 2);
        }

        if (entry.RawName is { } raw)
        {
            raw.CopyTo(_buffer, _length);
            _length += raw.Length;
        }
        else
        {
            _length += Encoding.UTF8.GetBytes(entry.Name, _buffer.AsSpan(_length));
        }

        _buffer[_length] = 0;
    }

    /// <summary>Points at a folder itself (relative, empty or ending in <c>/</c>).</summary>
    public void SetFolder(string folder)
    {
        var need = _rootLength + Encoding.UTF8.GetMaxByteCount(folder.Length) + 1;
        if (need > _buffer.Length)
        {
            Array.Resize(ref _buffer, need * 2);
        }

        _length = _nameStart = _rootLength + Encoding.UTF8.GetBytes(folder, _buffer.AsSpan(_rootLength));
        _buffer[_length] = 0;
    }
}
