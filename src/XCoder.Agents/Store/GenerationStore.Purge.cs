using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using XCoder.Agents.Memory;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Store;

/// <content>Forgetting a repository.</content>
public sealed partial class GenerationStore
{
    // As EpochMerger cuts what an agent remembers of a row.
    private const int MostTask = 120;

    /// <summary>Outcome of a planned row that was purged; it stays planned, so that its run can go on.</summary>
    public const string PurgedOutcome = "purged";

    /// <summary>Repositories that rows, replies or notices name.</summary>
    public IReadOnlyList<string> SeenRepositories() => Guard(() => _connection.Query<string>(
        "select repository from row_snippet union select repository from request_repository union select repository from notice order by 1")
        .AsList());

    /// <summary>
    /// Removes every row that was made from a repository, holds a twin of it or was shown it, every reply to a request that held
    /// it, and what agents learnt or remember of those rows. All or none; the database's pages are overwritten.
    /// </summary>
    /// <param name="repository">Name of the repository.</param>
    /// <param name="holdsText">Whether bytes hold text that is the repository's alone.</param>
    /// <param name="isDry">Whether to count only.</param>
    public PurgedRows Purge(string repository, Func<byte[], bool> holdsText, bool isDry)
    {
        // Freed pages are zeroed at once; that the file holds nothing else any more is what Compact is for.
        Guard(() => _connection.Execute("pragma secure_delete = on"));
        return isDry ? Guard(() => Remove(repository, holdsText, isDry)) : Write(() => Remove(repository, holdsText, isDry));
    }

    /// <summary>Writes the database anew, so that no page of what was removed is left, and empties the write-ahead log.</summary>
    public void Compact() =>
        Guard(() => _connection.Execute("pragma temp_store = file; vacuum; pragma wal_checkpoint(truncate); pragma temp_store = memory;"));

    /// <summary>Records where rows were exported to, so that a purge finds them.</summary>
    /// <param name="path">File or folder, absolute.</param>
    /// <param name="now">Time.</param>
    public void RecordExport(string path, DateTimeOffset now) => Write(() =>
        _connection.Execute(
            "insert into export(path, created_at) values(@path, @now) on conflict(path) do update set created_at = excluded.created_at",
            new { path, now = now.ToString("O") }));

    /// <summary>Where rows were exported to, in order of path.</summary>
    public IReadOnlyList<string> Exports() => Guard(() => _connection.Query<string>("select path from export order by path").AsList());

    /// <summary>Forgets an export.</summary>
    public int ForgetExport(string path) => Write(() => _connection.Execute("delete from export where path = @path", new { path }));

    private PurgedRows Remove(string repository, Func<byte[], bool> holdsText, bool isDry)
    {
        var places = _connection.Query<(long Row, string Role)>("select row_id, role from row_snippet where repository = @repository",
            new { repository }).ToLookup(place => place.Row, place => place.Role);
        var (rows, counts) = (new List<(long Id, InstructionRow Row, long Run, int Epoch)>(), new int[4]);
        foreach (var (id, run, epoch, json) in _connection.Query<(long, long, int, byte[])>("select id, run_id, epoch, json from row",
            buffered: false))
        {
            // Lineage counts also where it names no snippet.
            var row = RowJson.Read(json);
            var roles = places[id].Concat(row.Lineage.Where(place => place.Repository == repository)
                .Select(place => RowNames.Of(place.Role))).ToHashSet();
            var kind = roles.Contains(RowNames.Of(LineageRole.Seed)) ? 0 : roles.Contains(RowNames.Of(LineageRole.Twin)) ? 1
                : roles.Count > 0 ? 2 : holdsText(json) ? 3 : -1;
            if (kind >= 0)
            {
                counts[kind]++;
                rows.Add((id, row with { Response = "", Tests = null, Transcript = [] }, run, epoch));
            }
        }

        var replies = _connection.Query<long>("select request_id from request_repository where repository = @repository",
            new { repository }).ToHashSet();
        foreach (var (id, text) in _connection.Query<(long, string)>("select id, text || coalesce(refusal, '') from request",
            buffered: false))
        {
            if (!replies.Contains(id) && holdsText(Encoding.UTF8.GetBytes(text)))
            {
                replies.Add(id);
            }
        }

        var lessons = rows.GroupBy(row => row.Run)
            .Sum(run => Forget(run.Key, [.. run.Select(row => (row.Row, row.Epoch))], holdsText, isDry));
        if (!isDry)
        {
            _connection.Execute("delete from request where id = @id", replies.Select(id => new { id }));
            foreach (var (id, row, _, _) in rows)
            {
                _connection.Execute("delete from row_print where row_id = @Id; delete from row where id = @id", new { row.Id, id });
            }

            ForgetNotices(repository);
            ForgetRuns(repository);
        }

        return new PurgedRows(counts[0], counts[1], counts[2], counts[3], replies.Count, lessons);
    }

