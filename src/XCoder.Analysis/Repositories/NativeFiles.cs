using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace XCoder.Analysis.Repositories;

/// <summary>
/// The few system calls .NET has no equivalent for: what kind an entry is without opening it, and opening without
/// following a link or waiting for a pipe's writer. Paths are NUL-terminated bytes.
/// </summary>
internal static unsafe partial class NativeFiles
{
    private const int TypeMask = 0xF000;
    private const int TypeFolder = 0x4000;
    private const int TypeFile = 0x8000;
    private const int TypeLink = 0xA000;

    private static readonly bool IsMac = OperatingSystem.IsMacOS();
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    // Linux gives two flags other values on arm64; macOS has its own.
    private static readonly int NoFollow = IsMac ? 0x100 : IsArm ? 0x8000 : 0x20000;
    private static readonly int OnlyFolder = IsMac ? 0x100000 : IsArm ? 0x4000 : 0x10000;
    private static readonly int CloseOnExec = IsMac ? 0x1000000 : 0x80000;
    private static readonly int NonBlocking = IsMac ? 0x4 : 0x800;

    // struct dirent of 64-bit Linux (glibc and musl) and of macOS.
    private static readonly int TypeOffset = IsMac ? 20 : 18;
    private static readonly int NameOffset = IsMac ? 21 : 19;

    /// <summary>Reads a directory, unordered, without <c>.</c> and <c>..</c>; returns null and why if that fails.</summary>
    public static List<FolderEntry>? List(ReadOnlySpan<byte> path, out string? error)
    {
        error = null;
        int descriptor;
        fixed (byte* bytes = path)
        {
            descriptor = Open(bytes, NoFollow | OnlyFolder | CloseOnExec | NonBlocking);
        }

        var stream = descriptor < 0 ? 0 : OpenFolder(descriptor);
        if (stream == 0)
        {
            error = LastError();
            return null;
        }

        var entries = new List<FolderEntry>();
        try
        {
            for (var entry = ReadFolder(stream); entry != null; entry = ReadFolder(stream))
            {
                var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + NameOffset);
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                {
                    var raw = System.Text.Unicode.Utf8.IsValid(name) ? null : name.ToArray();
                    entries.Add(new FolderEntry(Encoding.UTF8.GetString(name), raw, KindOf(entry[TypeOffset], path, name)));
                }
            }
        }
        finally
        {
            _ = CloseFolder(stream);
        }

