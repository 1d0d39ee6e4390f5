using System.Runtime.InteropServices;
using System.Text.Json;
using Dapper;
using XCoder.Agents.Memory;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Store;

/// <content>Epochs of runs by agents. Each epoch is stored as a whole or not at all.</content>
public sealed partial class GenerationStore
{
    /// <summary>Returns the run with a key, or null.</summary>
    public StoredRun? FindRun(string key) =>
        Guard(() => _connection.QuerySingleOrDefault<StoredRun>(SelectRun + " where key = @key", new { key }));

    /// <summary>Returns the items of a run's finished epochs, in order.</summary>
    public IReadOnlyList<IReadOnlyList<EpochItem>> Epochs(long run) => Guard(() => _connection
        .Query<string>("select items from epoch where run_id = @run order by number", new { run })
        .Select(items => (IReadOnlyList<EpochItem>)JsonSerializer.Deserialize<List<EpochItem>>(items, RowJson.Options)!).ToList());

    /// <summary>Returns the memories of a run's agents by language.</summary>
    public IReadOnlyDictionary<string, AgentMemory> Memories(long run) => Guard(() => _connection
        .Query<string>("select memory from agent where run_id = @run order by language", new { run })
        .Select(memory => JsonSerializer.Deserialize<AgentMemory>(memory, RowJson.Options)!).ToDictionary(memory => memory.Language));

    /// <summary>Replaces an agent's memory.</summary>
    public void PutMemory(long run, AgentMemory memory) => Write(() => Put(run, memory));

    /// <summary>Streams the features by which the rows of a run are compared.</summary>
    public IEnumerable<RowSignature> Prints(long run)
    {
        using var reader = Guard(() => _connection.ExecuteReader("""
            select p.row_id, p.language, p.signature, p.vector from row_print p left join row r on r.row_id = p.row_id
            where p.run_id = @run order by r.epoch, r.ordinal, p.row_id
            """, new { run }));
        while (Guard(reader.Read))
        {
            yield return Guard(() => new RowSignature(reader.GetString(0), reader.GetString(1),
                MemoryMarshal.Cast<byte, uint>((byte[])reader[2]).ToArray(), MemoryMarshal.Cast<byte, float>((byte[])reader[3]).ToArray()));
        }
    }

    /// <summary>Ends an epoch: stores its rows, signatures, memories and outcomes in one transaction.</summary>
    /// <param name="run">Number of the run.</param>
    /// <param name="number">Number of the epoch, from 0.</param>
    /// <param name="items">The planned rows and their outcomes.</param>
    /// <param name="rows">The epoch's rows, in order.</param>
    /// <param name="notices">Licence notices that the rows refer to.</param>
    /// <param name="prints">The features by which the accepted rows are compared.</param>
    /// <param name="memories">The agents' memories after the epoch.</param>
    /// <param name="now">Time when the epoch ended.</param>
    public void EndEpoch(long run, int number, IReadOnlyList<EpochItem> items, IReadOnlyList<InstructionRow> rows,
        IEnumerable<LicenceNotice> notices, IEnumerable<RowSignature> prints, IEnumerable<AgentMemory> memories, DateTimeOffset now) =>
            Write(() =>
    {
        Insert(run, number, rows, 0, notices);
        foreach (var print in prints)
        {
            _connection.Execute("insert into row_print(run_id, row_id, language, signature, vector) "
                + "values(@run, @Row, @Language, @signature, @vector) on conflict do nothing",
                new { run, print.Row, print.Language, signature = MemoryMarshal.AsBytes<uint>(print.Signature).ToArray(),
                    vector = MemoryMarshal.AsBytes<float>(print.Vector).ToArray() });
        }

        foreach (var memory in memories)
        {
            Put(run, memory);
        }

        return _connection.Execute("insert into epoch(run_id, number, items, created_at) values(@run, @number, @items, @now)",
            new { run, number, items = JsonSerializer.Serialize(items, RowJson.Options), now = now.ToString("O") });
    });

    /// <summary>Returns the latest replies of a chat model: role, text and tokens received.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="most">Highest number of replies.</param>
    public IReadOnlyList<(string Role, string Text, long Tokens)> Replies(string model, int most) => Guard(() => _connection
        .Query<(string, string, long)>("select role, text, completion_tokens from request where model = @model and role <> @trial "
            + "order by id desc limit @most", new { model, most, trial = StoredReply.Trial }).ToList());

    /// <summary>Returns those of the given row ids that are in the store.</summary>
    public HashSet<string> KnownRows(IEnumerable<string> ids) =>
        Guard(() => ids.Chunk(500)
            .SelectMany(some => _connection.Query<string>("select row_id from row where row_id in @some", new { some })).ToHashSet());

    private int Put(long run, AgentMemory memory) => _connection.Execute(
        "insert into agent(run_id, language, memory) values(@run, @Language, @json) "
            + "on conflict(run_id, language) do update set memory = excluded.memory",
        new { run, memory.Language, json = JsonSerializer.Serialize(memory, RowJson.Options) });
}

/// <summary>A row that an epoch planned, and its outcome.</summary>
/// <param name="Dataset">Name of the row's kind: a data set as in JSON, or <c>translation</c>.</param>
/// <param name="Seed">Id of the seed.</param>
/// <param name="Source">Language id of the seed.</param>
/// <param name="Target">Language id of the response.</param>
/// <param name="Concept">Id of the concept, or null.</param>
/// <param name="Outcome">
/// <c>accept</c>, <c>reject</c>, <c>duplicate</c> (an equal row, or one with the same task, existed), <c>lost</c> or <c>purged</c>.
/// </param>
/// <param name="Reason">Why there is no row, or null.</param>
/// <param name="Row">Id of the row; null when it was lost or purged, or not written because its task repeats another.</param>
/// <param name="Revisions">Number of revisions.</param>
public sealed record EpochItem(string Dataset, string Seed, string Source, string Target, string? Concept, string Outcome, string? Reason,
    string? Row, int Revisions);
