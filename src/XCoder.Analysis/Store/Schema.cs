namespace XCoder.Analysis.Store;

/// <summary>The tables. <see cref="Version"/> is kept in SQLite's <c>user_version</c>.</summary>
internal static class Schema
{
    public const int Version = 2;

    /// <summary>What made the tables of a version, or null.</summary>
    public static string? Of(int version) => version switch { 1 => Tables, Version => Sql, _ => null };

    /// <summary>Version 1 had all but these.</summary>
    public const string Embeddings = """
        -- Embedding models by the hash of their files: vectors of two models never meet.
        create table model(
            id integer primary key,
            hash text not null unique,
            name text not null,
            dimension integer not null);

        -- A vector (float16, little-endian, length 1) a distinct input of a model; key: hash of what the model reads.
        create table embedding(
            id integer primary key,
            model_id integer not null references model(id) on delete cascade,
            key blob not null,
            vector blob not null,
            unique(model_id, key));

        create table snippet_embedding(
            snippet_id integer not null references snippet(id) on delete cascade,
            model_id integer not null references model(id) on delete cascade,
            embedding_id integer not null references embedding(id) on delete cascade,
            primary key(snippet_id, model_id)) without rowid;
        create index snippet_embedding_embedding on snippet_embedding(embedding_id);

        """;

    public const string Sql = Embeddings + Tables;

    private const string Tables = """
        -- generation: another text whenever anything else is stored.
        create table state(key text primary key, value text not null) without rowid;
        insert into state values('generation', hex(randomblob(16)));

        create table repository(
            id integer primary key,
            name text not null unique,
            root text not null unique,
            remote text,
            commit_id text);

        -- A parsed file: its text (Brotli), its token stream (TokenStream.Encode) and what extraction depends on.
        create table file(
            id integer primary key,
            repository_id integer not null references repository(id) on delete cascade,
            path text not null,
            language text not null,
            hash text not null,
            extractor text not null,
            bytes integer not null,
            has_errors integer not null,
            invalid_bytes integer not null,
            inactive_bytes integer not null,
            licence text,
            licence_source text,
            imports text,
            content blob not null,
            tokens blob not null,
            unique(repository_id, path));

        -- Files left out, one row a file, or one a pruned folder (path ends in /) with the number of files in it.
        create table skip(
            repository_id integer not null references repository(id) on delete cascade,
            path text not null,
            reason text not null,
            files integer not null,
            language text,
            detail text,
            primary key(repository_id, path)) without rowid;

        create table snippet(
            id integer primary key,
            snippet_id text not null unique,
            file_id integer not null references file(id) on delete cascade,
            ordinal integer not null,
            parent integer not null,
            kind integer not null,
            form text,
            name text not null,
            qualified_name text not null,
            start_byte integer not null,
            end_byte integer not null,
            start_line integer not null,
            end_line integer not null,
            first_token integer not null,
            tokens integer not null,
            signature text not null,
            documentation text,
            parameters text,
            decorators text,
            imports text,
            is_test integer not null,
            has_errors integer not null,
            exact_hash blob not null,
            renamed_hash blob not null,
            resolved text);
        create index snippet_file on snippet(file_id, ordinal);

        -- A file whose parser hung or died: skipped while its content is this.
        create table quarantine(
            repository text not null,
            path text not null,
            hash text,
            detail text not null,
            primary key(repository, path)) without rowid;
        """;
}