        return entries;
    }

    /// <summary>What stands at a path, not following a link there.</summary>
    public static FileFacts Look(ReadOnlySpan<byte> path)
    {
        FileStatus status;
        fixed (byte* bytes = path)
        {
            if (LinkStatus(bytes, &status) != 0)
            {
                return new FileFacts(EntryKind.Missing, 0, 0, LastError());
            }
        }

        return status.Facts;
    }

    /// <summary>Opens a regular file for reading; otherwise says what is there instead, or why it cannot be opened.</summary>
    public static SafeFileHandle? OpenFile(ReadOnlySpan<byte> path, out FileFacts facts)
    {
        int descriptor;
        fixed (byte* bytes = path)
        {
            descriptor = Open(bytes, NoFollow | CloseOnExec | NonBlocking);
        }

        if (descriptor < 0)
        {
            var error = LastError();
            facts = Look(path) with { Error = error };
            return null;
        }

        FileStatus status;
        var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        facts = HandleStatus(descriptor, &status) == 0 ? status.Facts : new FileFacts(EntryKind.Missing, 0, 0, LastError());
        if (facts.Kind == EntryKind.File)
        {
            return handle;
        }

        handle.Dispose();
        return null;
    }

    /// <summary>The path with every link resolved, or null where it does not exist.</summary>
    public static string? RealPath(string path)
    {
        var resolved = ResolvePath(path, 0);
        if (resolved == 0)
        {
            return null;
        }

        try
        {
            return Marshal.PtrToStringUTF8(resolved);
        }
        finally
        {
            NativeMemory.Free((void*)resolved);
        }
    }

    private static EntryKind KindOf(byte type, ReadOnlySpan<byte> folder, ReadOnlySpan<byte> name) => type switch
    {
        4 => EntryKind.Folder,
        8 => EntryKind.File,
        10 => EntryKind.Link,
        // Some file systems leave the type out.
        0 => Look([.. folder[..folder.IndexOf((byte)0)], (byte)'/', .. name, 0]).Kind,
        _ => EntryKind.Other,
    };

    private static string LastError() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte* path, int flags);

    [LibraryImport("libc", EntryPoint = "fdopendir", SetLastError = true)]
    private static partial nint OpenFolder(int descriptor);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial byte* ReadFolder(nint stream);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint stream);

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ResolvePath(string path, nint buffer);

    // The runtime's own wrappers: one layout on every system, unlike struct stat.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_LStat", SetLastError = true)]
    private static partial int LinkStatus(byte* path, FileStatus* status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FStat", SetLastError = true)]
    private static partial int HandleStatus(nint descriptor, FileStatus* status);

    // Larger than the runtime's structure, so that a field more would not write past it.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(4)]
        private readonly int _mode;

        [FieldOffset(8)]
        private readonly uint _owner;

        [FieldOffset(12)]
        private readonly uint _group;

        [FieldOffset(16)]
        private readonly long _size;

        [FieldOffset(40)]
        private readonly long _modifiedSeconds;

        [FieldOffset(48)]
        private readonly long _modifiedNanoseconds;

        public readonly FileFacts Facts => new(KindOf(_mode), _size, (_modifiedSeconds * 1_000_000_000) + _modifiedNanoseconds, null);

        // The runtime's structure does not tell the number of links.
        public readonly Ownership Ownership => new(KindOf(_mode), _owner, _group, _mode & PermissionMask, 1);
    }

    // Owners and links, by <c>statx</c>: its layout is the same on every Linux.

    private const int CurrentFolder = -100, NoFollowLink = 0x100, EmptyPath = 0x1000;
    private const uint BasicFacts = 0x7ff;
    private const int PermissionMask = 0xFFF;
    private const int ReadWrite = 2, OwnFile = 0x1A4; // rw-r--r--
    private const int NoPermission = 13, NotAllowed = 1, Exclusive = 2, NoWait = 4;

    private static readonly int Create = IsMac ? 0x200 : 0x40;

    /// <summary>The user id that this process acts as.</summary>
    public static uint User => EffectiveUser();

    /// <summary>What stands at a path, not following a link there.</summary>
    public static Ownership OwnershipOf(string path)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(path + '\0'))
        {
            if (IsMac)
            {
                FileStatus status;
                return LinkStatus(bytes, &status) == 0 ? status.Ownership : new Ownership(EntryKind.Missing, 0, 0, 0, 0);
            }

            ExtendedStatus facts;
            return ExtendedFacts(CurrentFolder, bytes, NoFollowLink, BasicFacts, &facts) == 0 ? facts.Ownership
                : new Ownership(EntryKind.Missing, 0, 0, 0, 0);
        }
    }

    /// <summary>What an open file is.</summary>
    public static Ownership OwnershipOf(SafeFileHandle handle)
    {
        var descriptor = (int)handle.DangerousGetHandle();
        if (IsMac)
        {
            FileStatus status;
            return HandleStatus(descriptor, &status) == 0 ? status.Ownership : new Ownership(EntryKind.Missing, 0, 0, 0, 0);
        }

        fixed (byte* empty = "\0"u8)
        {
            ExtendedStatus facts;
            return ExtendedFacts(descriptor, empty, EmptyPath, BasicFacts, &facts) == 0 ? facts.Ownership
                : new Ownership(EntryKind.Missing, 0, 0, 0, 0);
        }
    }

    /// <summary>Opens a file without following a link at its end and without waiting for the other end of a pipe.</summary>
    /// <param name="path">The path.</param>
    /// <param name="isWritten">Whether it is opened for reading and writing, and made where there is none.</param>
    /// <param name="error">Number of the system's error, or 0.</param>
    public static SafeFileHandle? OpenPlain(string path, bool isWritten, out int error)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(path + '\0'))
        {
            var flags = NoFollow | CloseOnExec | NonBlocking | (isWritten ? ReadWrite | Create : 0);
            var descriptor = Open(bytes, flags, OwnFile);
            error = descriptor < 0 ? Marshal.GetLastPInvokeError() : 0;
            return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        }
    }

    /// <summary>What a number of the system's error means, as an exception.</summary>
    public static Exception Failure(int error, string path)
    {
        var message = $"{Marshal.GetPInvokeErrorMessage(error)}: {path}";
        return error is NoPermission or NotAllowed ? new UnauthorizedAccessException(message) : new IOException(message, error);
    }

    /// <summary>
    /// Takes the lock of an open file that .NET takes for <see cref="FileShare.None"/>; the system frees it when the file is closed.
    /// </summary>
    /// <returns>Whether it was free.</returns>
    public static bool TryLock(SafeFileHandle handle) =>
        Lock((int)handle.DangerousGetHandle(), Exclusive | NoWait) == 0 || !(Marshal.GetLastPInvokeError() is 11 or 35);

    private static EntryKind KindOf(int mode) => (mode & TypeMask) switch
    {
        TypeFolder => EntryKind.Folder,
        TypeFile => EntryKind.File,
        TypeLink => EntryKind.Link,
        _ => EntryKind.Other,
    };

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(int descriptor, int operation);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    // The third argument is variadic in C; both supported processors pass it like a named one on Linux.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(byte* path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static partial int ExtendedFacts(int folder, byte* path, int flags, uint mask, ExtendedStatus* status);

    // struct statx of linux/stat.h.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct ExtendedStatus
    {
        [FieldOffset(16)]
        private readonly uint _links;

        [FieldOffset(20)]
        private readonly uint _owner;

        [FieldOffset(24)]
        private readonly uint _group;

        [FieldOffset(28)]
        private readonly ushort _mode;

        public readonly Ownership Ownership => new(KindOf(_mode), _owner, _group, _mode & PermissionMask, _links);
    }
}

/// <summary>Who may change an entry, and under how many names it is known.</summary>
/// <param name="Kind">What is there; a link is not followed.</param>
/// <param name="Owner">User id.</param>
/// <param name="Group">Group id.</param>
/// <param name="Mode">Permission bits, the lowest twelve of <c>st_mode</c>.</param>
/// <param name="Links">Number of names (hard links).</param>
internal readonly record struct Ownership(EntryKind Kind, uint Owner, uint Group, int Mode, long Links);
