namespace XCoder.Agents.Store;

/// <summary>The table of exports, which version 1 had not.</summary>
internal static class ExportSchema
{
    public const string Sql = """

        -- Where rows were exported to: a purge looks there.
        create table export(
            path text primary key,
            created_at text not null) without rowid;
        """;
}
