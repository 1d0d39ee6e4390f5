using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace XCoder.Analysis.Store;

/// <summary>
/// A file system for SQLite that opens no links. By default, SQLite follows a link in place of a database and opens its
/// target. This one opens the path itself and fails if it is a link, even one created after
/// <see cref="DatabaseFiles.Check"/>. It also applies to write-ahead logs and journals.
/// </summary>
internal static unsafe partial class PlainFileSystem
{
    private const string Library = "e_sqlite3";
    private const int Done = 0, CannotOpen = 14;

    private static readonly Lazy<string?> Registered = new(Register);

    /// <summary>Creates a connection to a database, without opening it.</summary>
    /// <param name="path">Path of the database.</param>
    /// <param name="mustExist">Whether opening fails if the database is missing; otherwise it is created.</param>
    public static SqliteConnection Connect(string path, bool mustExist) => new(new SqliteConnectionStringBuilder
    {
        // Not normalised: if folders may be links, "a/../b" need not be "b".
        DataSource = Path.IsPathRooted(path) ? path : Path.Combine(Environment.CurrentDirectory, path),
        Vfs = Registered.Value,
        Pooling = false,
        DefaultTimeout = 30,
        Mode = mustExist ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
    }.ToString());

    // Copies the system's file system except for path resolution, which takes a path as it is. The system opens files
    // with O_NOFOLLOW, but resolves links before.
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
        return result == Done ? name : throw new SqliteException("SQLite rejected XCoder's file system.", result);
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

    // Twelve more functions, unchanged.
    [InlineArray(12)]
    private struct Remaining
    {
        private nint _first;
    }
}
