using Dapper;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Store;

/// <content>Rows that hold parts of benchmarks.</content>
public sealed partial class GenerationStore
{
    /// <summary>Stores the evidence that rows hold parts of benchmarks; they are kept, and no export holds them.</summary>
    /// <param name="rows">The rows with their evidence; all or none are marked.</param>
    /// <returns>How many were marked.</returns>
    public int MarkContaminated(IEnumerable<InstructionRow> rows) => Write(() =>
        rows.Where(row => row.Contamination is not null).Sum(row => _connection.Execute("update row set json = @json, verdict = @verdict where row_id = @Id", new { row.Id, verdict = RowNames.Of(row.Critique.Verdict), json = RowJson.Write(row) })));
}