    // A lesson does not say which rows it came from: of the agents that wrote one of those removed, all since then go.
    private int Forget(long run, IReadOnlyList<(InstructionRow Row, int Epoch)> rows, Func<byte[], bool> holdsText, bool isDry)
    {
        var ids = rows.Select(row => row.Row.Id).ToHashSet();
        var forgotten = 0;
        foreach (var memory in Memories(run).Values)
        {
            var own = rows.Where(row => row.Row.TargetLanguage == memory.Language).ToList();
            var tasks = own.Select(row => row.Row.Instruction.ReplaceLineEndings(" "))
                .Select(text => text.Length <= MostTask ? text : text[..MostTask] + "…").ToHashSet();
            bool IsKept(Lesson lesson) =>
                (lesson.Epoch < own.Select(row => row.Epoch).DefaultIfEmpty(int.MaxValue).Min())
                    && !holdsText(Encoding.UTF8.GetBytes(lesson.Text));
            var kept = memory with { Lessons = [.. memory.Lessons.Where(IsKept)],
                Recent = [.. memory.Recent.Where(task => !tasks.Contains(task) && !holdsText(Encoding.UTF8.GetBytes(task)))] };
            forgotten += memory.Lessons.Count - kept.Lessons.Count;
            if (!isDry)
            {
                Put(run, kept);
            }
        }

        foreach (var (number, items) in isDry ? []
            : _connection.Query<(int, string)>("select number, items from epoch where run_id = @run", new { run }).ToList())
        {
            var planned = JsonSerializer.Deserialize<List<EpochItem>>(items, RowJson.Options)!;
            var kept = planned.Select(item => item.Row is { } row && ids.Contains(row)
                ? item with { Seed = "", Concept = null, Outcome = PurgedOutcome, Reason = null, Row = null } : item);
            _connection.Execute("update epoch set items = @items where run_id = @run and number = @number",
                new { run, number, items = JsonSerializer.Serialize(kept.ToList(), RowJson.Options) });
        }

        return forgotten;
    }

    // A notice that rows of another repository need as well stays, under that one's name.
    private void ForgetNotices(string repository)
    {
        var notices = _connection.Query<(string Id, string Spdx)>("select id, spdx from notice where repository = @repository",
            new { repository }).ToDictionary(notice => notice.Id, notice => notice.Spdx);
        var heirs = new Dictionary<string, string>();
        foreach (var row in notices.Count == 0 ? [] : Rows())
        {
            foreach (var id in row.Notices.Where(notices.ContainsKey).Where(id => !heirs.ContainsKey(id)))
            {
                heirs[id] = (row.Lineage.FirstOrDefault(place => place.Licence == notices[id]) ?? row.Lineage[0]).Repository;
            }
        }

        _connection.Execute("update notice set repository = @heir where id = @id",
            heirs.Select(heir => new { id = heir.Key, heir = heir.Value }));
        _connection.Execute("delete from notice where repository = @repository", new { repository });
    }

    // What a run of that repository alone was asked for names it.
    private void ForgetRuns(string repository)
    {
        foreach (var (id, options) in _connection.Query<(long, string)>("select id, options from run").ToList())
        {
            if (JsonNode.Parse(options) is JsonObject values && (string?)values["repository"] == repository)
            {
                _connection.Execute("delete from run where id = @id and not exists (select 1 from row where run_id = @id)", new { id });
            }
        }
    }
}

/// <summary>What of generated rows a purge removed, or would.</summary>
/// <param name="Seed">Rows made from the repository.</param>
/// <param name="Twin">Rows that hold a twin of it and are not made from it.</param>
/// <param name="Context">Rows that were shown it alone.</param>
/// <param name="Text">Rows that hold its text though their lineage does not name it.</param>
/// <param name="Replies">Recorded replies to requests that held it, or that hold its text.</param>
/// <param name="Lessons">Lessons of agents that may have been learnt from those rows.</param>
public sealed record PurgedRows(int Seed, int Twin, int Context, int Text, int Replies, int Lessons)
{
    /// <summary>All rows.</summary>
    public int All => Seed + Twin + Context + Text;
}
