using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace XCoder.Analysis.Store;

/// <summary>
/// SQLite's way to the files of a workspace. SQLite by itself looks where a link in place of a database leads and opens that;
/// this opens what stands at the path, and fails where it is a link, even one that was put there after
/// <see cref="DatabaseFiles.Check"/> had looked. Write-ahead logs and journals go the same way.
/// </summary>
internal static unsafe partial class PlainFileSystem
{
    private const string Library = "e_sqlite3";
    private const int Done = 0, CannotOpen = 14;

    private static readonly Lazy<string?> Registered = new(Register);

    /// <summary>A connection to a database, not yet open.</summary>
    /// <param name="path">The database.</param>
    /// <param name="mustExist">Whether opening fails where there is none; else one is made.</param>
    public static SqliteConnection Connect(string path, bool mustExist) => new(new SqliteConnectionStringBuilder
    {
        // Not normalised: with links among the folders "a/../b" is not "b".
        DataSource = Path.IsPathRooted(path) ? path : Path.Combine(Environment.CurrentDirectory, path),
        Vfs = Registered.Value,
        Pooling = false,
        DefaultTimeout = 30,
        Mode = mustExist ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
    }.ToString());

    // The system's own in all but this: a path is taken as it stands. It opens files with O_NOFOLLOW, having resolved links before.
    private static string? Register()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        const string name = "xcoder";
        var system = (FileSystem*)Find(null);
        var own = (FileSystem*)NativeMemory.Alloc((nuint)sizeof(FileSystem));
        *own = *system;
        own->Next = 0;
        own->Name = Marshal.StringToCoTaskMemUTF8(name);
        own->FullPath = &FullPath;
        var result = Add(own, isDefault: 0);
        return result == Done ? name : throw new SqliteException("SQLite takes no file system of ours.", result);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FullPath(FileSystem* system, byte* path, int size, byte* full)
    {
        var bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(path);
        if (bytes.Length >= size || !bytes.StartsWith("/"u8))
        {
            return CannotOpen;
        }

        bytes.CopyTo(new Span<byte>(full, size));
        full[bytes.Length] = 0;
        return Done;
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_find")]
    private static partial nint Find(byte* name);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    private static partial int Add(FileSystem* system, int isDefault);

    // struct sqlite3_vfs of sqlite3.h, version 3.
    [StructLayout(LayoutKind.Sequential)]
    private struct FileSystem
    {
        private readonly int _version;
        private readonly int _fileSize;
        private readonly int _longestPath;
        public nint Next;
        public nint Name;
        private readonly nint _data;
        private readonly nint _open;
        private readonly nint _delete;
        private readonly nint _access;
        public delegate* unmanaged[Cdecl]<FileSystem*, byte*, int, byte*, int> FullPath;
        private readonly Remaining _remaining;
    }

    // Twelve functions more, kept as they are.
    [InlineArray(12)]
    private struct Remaining
    {
        private nint _first;
    }
}
