using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using XCoder.Analysis.Store;

namespace XCoder.Tests.Analysis.Store;

/// <summary>All a store holds as sorted text, without row ids: equal dumps, equal content.</summary>
internal static class StoreDump
{
    private static readonly string[] Queries =
    [
        "select 'repository', name, root, remote, commit_id from repository",
        "select 'file', r.name, f.* from file f join repository r on r.id = f.repository_id",
        "select 'skip', r.name, s.* from skip s join repository r on r.id = s.repository_id",
        "select 'snippet', r.name, f.path, s.* from snippet s join file f on f.id = s.file_id join repository r on r.id = f.repository_id",
        "select 'quarantine', * from quarantine",
    ];

    public static string Of(string workspace)
    {
        var lines = new List<string>();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(workspace, SnippetStore.FileName)};Pooling=False");
        connection.Open();
        foreach (var query in Queries)
        {
            using var command = connection.CreateCommand();
            command.CommandText = query;
            using var row = command.ExecuteReader();
            while (row.Read())
            {
                var line = new StringBuilder();
                for (var i = 0; i < row.FieldCount; i++)
                {
                    if (row.GetName(i) is not ("id" or "file_id" or "repository_id"))
                    {
                        line.Append(row.GetName(i)).Append('=').Append(row[i] is byte[] bytes ? Convert.ToHexString(bytes) : Convert.ToString(row[i], CultureInfo.InvariantCulture)).Append('|');
                    }
                }

                lines.Add(line.ToString());
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }
}
