namespace XCoder.Agents.Store;

/// <summary>The tables. <see cref="Version"/> is kept in SQLite's <c>user_version</c>.</summary>
internal static class GenerationSchema
{
    public const int Version = 2;

    public const string Sql = Rows + "\n" + ReplySchema.Sql;

    private const string Rows = """
        -- A run: what it was asked for. key: hash of every option that changes rows.
        create table run(
            id integer primary key,
            key text not null unique,
            kind text not null,
            options text not null,
            created_at text not null,
            finished_at text);

        -- A row (RowJson), in the order of epoch and ordinal within its run.
        create table row(
            id integer primary key,
            row_id text not null unique,
            run_id integer not null references run(id) on delete cascade,
            epoch integer not null,
            ordinal integer not null,
            dataset text not null,
            source_language text not null,
            target_language text not null,
            concept text,
            verdict text not null,
            status text not null,
            json blob not null,
            unique(run_id, epoch, ordinal));

        -- Snippets a row was made from, holds or was shown.
        create table row_snippet(
            row_id integer not null references row(id) on delete cascade,
            snippet text not null,
            role text not null,
            repository text not null,
            primary key(row_id, snippet, role)) without rowid;
        create index row_snippet_snippet on row_snippet(snippet);
        create index row_snippet_repository on row_snippet(repository);

        -- What a licence wants to be told of: its text and copyright lines, once each.
        create table notice(
            id text primary key,
            spdx text not null,
            repository text not null,
            source text not null,
            text text not null) without rowid;
        """;
}
