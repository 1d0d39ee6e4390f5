using Dapper;
using Microsoft.Data.Sqlite;

namespace XCoder.Analysis.Store;

/// <summary>Looks at a database before SQLite does: its files must be plain, its tables those of a version of ours.</summary>
internal static class DatabaseFiles
{
    private const int TailBytes = 8;

    private static readonly Dictionary<string, HashSet<string>> Shapes = [];

    // Ends a journal that names another file to SQLite, which deletes that file when it rolls the journal back; ours never do.
    private static ReadOnlySpan<byte> JournalMagic => [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Whether there is nothing at a path, or an empty file.</summary>
    public static bool IsEmpty(string path)
    {
        using var stream = WorkspaceFile.OpenRead(path, 1);
        return stream is null or { Length: 0 };
    }

    /// <summary>Fails unless the files of a database are plain and may be given to SQLite.</summary>
    /// <param name="path">The database.</param>
    /// <param name="mustExist">Whether an empty database is a failure, too.</param>
    /// <exception cref="StoreException">They may not.</exception>
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
                throw StoreException.Foreign(path, "it is no SQLite database");
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

    /// <summary>Says that a database holds nothing.</summary>
    public static StoreException Empty(string path) =>
        new($"The store {path} is empty: nothing was ever stored in it, or making it was interrupted. "
            + $"Run {(Path.GetFileName(path) == SnippetStore.FileName ? "'xcoder index PATH' or 'xcoder "
                + "analyze PATH'" : "'xcoder generate'")} first, or name another --workspace.");

    /// <summary>
    /// The version of an open database whose tables are exactly those of that version; 0 where it has none. Nothing is written.
    /// </summary>
    /// <param name="connection">An open connection on which nothing was done yet.</param>
    /// <param name="path">The database, for messages.</param>
    /// <param name="schema">What makes the tables of a version; null for one that is not known.</param>
    /// <exception cref="StoreException">It is another program's, or was changed.</exception>
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
        throw StoreException.Foreign(path, strange is not null ? $"no version of it holds {strange}"
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

    // SQLite's own tables of statistics may be there. Views, triggers and virtual tables have no pages of their own.
    private static HashSet<string> Shape(SqliteConnection connection) =>
    [
        .. connection.Query<string>("""
            select type || ' ' || name || iif(rootpage > 0, '', ' without pages') from sqlite_master
            where rootpage = 0 or type not in ('table', 'index') or name not like 'sqlite\_%' escape '\'
            """),
        .. connection.Query<string>("""
            select 'column ' || m.name || '.' || x.name || iif(x.hidden, ' (hidden)', '') from sqlite_master m join
              pragma_table_xinfo(m.name) x
            where m.type = 'table' and m.rootpage > 0 and m.name not like 'sqlite\_%' escape '\'
            """),
    ];
}
