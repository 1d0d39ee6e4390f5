using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace XCoder.Analysis.Repositories;

/// <summary>Who may change an entry, and under how many names it is known.</summary>
/// <param name="Kind">What is there; a link is not followed.</param>
/// <param name="Owner">User id.</param>
/// <param name="Group">Group id.</param>
/// <param name="Mode">Permission bits, the lowest twelve of <c>st_mode</c>.</param>
/// <param name="Links">Number of names (hard links).</param>
internal readonly record struct Ownership(EntryKind Kind, uint Owner, uint Group, int Mode, long Links);

/// <content>Owners and links, by <c>statx</c>: its layout is the same on every Linux.</content>
internal static unsafe partial class NativeFiles
{
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
            return ExtendedFacts(CurrentFolder, bytes, NoFollowLink, BasicFacts, &facts) == 0 ? facts.Ownership : new Ownership(EntryKind.Missing, 0, 0, 0, 0);
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
            return ExtendedFacts(descriptor, empty, EmptyPath, BasicFacts, &facts) == 0 ? facts.Ownership : new Ownership(EntryKind.Missing, 0, 0, 0, 0);
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

    /// <summary>Takes the lock of an open file that .NET takes for <see cref="FileShare.None"/>; the system frees it when the file is closed.</summary>
    /// <returns>Whether it was free.</returns>
    public static bool TryLock(SafeFileHandle handle) => Lock((int)handle.DangerousGetHandle(), Exclusive | NoWait) == 0 || !(Marshal.GetLastPInvokeError() is 11 or 35);

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
