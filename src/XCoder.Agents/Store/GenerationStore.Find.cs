using Dapper;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Store;

/// <content>Single rows.</content>
public sealed partial class GenerationStore
{
    /// <summary>The row with an id, or null.</summary>
    public InstructionRow? Find(string id) =>
        Guard(() => _connection.QuerySingleOrDefault<byte[]>("select json from row where row_id = @id", new { id })) is { } json ? Guard(() => RowJson.Read(json)) : null;
}
