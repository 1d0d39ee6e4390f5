namespace XCoder.Agents.Store;

/// <summary>The tables of runs by agents: epochs, memories, and what rows are compared by.</summary>
internal static class EpochSchema
{
    public const string Sql = """
        -- An epoch that is done. items: what was planned and what became of it, in order (JSON).
        create table epoch(
            run_id integer not null references run(id) on delete cascade,
            number integer not null,
            items text not null,
            created_at text not null,
            primary key(run_id, number)) without rowid;

        -- What an agent remembers (AgentMemory, JSON).
        create table agent(
            run_id integer not null references run(id) on delete cascade,
            language text not null,
            memory text not null,
            primary key(run_id, language)) without rowid;

        -- Signature (uint32) and vector (float32) of each row, little-endian.
        create table row_print(
            run_id integer not null references run(id) on delete cascade,
            row_id text not null,
            language text not null,
            signature blob not null,
            vector blob not null,
            primary key(run_id, row_id)) without rowid;
        """;
}
