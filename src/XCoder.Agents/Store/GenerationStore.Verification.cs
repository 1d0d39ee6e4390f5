using Dapper;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Store;

/// <content>What was checked of rows after they were written.</content>
public sealed partial class GenerationStore
{
    /// <summary>Rows by id, in the order given; those that are not there are left out.</summary>
    public IReadOnlyList<InstructionRow> FindRows(IEnumerable<string> ids) => Guard(() =>
        ids.Select(id => _connection.QuerySingleOrDefault<byte[]>("select json from row where row_id = @id", new { id })).OfType<byte[]>().Select(json => RowJson.Read(json)).ToList());

    /// <summary>Puts what was checked into rows, all or none. Rows that are gone meanwhile are left alone.</summary>
    /// <param name="rows">The rows with what was found: verification, candidates, preferences, verdict; all else stays as it is stored.</param>
    public void PutVerified(IEnumerable<InstructionRow> rows) => Write(() =>
    {
        foreach (var row in rows)
        {
            if (_connection.QuerySingleOrDefault<byte[]>("select json from row where row_id = @Id", new { row.Id }) is { } json)
            {
                var found = RowJson.Read(json) with { Verification = row.Verification, Candidates = row.Candidates, Preferences = row.Preferences, Critique = row.Critique };
                _connection.Execute("update row set status = @Status, verdict = @verdict, json = @json where row_id = @Id", new { row.Id, Status = RowNames.Of(row.Verification.Status), verdict = RowNames.Of(row.Critique.Verdict), json = RowJson.Write(found) });
            }
        }

        return true;
    });
}
