using Dapper;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Storage;

/// <content>What was checked of rows after they were written.</content>
public sealed partial class GenerationStore
{
    /// <summary>Rows by id, in the order given; those that are not there are left out.</summary>
    public IReadOnlyList<InstructionRow> FindRows(IEnumerable<string> ids) => Guard(() =>
        ids.Select(id => _connection.QuerySingleOrDefault<byte[]>("select json from row where row_id = @id", new { id })).OfType<byte[]>().Select(json => RowJson.Read(json)).ToList());

    /// <summary>Puts what was checked, and the verdict that follows from it, into rows, all or none. Rows that are gone meanwhile are left alone.</summary>
    /// <param name="found">What was found, by row id.</param>
    public void PutVerdicts(IEnumerable<(string Row, RowVerification Verification, RowCritique Critique)> found) => Write(() =>
    {
        foreach (var (id, verification, critique) in found)
        {
            if (_connection.QuerySingleOrDefault<byte[]>("select json from row where row_id = @id", new { id }) is { } json)
            {
                var row = RowJson.Read(json) with { Verification = verification, Critique = critique };
                _connection.Execute("update row set status = @Status, verdict = @verdict, json = @json where row_id = @id", new { id, verification.Status, verdict = RowNames.Of(critique.Verdict), json = RowJson.Write(row) });
            }
        }

        return true;
    });

    /// <summary>Puts what was checked into rows, all or none. Rows that are gone meanwhile are left alone.</summary>
    /// <param name="found">What was found, by row id.</param>
    public void PutVerifications(IEnumerable<(string Row, RowVerification Verification)> found) => Write(() =>
    {
        foreach (var (id, verification) in found)
        {
            if (_connection.QuerySingleOrDefault<byte[]>("select json from row where row_id = @id", new { id }) is { } json)
            {
                var row = RowJson.Read(json) with { Verification = verification };
                _connection.Execute("update row set status = @Status, json = @json where row_id = @id", new { id, verification.Status, json = RowJson.Write(row) });
            }
        }

        return true;
    });
}
