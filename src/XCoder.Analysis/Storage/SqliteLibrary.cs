using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace XCoder.Analysis.Storage;

/// <summary>Binds SQLite to the library compiled with the grammars; where that is missing, to the system's.</summary>
internal static class SqliteLibrary
{
    private static readonly Lazy<bool> Bound = new(Bind);

    /// <summary>Binds once; cheap afterwards.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Use() => _ = Bound.Value;

    private static bool Bind()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        var own = Path.Combine(AppContext.BaseDirectory, "grammars", OperatingSystem.IsMacOS() ? "sqlite3.dylib" : "sqlite3.so");
        return NativeLibrary.TryLoad(own, out var library) || NativeLibrary.TryLoad("libsqlite3.so.0", out library) || NativeLibrary.TryLoad("libsqlite3.dylib", out library)
            ? library
            : throw new DllNotFoundException($"SQLite was found neither at {own} nor in the system. Build again, or install it (Debian: apt-get install libsqlite3-0).");
    }
}
