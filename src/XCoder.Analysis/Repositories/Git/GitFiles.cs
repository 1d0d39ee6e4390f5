using System.Text;
using Microsoft.Win32.SafeHandles;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>
/// The files of git's objects that are open at once. A repository may have thousands of packs and a process may open few files, so only
/// so many are kept open; the others are opened again when they are read. Not thread-safe.
/// </summary>
internal sealed class GitFiles
{
    private const int MostOpen = 64;

    private readonly Queue<GitFile> _open = [];

    /// <summary>Says that a file was opened; the one that was opened first may be closed for it.</summary>
    public void Opened(GitFile file)
    {
        _open.Enqueue(file);
        if (_open.Count > MostOpen)
        {
            _open.Dequeue().Dispose();
        }
    }
}

/// <summary>
/// A file of git's objects, read piece by piece and never mapped, so one that is cut off meanwhile gives no signal. Links are not followed.
/// What cannot be read is as if it were not there. Not thread-safe.
/// </summary>
/// <param name="path">Path of the file.</param>
/// <param name="files">The files that are open.</param>
internal sealed class GitFile(string path, GitFiles files) : IDisposable
{
    private SafeFileHandle? _handle;

    /// <summary>Bytes of the file when it was opened last.</summary>
    public long Size { get; private set; }

    /// <summary>Whether the file is open.</summary>
    public bool IsOpen => _handle is not null;

    /// <summary>Reads up to as many bytes as fit; 0 at the end, and where nothing can be read.</summary>
    public int Read(long offset, Span<byte> bytes)
    {
        if (offset < 0 || offset > long.MaxValue - bytes.Length || !Open())
        {
            return 0;
        }

        try
        {
            return RandomAccess.Read(_handle!, bytes, offset);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Reads exactly as many bytes as fit; false if there are fewer.</summary>
    public bool ReadAll(long offset, Span<byte> bytes)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var read = Read(offset + done, bytes[done..]);
            if (read <= 0)
            {
                return false;
            }

            done += read;
        }

        return true;
    }

    /// <summary>Opens the file, unless it is open; false if it is no regular file or cannot be opened.</summary>
    public bool Open()
    {
        if (_handle is null && NativeFiles.OpenFile(Encoding.UTF8.GetBytes(path + '\0'), out var facts) is { } handle)
        {
            (_handle, Size) = (handle, facts.Size);
            files.Opened(this);
        }

        return _handle is not null;
    }

    /// <summary>Closes the file. The next read opens it again.</summary>
    public void Dispose()
    {
        _handle?.Dispose();
        _handle = null;
    }
}

/// <summary>
/// Reads a file from an offset on, and takes what it reads from a budget, so that data without end cost no more than that allows.
/// </summary>
internal sealed class GitFileStream(GitFile file, long offset, GitBudget? budget = null) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => offset;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int start, int count) => Read(buffer.AsSpan(start, count));

    public override int Read(Span<byte> buffer)
    {
        var read = file.Read(offset, buffer);
        offset += read;
        budget?.Take(read);
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long to, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int start, int count) => throw new NotSupportedException();
}
