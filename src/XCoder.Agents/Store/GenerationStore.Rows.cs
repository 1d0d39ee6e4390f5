using Dapper;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Store;

/// <content>Runs, rows and notices.</content>
public sealed partial class GenerationStore
{
    /// <summary>Finds the run with a key, or starts it. Either way it is not finished until <see cref="FinishRun"/> says so.</summary>
    /// <param name="key">Hash of every option that changes rows, or the name of a run by agents.</param>
    /// <param name="kind">What the run does: <c>mined</c> or <c>agents</c>.</param>
    /// <param name="options">The options as JSON, for people and reports.</param>
    /// <param name="now">Start time for a new run.</param>
    public StoredRun BeginRun(string key, string kind, string options, DateTimeOffset now) => Write(() =>
    {
        _connection.Execute(
            "insert into run(key, kind, options, created_at) values(@key, @kind, @options, @now) "
                + "on conflict(key) do update set finished_at = null",
            new { key, kind, options, now = now.ToString("O") });
        return _connection.QuerySingle<StoredRun>(SelectRun + " where key = @key", new { key });
    });

    /// <summary>Returns all runs, oldest first.</summary>
    public IReadOnlyList<StoredRun> Runs() => Guard(() => _connection.Query<StoredRun>(SelectRun + " order by id").AsList());

    /// <summary>Marks a run as finished.</summary>
    public void FinishRun(long run, DateTimeOffset now) =>
        Write(() => _connection.Execute("update run set finished_at = @now where id = @run", new { run, now = now.ToString("O") }));

    /// <summary>Adds an epoch's rows to a run in one transaction. Rows whose ids already exist are left out.</summary>
    /// <param name="run">Number of the run.</param>
    /// <param name="epoch">Number of the epoch.</param>
    /// <param name="rows">The rows in order; their ordinals count from <paramref name="first"/>.</param>
    /// <param name="first">Ordinal of the first row.</param>
    /// <param name="notices">Licence notices that the rows refer to.</param>
    /// <returns>The number of new rows.</returns>
    public int AddRows(long run, int epoch, IReadOnlyList<InstructionRow> rows, int first = 0,
        IEnumerable<LicenceNotice>? notices = null) => Write(() => Insert(run, epoch, rows, first, notices ?? []));

    /// <summary>Streams rows in the order of run, epoch and ordinal.</summary>
    /// <param name="selection">Which rows; null for all.</param>
    public IEnumerable<InstructionRow> Rows(RowSelection? selection = null)
    {
        selection ??= RowSelection.All;
        foreach (var json in Stream("""
            select json from row where (@Run is null or run_id = @Run) and (@Dataset is null or dataset = @Dataset) and (@Verdict is null or
              verdict = @Verdict) and (@Status is null or status = @Status)
              and (@Repository is null or exists (select 1 from row_snippet where row_snippet.row_id = row.id and role = @Seed and
              repository = @Repository))
            order by run_id, epoch, ordinal
            """, new { selection.Run, selection.Repository, Seed = RowNames.Of(LineageRole.Seed), Dataset = selection.Dataset?.Name,
                Verdict = selection.Verdict is { } verdict ? RowNames.Of(verdict) : null,
                Status = selection.Status is { } status ? RowNames.Of(status) : null }))
        {
            yield return Guard(() => RowJson.Read(json));
        }
    }

    /// <summary>Counts rows by data set, languages, concept, verdict and status; of one run, or of all.</summary>
    public IReadOnlyList<RowCount> Counts(long? run = null) => Guard(() => _connection.Query<RowCount>("""
        select dataset, source_language as SourceLanguage, target_language as TargetLanguage, concept, verdict, status, count(*) as Rows
        from row where @run is null or run_id = @run group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
        """, new { run }).AsList());

    /// <summary>Returns the ids of all rows.</summary>
    public HashSet<string> RowIds() => Guard(() => _connection.Query<string>("select row_id from row").ToHashSet());

    /// <summary>Returns all licence notices by id.</summary>
    public IReadOnlyDictionary<string, LicenceNotice> Notices() =>
        Guard(() => _connection.Query<LicenceNotice>("select id, spdx, repository, source, text from notice")
            .ToDictionary(notice => notice.Id));

