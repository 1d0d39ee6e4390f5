namespace XCoder.Agents.Store;

/// <summary>The tables of recorded replies.</summary>
internal static class ReplySchema
{
    public const string Sql = """
        -- A reply of the chat model under the content address of its request; never requested again.
        create table request(
            id integer primary key,
            key text not null unique,
            run_id integer,
            role text not null,
            model text not null,
            text text not null,
            refusal text,
            finish text not null,
            prompt_tokens integer not null,
            completion_tokens integer not null,
            milliseconds integer not null,
            created_at text not null);
        create index request_run on request(run_id);

        -- Repositories whose text a request holds.
        create table request_repository(
            request_id integer not null references request(id) on delete cascade,
            repository text not null,
            primary key(request_id, repository)) without rowid;
        create index request_repository_repository on request_repository(repository);
        """;
}
