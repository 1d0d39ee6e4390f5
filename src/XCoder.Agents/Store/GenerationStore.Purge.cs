using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using XCoder.Agents.Memory;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Store;

/// <content>Removes everything that derives from a repository.</content>
public sealed partial class GenerationStore
{
    // Must equal the length to which EpochMerger cuts the tasks in an agent's memory.
    private const int MostTask = 120;

    /// <summary>Outcome of a planned row that was purged. The row still counts as planned, so that its run can continue.</summary>
    public const string PurgedOutcome = "purged";

    /// <summary>Returns the names of repositories that rows, replies or notices refer to, in order.</summary>
    public IReadOnlyList<string> SeenRepositories() => Guard(() => _connection.Query<string>(
        "select repository from row_snippet union select repository from request_repository union select repository from notice order by 1")
        .AsList());

    /// <summary>
    /// Removes every row that was made from a repository, contains its text or had its code as context; every reply to a request that
    /// contained its text; and what agents learnt from those rows. Uses one transaction; SQLite overwrites the freed pages.
    /// </summary>
    /// <param name="repository">Name of the repository.</param>
    /// <param name="holdsText">Returns whether bytes contain text that occurs only in this repository.</param>
    /// <param name="isDry">Whether to count only.</param>
    public PurgedRows Purge(string repository, Func<byte[], bool> holdsText, bool isDry)
    {
        // Freed pages are zeroed at once. Compact removes other remains from the file.
        Guard(() => _connection.Execute("pragma secure_delete = on"));
        return isDry ? Guard(() => Remove(repository, holdsText, isDry)) : Write(() => Remove(repository, holdsText, isDry));
    }

    /// <summary>Rewrites the database, so that no page of removed content is left, and empties the write-ahead log.</summary>
    public void Compact() =>
        Guard(() => _connection.Execute("pragma temp_store = file; vacuum; pragma wal_checkpoint(truncate); pragma temp_store = memory;"));

    /// <summary>Records an export's path, so that a purge finds it.</summary>
    /// <param name="path">Absolute path of the file or folder.</param>
    /// <param name="now">Time of the export.</param>
    public void RecordExport(string path, DateTimeOffset now) => Write(() =>
        _connection.Execute(
            "insert into export(path, created_at) values(@path, @now) on conflict(path) do update set created_at = excluded.created_at",
            new { path, now = now.ToString("O") }));

    /// <summary>Returns the paths of the recorded exports, in order.</summary>
    public IReadOnlyList<string> Exports() => Guard(() => _connection.Query<string>("select path from export order by path").AsList());

    /// <summary>Removes the record of an export. Returns the number of records removed, 0 or 1.</summary>
    public int ForgetExport(string path) => Write(() => _connection.Execute("delete from export where path = @path", new { path }));

    private PurgedRows Remove(string repository, Func<byte[], bool> holdsText, bool isDry)
    {
        var places = _connection.Query<(long Row, string Role)>("select row_id, role from row_snippet where repository = @repository",
            new { repository }).ToLookup(place => place.Row, place => place.Role);
        var (rows, counts) = (new List<(long Id, InstructionRow Row, long Run, int Epoch)>(), new int[4]);
        foreach (var (id, run, epoch, json) in _connection.Query<(long, long, int, byte[])>("select id, run_id, epoch, json from row",
            buffered: false))
        {
            // Some lineage names no snippet, so row_snippet alone would miss it.
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

    // A lesson does not record the rows it came from. If an agent wrote a removed row, drop its lessons since that row's epoch.
    private int Forget(long run, IReadOnlyList<(InstructionRow Row, int Epoch)> rows, Func<byte[], bool> holdsText, bool isDry)
    {
        var ids = rows.Select(row => row.Row.Id).ToHashSet();
        var first = rows.GroupBy(row => row.Row.TargetLanguage).ToDictionary(group => group.Key, group => group.Min(row => row.Epoch));
        int First(string language) => first.GetValueOrDefault(language, int.MaxValue);
        var forgotten = 0;
        foreach (var memory in Memories(run).Values)
        {
            var own = rows.Where(row => row.Row.TargetLanguage == memory.Language).ToList();
            var tasks = own.Select(row => row.Row.Instruction.ReplaceLineEndings(" "))
                .Select(text => text.Length <= MostTask ? text : text[..MostTask] + "…").ToHashSet();
            bool IsKept(Lesson lesson) =>
                (lesson.Epoch < First(memory.Language)) && (lesson.From is null || lesson.Epoch < First(lesson.From))
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

    // A notice that rows of another repository need stays, under that repository's name.
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

    // The stored options of a run on this repository alone contain its name.
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

/// <summary>Rows, replies and lessons that a purge removed, or would remove.</summary>
/// <param name="Seed">Rows made from the repository.</param>
/// <param name="Twin">Rows that contain its code as the other half of a translation pair, but were not made from it.</param>
/// <param name="Context">Rows that had its code only as context.</param>
/// <param name="Text">Rows that contain its text although their lineage does not name it.</param>
/// <param name="Replies">Recorded replies to requests that contained its text, or that contain it themselves.</param>
/// <param name="Lessons">Lessons of agents that may come from those rows.</param>
public sealed record PurgedRows(int Seed, int Twin, int Context, int Text, int Replies, int Lessons)
{
    /// <summary>Number of all removed rows.</summary>
    public int All => Seed + Twin + Context + Text;
}
