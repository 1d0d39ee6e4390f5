using System.Runtime.InteropServices;

namespace XCoder.Agents.Export.Parquet;

/// <summary>The part of DuckDB's C interface that is used here (duckdb.h, stable since 1.0).</summary>
internal static class DuckDbLibrary
{
    private const string Library = "duckdb";

    /// <summary><c>duckdb_result</c>: five deprecated fields and the data.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Result
    {
        private readonly ulong _columnCount;
        private readonly ulong _rowCount;
        private readonly ulong _rowsChanged;
        private readonly nint _columns;
        private readonly nint _error;
        private readonly nint _data;
    }

    [DllImport(Library, EntryPoint = "duckdb_create_config")]
    public static extern int CreateConfig(out nint config);

    [DllImport(Library, EntryPoint = "duckdb_set_config")]
    public static extern int SetConfig(nint config, [MarshalAs(UnmanagedType.LPUTF8Str)] string name, [MarshalAs(UnmanagedType.LPUTF8Str)] string value);

    [DllImport(Library, EntryPoint = "duckdb_destroy_config")]
    public static extern void DestroyConfig(ref nint config);

    [DllImport(Library, EntryPoint = "duckdb_open_ext")]
    public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, out nint database, nint config, out nint error);

    [DllImport(Library, EntryPoint = "duckdb_close")]
    public static extern void Close(ref nint database);

    [DllImport(Library, EntryPoint = "duckdb_connect")]
    public static extern int Connect(nint database, out nint connection);

    [DllImport(Library, EntryPoint = "duckdb_disconnect")]
    public static extern void Disconnect(ref nint connection);

    [DllImport(Library, EntryPoint = "duckdb_query")]
    public static extern int Query(nint connection, [MarshalAs(UnmanagedType.LPUTF8Str)] string sql, out Result result);

    [DllImport(Library, EntryPoint = "duckdb_result_error")]
    public static extern nint ErrorOf(ref Result result);

    [DllImport(Library, EntryPoint = "duckdb_destroy_result")]
    public static extern void DestroyResult(ref Result result);

    [DllImport(Library, EntryPoint = "duckdb_column_count")]
    public static extern ulong ColumnCount(ref Result result);

    [DllImport(Library, EntryPoint = "duckdb_row_count")]
    public static extern ulong RowCount(ref Result result);

    [DllImport(Library, EntryPoint = "duckdb_value_varchar")]
    public static extern nint ValueText(ref Result result, ulong column, ulong row);

    [DllImport(Library, EntryPoint = "duckdb_free")]
    public static extern void Free(nint memory);
}
