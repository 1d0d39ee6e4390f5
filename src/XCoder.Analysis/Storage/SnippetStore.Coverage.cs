using XCoder.Analysis.Model;

namespace XCoder.Analysis.Storage;

/// <content>Counts for the coverage report.</content>
public sealed partial class SnippetStore
{
    /// <summary>Parsed files and snippets by repository, language and licence.</summary>
    public IReadOnlyList<CoverageCounts> CoverageCounts(StoreSelection selection) =>
        [.. Read("""
            select r.name, f.language, coalesce(f.licence, 'none'), count(*), sum(f.has_errors), sum(f.invalid_bytes > 0), sum(f.bytes),
                sum(c.functions), sum(c.structures), sum(c.documented), sum(c.tests)
            from file f join repository r on r.id = f.repository_id
                left join (select file_id, sum(kind < 3) as functions, sum(kind >= 3) as structures, sum(documentation is not null) as documented, sum(is_test) as tests
                    from snippet group by file_id) c on c.file_id = f.id
            where
            """ + " " + selection.Sql + " group by 1, 2, 3 order by 1, 2, 3", selection.Parameters,
            row => new CoverageCounts(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt64(6), Number(row, 7), Number(row, 8), Number(row, 9), Number(row, 10)))];

    /// <summary>Files left out, by repository, language and reason; those that should have been processed one by one.</summary>
    public IReadOnlyList<(string Repository, SkipRecord Skip)> SkipCounts(StoreSelection selection) =>
        [.. Read("""
            select r.name, case when f.reason in ('unreadable', 'timeout', 'quarantined') then f.path else '' end, f.reason, sum(f.files), f.language, f.detail
            from skip f join repository r on r.id = f.repository_id where
            """ + " " + selection.Sql + " group by 1, 2, 3, 5 order by 1, 2, 3, 5", selection.Parameters,
            row => (row.GetString(0), new SkipRecord(row.GetString(1), SkipReasonNames.Parse(row.GetString(2)), row.GetInt32(3), Text(row, 4), Text(row, 5))))];

    /// <summary>Number of tokens of every snippet.</summary>
    public IEnumerable<int> TokenCounts(StoreSelection selection) => Read("select s.tokens" + From + selection.Sql, selection.Parameters, row => row.GetInt32(0));

    private static int Number(System.Data.Common.DbDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt32(column);
}
