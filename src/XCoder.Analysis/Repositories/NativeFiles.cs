using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace XCoder.Analysis.Repositories;

/// <summary>
/// System calls without an equivalent in .NET: determine an entry's type without opening it, and open a file without
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

    // Linux on arm64 defines the first two flags differently, and macOS all of them.
    private static readonly int NoFollow = IsMac ? 0x100 : IsArm ? 0x8000 : 0x20000;
    private static readonly int OnlyFolder = IsMac ? 0x100000 : IsArm ? 0x4000 : 0x10000;
    private static readonly int CloseOnExec = IsMac ? 0x1000000 : 0x80000;
    private static readonly int NonBlocking = IsMac ? 0x4 : 0x800;

    // Offsets in struct dirent, of 64-bit Linux (glibc and musl) and of macOS.
    private static readonly int TypeOffset = IsMac ? 20 : 18;
    private static readonly int NameOffset = IsMac ? 21 : 19;

    /// <summary>
    /// Lists a directory, unordered, without <c>.</c> and <c>..</c>. On failure it returns null and sets the error.
    /// </summary>
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

    /// <summary>The status of the entry at a path. A link is not followed.</summary>
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

    /// <summary>
    /// Opens a regular file for reading. Returns null if that fails or something else is there; the facts then say why.
    /// </summary>
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

    /// <summary>The path with all links resolved, or null if it does not exist.</summary>
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
        // Some file systems do not fill in the type.
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

    // The runtime's own wrappers have the same layout on every system, unlike struct stat.
    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_LStat", SetLastError = true)]
    private static partial int LinkStatus(byte* path, FileStatus* status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FStat", SetLastError = true)]
    private static partial int HandleStatus(nint descriptor, FileStatus* status);

    // Larger than the runtime's structure, so that a later runtime with more fields does not write past the end.
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

        // The runtime's structure lacks the number of links, so assume 1.
        public readonly Ownership Ownership => new(KindOf(_mode), _owner, _group, _mode & PermissionMask, 1);
    }

    // Linux reads owners and link counts with statx, whose layout is the same on every processor.

    private const int CurrentFolder = -100, NoFollowLink = 0x100, EmptyPath = 0x1000;
    private const uint BasicFacts = 0x7ff, CreationTime = 0x800;
    private const int PermissionMask = 0xFFF;
    private const int ReadWrite = 2, OwnFile = 0x1A4; // rw-r--r--
    private const int NoPermission = 13, NotAllowed = 1, Exclusive = 2, NoWait = 4;

    private static readonly int Create = IsMac ? 0x200 : 0x40;

    /// <summary>The effective user id of this process.</summary>
    public static uint User => EffectiveUser();

    /// <summary>Owner, permissions and link count of the entry at a path. A link is not followed.</summary>
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

    /// <summary>
    /// Tells an entry from a later one at the same path: its number and the time of its creation in nanoseconds, as far as the file
    /// system knows them. Links are followed. Null if nothing is there.
    /// </summary>
    public static (ulong Number, long Created)? IdentityOf(string path)
    {
        fixed (byte* bytes = Encoding.UTF8.GetBytes(path + '\0'))
        {
            if (IsMac)
            {
                return Path.Exists(path) ? (0, File.GetCreationTimeUtc(path).Ticks * 100) : null;
            }

            ExtendedStatus facts;
            return ExtendedFacts(CurrentFolder, bytes, 0, BasicFacts | CreationTime, &facts) == 0 ? facts.Identity : null;
        }
    }

    /// <summary>Owner, permissions and link count of an open file.</summary>
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
    /// <param name="isWritten">Whether to open for reading and writing, and to create a missing file.</param>
    /// <param name="error">The system's error number, or 0.</param>
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

    /// <summary>The exception for a system error number.</summary>
    public static Exception Failure(int error, string path)
    {
        var message = $"{Marshal.GetPInvokeErrorMessage(error)}: {path}";
        return error is NoPermission or NotAllowed ? new UnauthorizedAccessException(message) : new IOException(message, error);
    }

    /// <summary>
    /// Locks an open file with the lock that .NET uses for <see cref="FileShare.None"/>. The system releases it when
    /// the file is closed.
    /// </summary>
    /// <returns>False if another holder has the lock. True also where the file system does not support locks.</returns>
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

    // The third argument is variadic in C. On Linux, both supported processors pass it like a named one.
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

        [FieldOffset(32)]
        private readonly ulong _number;

        [FieldOffset(80)]
        private readonly long _createdSeconds;

        [FieldOffset(88)]
        private readonly uint _createdNanoseconds;

        public readonly (ulong Number, long Created) Identity => (_number, (_createdSeconds * 1_000_000_000) + _createdNanoseconds);

        public readonly Ownership Ownership => new(KindOf(_mode), _owner, _group, _mode & PermissionMask, _links);
    }
}

/// <summary>Who may change an entry, and how many names it has.</summary>
/// <param name="Kind">The type of the entry; a link is not followed.</param>
/// <param name="Owner">User id.</param>
/// <param name="Group">Group id.</param>
/// <param name="Mode">Permission bits, the lowest twelve of <c>st_mode</c>.</param>
/// <param name="Links">Number of names (hard links).</param>
internal readonly record struct Ownership(EntryKind Kind, uint Owner, uint Group, int Mode, long Links);
