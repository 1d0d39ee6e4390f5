using System.Runtime.InteropServices;

namespace XCoder.Agents.Export.Parquet;

/// <summary>A DuckDB in memory, on one thread so that the bytes it writes do not depend on the machine. It loads no extensions and reaches no network.</summary>
internal sealed class DuckDbSession : IDisposable
{
    private nint _database;
    private nint _connection;

    private DuckDbSession()
    {
    }

    /// <summary>Opens one.</summary>
    /// <param name="temporary">Folder for what does not fit into memory.</param>
    /// <exception cref="InvalidDataException">The library is missing or does not work.</exception>
    public static DuckDbSession Open(string temporary)
    {
        var session = new DuckDbSession();
        try
        {
            session.Start(temporary);
            return session;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new InvalidDataException($"Parquet cannot be written: DuckDB's library is not beside the program. Export JSONL, or build on Linux or macOS with npm and without -p:XCoderParquet=false.", exception);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement and gives its rows as text; null for null.</summary>
    /// <exception cref="InvalidDataException">DuckDB refuses it; the message is its own.</exception>
    public IReadOnlyList<IReadOnlyList<string?>> Query(string sql)
    {
        var state = DuckDbLibrary.Query(_connection, sql, out var result);
        try
        {
            if (state != 0)
            {
                throw new InvalidDataException($"DuckDB could not write or read Parquet: {Marshal.PtrToStringUTF8(DuckDbLibrary.ErrorOf(ref result))}");
            }

            var rows = new List<IReadOnlyList<string?>>();
            var columns = DuckDbLibrary.ColumnCount(ref result);
            for (ulong row = 0, count = DuckDbLibrary.RowCount(ref result); row < count; row++)
            {
                var values = new string?[columns];
                for (ulong column = 0; column < columns; column++)
                {
                    values[column] = TextOf(ref result, column, row);
                }

                rows.Add(values);
            }

            return rows;
        }
        finally
        {
            DuckDbLibrary.DestroyResult(ref result);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_connection != 0)
        {
            DuckDbLibrary.Disconnect(ref _connection);
        }

        if (_database != 0)
        {
            DuckDbLibrary.Close(ref _database);
        }
    }

    /// <summary>A text as a literal of SQL.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A path as a literal where patterns are read: its own <c>*</c>, <c>?</c> and <c>[</c> stand for themselves.</summary>
    public static string PathLiteral(string path) =>
        Literal(string.Concat(path.Select(character => character is '*' or '?' or '[' ? $"[{character}]" : character.ToString())));

    private static string? TextOf(ref DuckDbLibrary.Result result, ulong column, ulong row)
    {
        var text = DuckDbLibrary.ValueText(ref result, column, row);
        try
        {
            return Marshal.PtrToStringUTF8(text);
        }
        finally
        {
            DuckDbLibrary.Free(text);
        }
    }

    private void Start(string temporary)
    {
        _ = DuckDbLibrary.CreateConfig(out var config);
        try
        {
            foreach (var (name, value) in (ReadOnlySpan<(string, string)>)
            [
                ("threads", "1"), ("memory_limit", "1GB"), ("temp_directory", temporary), ("preserve_insertion_order", "true"),
                ("autoinstall_known_extensions", "false"), ("autoload_known_extensions", "false"), ("allow_community_extensions", "false"),
            ])
            {
                Require(DuckDbLibrary.SetConfig(config, name, value) == 0, $"it knows no setting {name}");
            }

            var state = DuckDbLibrary.Open(":memory:", out _database, config, out var error);
            var message = Marshal.PtrToStringUTF8(error);
            DuckDbLibrary.Free(error);
            Require(state == 0, message ?? "no reason given");
            Require(DuckDbLibrary.Connect(_database, out _connection) == 0, "no connection");
        }
        finally
        {
            DuckDbLibrary.DestroyConfig(ref config);
        }
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidDataException($"DuckDB does not start: {message}.");
        }
    }
}
