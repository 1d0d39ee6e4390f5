using Microsoft.Win32.SafeHandles;
using XCoder.Analysis.Repositories;

namespace XCoder.Analysis.Store;

/// <summary>
/// Opens files of a workspace, which somebody else may have filled: a link, a pipe, a device, a folder or a file with a second
/// name is refused and left as it is.
/// </summary>
internal static class WorkspaceFile
{
    private const int NoEntry = 2, NoFolder = 20;

    /// <summary>Opens a file for reading; null where there is none.</summary>
    /// <exception cref="StoreException">What is there is no plain file.</exception>
    public static FileStream? OpenRead(string path, int bufferSize = 1 << 16)
    {
        var handle = Open(path, isWritten: false);
        return handle is null ? null : new FileStream(handle, FileAccess.Read, bufferSize);
    }

    /// <summary>Opens a file for reading and writing as it is, making it where there is none.</summary>
    /// <exception cref="StoreException">What is there is no plain file.</exception>
    public static FileStream OpenWrite(string path) => new(Open(path, isWritten: true)!, FileAccess.ReadWrite, 1);

    /// <summary>All bytes of a file; null where there is none.</summary>
    /// <exception cref="StoreException">What is there is no plain file.</exception>
    public static byte[]? Read(string path)
    {
        using var stream = OpenRead(path, 1);
        if (stream is null)
        {
            return null;
        }

        var bytes = new byte[stream.Length];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
    }

    /// <summary>Fails where something is at a path and is no plain file.</summary>
    /// <exception cref="StoreException">What is there is no plain file.</exception>
    public static void Check(string path) => Check(path, NativeFiles.OwnershipOf(path));

    /// <summary>What is wrong with an entry that should be a plain file, as a clause; null where nothing is.</summary>
    internal static string? Fault(Ownership facts) => facts.Kind switch
    {
        EntryKind.File when facts.Links > 1 => "it has more than one name (hard links)",
        EntryKind.File => null,
        EntryKind.Link => "it is a link",
        EntryKind.Folder => "it is a folder",
        _ => "it is a pipe, a socket or a device",
    };

    /// <summary>Says that an entry is no plain file.</summary>
    internal static StoreException Refused(string path, string fault) =>
        new($"{path} cannot be opened: {fault}. A workspace holds plain files only, and this may have been put there to do harm. "
            + "Nothing was changed. Look at it, delete it, or choose another --workspace.");

    private static SafeFileHandle? Open(string path, bool isWritten)
    {
        var handle = NativeFiles.OpenPlain(path, isWritten, out var error);
        if (handle is null)
        {
            if (!isWritten && error is NoEntry or NoFolder)
            {
                return null;
            }

            Check(path);
            throw NativeFiles.Failure(error, path);
        }

        try
        {
            Check(path, NativeFiles.OwnershipOf(handle));
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static void Check(string path, Ownership facts)
    {
        if (facts.Kind != EntryKind.Missing && Fault(facts) is { } fault)
        {
            throw Refused(path, fault);
        }
    }
}
