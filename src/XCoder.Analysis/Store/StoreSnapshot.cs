using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace XCoder.Analysis.Store;

/// <summary>One state of the store for several reads: a deferred transaction that has begun to read.</summary>
internal sealed class StoreSnapshot : IDisposable
{
    private readonly SqliteConnection _connection;
    private bool _isOver;

    public StoreSnapshot(SqliteConnection connection)
    {
        _connection = connection;
        connection.Execute("begin deferred");
        try
        {
            // The state is that of the first read.
            connection.ExecuteScalar<long>("select count(*) from state");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!_isOver && raw.sqlite3_get_autocommit(_connection.Handle) == 0)
        {
            raw.sqlite3_exec(_connection.Handle, "rollback");
        }

        _isOver = true;
    }
}
