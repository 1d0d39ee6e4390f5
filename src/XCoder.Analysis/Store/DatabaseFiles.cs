using Dapper;
using Microsoft.Data.Sqlite;

namespace XCoder.Analysis.Store;

/// <summary>
/// Checks a database before SQLite opens it: its files must be plain, and its tables those of one of our versions.
/// </summary>
internal static class DatabaseFiles
{
    private const int TailBytes = 8;

    private static readonly Dictionary<string, HashSet<string>> Shapes = [];

    // A journal with this ending names another file, which SQLite deletes when it rolls the journal back. Our journals
    // never have it.
    private static ReadOnlySpan<byte> JournalMagic => [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Whether the path has no file, or an empty one.</summary>
    public static bool IsEmpty(string path)
    {
        using var stream = WorkspaceFile.OpenRead(path, 1);
        return stream is null or { Length: 0 };
    }

    /// <summary>Throws unless SQLite may safely open the files of a database.</summary>
    /// <param name="path">Path of the database.</param>
    /// <param name="mustExist">Whether a missing or empty database is an error, too.</param>
    /// <exception cref="StoreException">
    /// A file is not plain, is not a SQLite database, or names another file to delete.
    /// </exception>
    public static void Check(string path, bool mustExist)
    {
        foreach (var part in WorkspaceNames.DatabaseParts)
        {
            using var stream = WorkspaceFile.OpenRead(path + part, 1);
            if (part == "" && mustExist && stream is null or { Length: 0 })
            {
                throw Empty(path);
            }

            var start = new byte[Magic.Length];
            if (part == "" && stream is { Length: > 0 }
                && (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !Magic.SequenceEqual(start)))
            {
                throw StoreException.Foreign(path, "it is not a SQLite database");
            }

            if (part == "-journal" && stream is { Length: > TailBytes })
            {
                stream.Position = stream.Length - TailBytes;
                var tail = new byte[TailBytes];
                stream.ReadExactly(tail);
                if (JournalMagic.SequenceEqual(tail))
                {
                    throw WorkspaceFile.Refused(path + part, "it names another file for SQLite to delete");
                }
            }
        }
    }

    /// <summary>Opens a connection to a database that was checked, and sets how it is written.</summary>
    /// <param name="connection">A new connection, not yet open.</param>
    /// <param name="path">Path of the database, for messages.</param>
    /// <param name="mustExist">Whether a database without tables is an error.</param>
    /// <param name="schema">Returns the SQL that creates the tables of a version, or null for an unknown version.</param>
    /// <exception cref="StoreException">The database is empty, belongs to another program, or was changed.</exception>
    public static void Open(SqliteConnection connection, string path, bool mustExist, Func<int, string?> schema)
    {
        connection.Open();
        if (VersionOf(connection, path, schema) == 0 && mustExist)
        {
            throw Empty(path);
        }

        connection.Execute("pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; "
            + "pragma temp_store = memory; pragma cache_size = -16000;");
    }

    /// <summary>The exception for a database without content.</summary>
    public static StoreException Empty(string path) =>
        new($"The store {path} is empty: nothing was ever stored in it, or its creation was interrupted. "
            + "Run " + (Path.GetFileName(path) == SnippetStore.FileName
                ? "'xcoder index PATH' or 'xcoder analyze PATH'" : "'xcoder generate'")
            + " first, or name another --workspace.");

    /// <summary>
    /// The version of an open database; 0 for a new one, which has no tables. Throws unless the tables are exactly those
    /// of the version, but returns a version that the schema does not know unchecked. Writes nothing.
    /// </summary>
    /// <param name="connection">A new, open connection.</param>
    /// <param name="path">Path of the database, for messages.</param>
    /// <param name="schema">Returns the SQL that creates the tables of a version, or null for an unknown version.</param>
    /// <exception cref="StoreException">The database belongs to another program, or was changed.</exception>
    public static int VersionOf(SqliteConnection connection, string path, Func<int, string?> schema)
    {
        connection.Execute("pragma trusted_schema = off; pragma cell_size_check = on;");
        var version = connection.ExecuteScalar<int>("pragma user_version");
        if ((version == 0 ? "" : schema(version)) is not { } sql)
        {
            return version;
        }

        var (found, expected) = (Shape(connection), sql.Length == 0 ? [] : Expected(sql));
        if (found.SetEquals(expected))
        {
            return version;
        }

        var strange = found.Except(expected).Order(StringComparer.Ordinal).FirstOrDefault();
        throw StoreException.Foreign(path, strange is not null ? $"no version of the store has {strange}"
            : $"it lacks {expected.Except(found).Order(StringComparer.Ordinal).First()}");
    }

    private static HashSet<string> Expected(string sql)
    {
        lock (Shapes)
        {
            if (!Shapes.TryGetValue(sql, out var shape))
            {
                using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
                connection.Open();
                connection.Execute(sql);
                Shapes[sql] = shape = Shape(connection);
            }

            return shape;
        }
    }

    // SQLite's own statistics tables are allowed. Views, triggers and virtual tables are recognised by having no pages
    // of their own.
    private static HashSet<string> Shape(SqliteConnection connection) =>
    [
        .. connection.Query<string>("""
            select type || ' ' || name || iif(rootpage > 0, '', ' without pages') from sqlite_master
            where rootpage = 0 or type not in ('table', 'index') or name not like 'sqlite\_%' escape '\'
            """),
        .. connection.Query<string>("""
            select 'column ' || m.name || '.' || x.name || iif(x.hidden, ' (hidden)', '')
            from sqlite_master m join pragma_table_xinfo(m.name) x
            where m.type = 'table' and m.rootpage > 0 and m.name not like 'sqlite\_%' escape '\'
            """),
    ];
}
