using XCoder.Analysis.Model;

namespace XCoder.Analysis.Store;

/// <content>Counts for the coverage report.</content>
public sealed partial class SnippetStore
{
    /// <summary>Counts of parsed files and snippets, by repository, language and licence.</summary>
    public IReadOnlyList<CoverageCounts> CoverageCounts(StoreSelection selection) =>
        [.. Read("""
            select r.name, f.language, coalesce(f.licence, 'none'), count(*), sum(f.has_errors), sum(f.invalid_bytes > 0), sum(f.bytes),
                sum(c.functions), sum(c.structures), sum(c.documented), sum(c.tests), sum(max(0, f.bytes - coalesce(c.inside, 0)))
            from file f join repository r on r.id = f.repository_id
                left join (
                    select file_id, sum(kind < 3) as functions, sum(kind >= 3) as structures,
                        sum(documentation is not null) as documented, sum(is_test) as tests,
                        sum(case when parent < 0 then end_byte - start_byte else 0 end) as inside
                    from snippet group by file_id) c on c.file_id = f.id
            where
            """ + " " + selection.Sql + " group by 1, 2, 3 order by 1, 2, 3", selection.Parameters,
            row => new CoverageCounts(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4),
                row.GetInt32(5), row.GetInt64(6), Number(row, 7), Number(row, 8), Number(row, 9), Number(row, 10),
                row.GetInt64(11)))];

    /// <summary>
    /// Counts of skipped files, by repository, language and reason. Losses, which should have been processed, are
    /// listed one by one.
    /// </summary>
    public IReadOnlyList<(string Repository, SkipRecord Skip)> SkipCounts(StoreSelection selection) =>
        [.. Read("""
            select r.name, case when f.reason in ('unreadable', 'timeout', 'quarantined') then f.path else '' end, f.reason,
                sum(f.files), f.language, f.detail
            from skip f join repository r on r.id = f.repository_id where
            """ + " " + selection.Sql + " group by 1, 2, 3, 5 order by 1, 2, 3, 5", selection.Parameters,
            row => (row.GetString(0),
                new SkipRecord(row.GetString(1), SkipReasonNames.Parse(row.GetString(2)), row.GetInt32(3), Text(row, 4), Text(row, 5))))];

    /// <summary>The number of tokens of each snippet.</summary>
    public IEnumerable<int> TokenCounts(StoreSelection selection) =>
        Read("select s.tokens" + From + selection.Sql, selection.Parameters, row => row.GetInt32(0));

    /// <summary>Row ids of the selected snippets, in no particular order.</summary>
    public IEnumerable<long> RowIds(StoreSelection selection) =>
        Read("select s.id" + From + selection.Sql, selection.Parameters, row => row.GetInt64(0));

    /// <summary>The symbols that each compiled snippet calls, by row id of the snippet. Read lazily.</summary>
    internal IEnumerable<(long Row, IReadOnlyList<string> Calls)> ResolvedCalls() =>
        Read("select id, resolved from snippet where resolved is not null", null,
            static row => (row.GetInt64(0), StoredFacts.Read(row.GetString(1)).Calls));

    /// <summary>
    /// The facts about every snippet that concepts and coverage use, ordered by file and position. Read lazily.
    /// </summary>
    public IEnumerable<SnippetBrief> Briefs() =>
        Read("""
            select s.id, s.file_id, r.name, f.language, s.kind, s.name, s.qualified_name, substr(s.documentation, 1, 400),
                s.first_token, s.tokens, s.is_test, s.has_errors
            from file f join snippet s on s.file_id = f.id join repository r on r.id = f.repository_id order by f.id, s.ordinal
            """, null,
            row => new SnippetBrief(row.GetInt64(0), row.GetInt64(1), string.Intern(row.GetString(2)), string.Intern(row.GetString(3)),
                (SnippetKind)row.GetInt32(4), row.GetString(5), row.GetString(6), Text(row, 7),
                row.GetInt32(8), row.GetInt32(9), row.GetBoolean(10), row.GetBoolean(11)));

    private static int Number(System.Data.Common.DbDataReader row, int column) => row.IsDBNull(column) ? 0 : row.GetInt32(column);
}

/// <summary>Counts for one repository, language and licence; <c>Outside</c> are the bytes in no snippet.</summary>
public sealed record CoverageCounts(
    string Repository, string Language, string Licence, int Files, int WithErrors, int InvalidUtf8, long Bytes, int Functions,
    int Structures, int Documented, int Tests, long Outside);

/// <summary>A file that was skipped, or a folder of files that was skipped as a whole.</summary>
/// <param name="Path">Path below the repository's root. It ends in <c>/</c> for a folder.</param>
/// <param name="Reason">Why it was skipped.</param>
/// <param name="Files">Number of files.</param>
/// <param name="Language">Language id, or null if unknown.</param>
/// <param name="Detail">What happened, for people, or null.</param>
public sealed record SkipRecord(string Path, SkipReason Reason, int Files = 1, string? Language = null, string? Detail = null);