    private const string SelectRun = "select id, key, kind, options, created_at as CreatedAt, finished_at as FinishedAt from run";

    private int Insert(long run, int epoch, IReadOnlyList<InstructionRow> rows, int first, IEnumerable<LicenceNotice> notices)
    {
        var added = 0;
        foreach (var notice in notices)
        {
            _connection.Execute("insert into notice(id, spdx, repository, source, text) "
                + "values(@Id, @Spdx, @Repository, @Source, @Text) on conflict do nothing", notice);
        }

        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            var id = _connection.QuerySingleOrDefault<long?>("""
                insert into row(row_id, run_id, epoch, ordinal, dataset, source_language, target_language, concept, verdict, status, json)
                values(@Id, @run, @epoch, @ordinal, @dataset, @SourceLanguage, @TargetLanguage, @Concept, @verdict, @Status, @json)
                on conflict(row_id) do nothing returning id
                """, new { row.Id, run, epoch, ordinal = first + i, dataset = row.Dataset.Name, row.SourceLanguage, row.TargetLanguage,
                    row.Concept, verdict = RowNames.Of(row.Critique.Verdict), Status = RowNames.Of(row.Verification.Status),
                    json = RowJson.Write(row) });
            if (id is not { } number)
            {
                continue;
            }

            added++;
            AddPlaces(number, row);
        }

        return added;
    }

    private void AddPlaces(long row, InstructionRow content)
    {
        foreach (var place in content.Lineage.Where(place => place.Snippet is not null))
        {
            _connection.Execute("insert into row_snippet(row_id, snippet, role, repository) "
                + "values(@row, @Snippet, @role, @Repository) on conflict do nothing",
                new { row, place.Snippet, role = RowNames.Of(place.Role), place.Repository });
        }
    }

    private IEnumerable<byte[]> Stream(string sql, object parameters)
    {
        using var reader = Guard(() => _connection.ExecuteReader(sql, parameters));
        while (Guard(reader.Read))
        {
            yield return Guard(() => (byte[])reader[0]);
        }
    }
}

/// <summary>Selects rows by conditions that must all hold; null sets no condition.</summary>
/// <param name="Run">Number of the rows' run.</param>
/// <param name="Dataset">Data set of the rows.</param>
/// <param name="Verdict">Verdict on the rows.</param>
/// <param name="Status">Status of the rows' verification.</param>
/// <param name="Repository">Repository that at least one seed comes from.</param>
public sealed record RowSelection(long? Run = null, Dataset? Dataset = null, Verdict? Verdict = null, RowStatus? Status = null,
    string? Repository = null)
{
    /// <summary>Selects all rows.</summary>
    public static RowSelection All { get; } = new();
}

/// <summary>The number of rows with the same data set, languages, concept, verdict and status.</summary>
public sealed record RowCount
{
    /// <summary>Data set, as in JSON.</summary>
    public string Dataset { get; init; } = "";

    /// <summary>Source language id.</summary>
    public string SourceLanguage { get; init; } = "";

    /// <summary>Target language id.</summary>
    public string TargetLanguage { get; init; } = "";

    /// <summary>Concept id, or null.</summary>
    public string? Concept { get; init; }

    /// <summary>Verdict, as in JSON.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>Status of the verification, as in JSON.</summary>
    public string Status { get; init; } = "";

    /// <summary>Number of rows.</summary>
    public long Rows { get; init; }
}

/// <summary>A run in the store.</summary>
public sealed record StoredRun
{
    /// <summary>Number of the run.</summary>
    public long Id { get; init; }

    /// <summary>Hash of every option that changes rows; for runs by agents, <c>agents:</c> and the run's name.</summary>
    public string Key { get; init; } = "";

    /// <summary>What the run does: <c>mined</c> or <c>agents</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The run's options as JSON.</summary>
    public string Options { get; init; } = "";

    /// <summary>Start time, ISO 8601.</summary>
    public string CreatedAt { get; init; } = "";

    /// <summary>End time, ISO 8601, or null when the run is not finished.</summary>
    public string? FinishedAt { get; init; }
}
