using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>
/// Reads files of untrusted repositories. Opening follows no link and waits for no pipe, so a file swapped after the
/// walk can neither lead elsewhere nor block. Thread-safe.
/// </summary>
internal sealed class SourceFileReader
{
    private readonly long _maxBytes;

    /// <summary>Creates a reader for files of at most <paramref name="maxFileBytes"/> bytes; default 1 MiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1 or above the maximum length of an array.</exception>
    public SourceFileReader(long maxFileBytes = 1 << 20)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxFileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxFileBytes, Array.MaxLength);
        _maxBytes = maxFileBytes;
    }

    /// <summary>The whole file and its hash, or the reason why it was not read.</summary>
    /// <param name="fullPath">Absolute path.</param>
    /// <param name="ownLimit">Maximum size of this file, in bytes, where it exceeds that of others.</param>
    public FileContent Read(string fullPath, long ownLimit = 0)
    {
        var bytes = ReadBytes(fullPath, Math.Max(_maxBytes, ownLimit), wholeOnly: true, out var reason, out var detail);
        return bytes == null
            ? new FileContent { Reason = reason, Detail = detail }
            : new FileContent { Bytes = bytes, Hash = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
    }

    /// <summary>
    /// The first <paramref name="maxBytes"/> bytes, without a hash, for a <c>#!</c> line; or the reason why they were
    /// not read.
    /// </summary>
    public FileContent ReadStart(string fullPath, int maxBytes = 256)
    {
        var bytes = ReadBytes(fullPath, maxBytes, wholeOnly: false, out var reason, out var detail);
        return bytes == null ? new FileContent { Reason = reason, Detail = detail } : new FileContent { Bytes = bytes };
    }

    /// <summary>A small settings file; null if it is missing, too large, not a regular file, or unreadable.</summary>
    internal static byte[]? ReadSmall(string fullPath, int maxBytes) => ReadSmall(fullPath, maxBytes, out _);

    /// <summary>The same, with the reason why it was not read.</summary>
    internal static byte[]? ReadSmall(string fullPath, int maxBytes, out SkipReason? reason) =>
        ReadBytes(fullPath, maxBytes, wholeOnly: true, out reason, out _);

    private static byte[]? ReadBytes(string fullPath, long limit, bool wholeOnly, out SkipReason? reason, out string? detail)
    {
        using var handle = NativeFiles.OpenFile(Encoding.UTF8.GetBytes(fullPath + '\0'), out var facts);
        if (handle == null)
        {
            detail = facts.Error;
            reason = facts.Kind switch
            {
                EntryKind.Link => SkipReason.Link,
                EntryKind.Folder or EntryKind.Other => SkipReason.NotAFile,
                _ => SkipReason.Unreadable,
            };
            return null;
        }

        (reason, detail) = (null, null);
        if (wholeOnly && facts.Size > limit)
        {
            (reason, detail) = (SkipReason.TooLarge, $"{facts.Size} bytes, the limit is {limit}");
            return null;
        }

        try
        {
            return Fill(handle, new byte[Math.Min(facts.Size, limit)]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            (reason, detail) = (SkipReason.Unreadable, exception.Message);
            return null;
        }
    }

    // A file truncated meanwhile yields what is left, and one that grew yields its beginning.
    private static byte[] Fill(SafeFileHandle handle, byte[] bytes)
    {
        var length = 0;
        while (length < bytes.Length && RandomAccess.Read(handle, bytes.AsSpan(length), length) is > 0 and var read)
        {
            length += read;
        }

        return length == bytes.Length ? bytes : bytes[..length];
    }
}

/// <summary>The raw bytes of a file, or the reason why there are none.</summary>
internal sealed record FileContent
{
    /// <summary>All bytes; empty where <see cref="Reason"/> is set.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>SHA-256 of the bytes, 64 lower-case hex digits; empty where <see cref="Reason"/> is set.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Why the file was not read, or null.</summary>
    public SkipReason? Reason { get; init; }

    /// <summary>A detail that helps a person to fix the problem, or null.</summary>
    public string? Detail { get; init; }
}
