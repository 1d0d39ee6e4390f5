using XCoder.Agents.Decontamination;
using XCoder.Agents.Export;
using XCoder.Agents.Licences;
using XCoder.Agents.Mining;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Store;

namespace XCoder.Agents;

/// <summary>What rows are mined from, and how.</summary>
public sealed record MiningQuery
{
    /// <summary>How many rows, and which tasks and languages.</summary>
    public MiningOptions Options { get; init; } = new();

    /// <summary>Licences that may enter rows. Default: any.</summary>
    public LicencePolicy Licences { get; init; } = LicencePolicy.Parse("any");

    /// <summary>Name of the repository that rows are mined from; null for all.</summary>
    public string? Repository { get; init; }

    /// <summary>Benchmarks that rows must not contain. Default: those that ship with the tool.</summary>
    public ContaminationDetector Benchmarks { get => field ?? BenchmarkLibrary.Shipped; init; }
}

/// <summary>The result of mining.</summary>
/// <param name="Summary">Rows by task and direction, and rejects by reason.</param>
/// <param name="Basis">Model and threshold behind the pairs.</param>
public sealed record MiningResult(MinedSummary Summary, SemanticBasis Basis);

public sealed partial class RowWorkspace
{
    /// <summary>Mines rows from existing parallel code, without a chat model, and stores them.</summary>
    /// <param name="query">What to mine; null for everything.</param>
    /// <param name="lines">Receives each row as a JSON line, with names of people in its lineage replaced; null for none.</param>
    /// <param name="cancellation">Ends the run; rows stored so far are kept.</param>
    /// <exception cref="RequestException">The repository or language does not exist.</exception>
    /// <exception cref="StoreException">The workspace cannot be written, or nothing is indexed.</exception>
    /// <exception cref="XCoder.Analysis.Embeddings.Runtime.EmbeddingException">The embedding model cannot be used.</exception>
    public MiningResult Mine(MiningQuery? query = null, Stream? lines = null, CancellationToken cancellation = default)
    {
        query ??= new MiningQuery();
        using (var store = code.OpenStore())
        {
            _ = code.Select(store, query.Repository);
        }

        var state = code.OpenConcepts(cancellation);
        using var hold = code.Hold(cancellation);
        using var rows = GenerationStore.Open(code.Folder);
        var inputs = new MinedInputs
        {
            Workspace = hold.Folder,
            Concepts = state.Concepts,
            Rule = state.Semantic.Rule,
            Basis = state.Semantic.Basis,
            Catalog = code.Catalog,
            Wordings = MinedTemplates.Load(MinedTemplates.DefaultFolder),
            Licences = query.Licences,
            Repository = query.Repository,
            Benchmarks = query.Benchmarks,
        };
        var guard = lines is null ? null : new LineageGuard(ExportMark.Of(code.Folder));
        var summary = new MinedRun(inputs, query.Options).Run(rows, lines is null ? null : Write, code.Options.Progress, cancellation);
        return new MiningResult(summary, state.Semantic.Basis);

        void Write(InstructionRow row)
        {
            lines.Write(RowJson.Write(guard!.Apply(row)));
            lines.WriteByte((byte)'\n');
        }
    }

    /// <summary>Marks stored rows that contain parts of benchmarks, so that exports leave them out.</summary>
    /// <param name="benchmarks">The benchmarks.</param>
    /// <param name="cancellation">Ends the work; then nothing is marked.</param>
    /// <returns>The number of rows examined, and the rows marked now or before.</returns>
    /// <exception cref="StoreException">The workspace cannot be written, or nothing was generated.</exception>
    public (int Seen, IReadOnlyList<InstructionRow> Contaminated) MarkContaminated(ContaminationDetector benchmarks,
        CancellationToken cancellation = default)
    {
        using var hold = code.Hold(cancellation);
        using var rows = OpenRows();
        var (seen, found) = (0, new List<InstructionRow>());
        foreach (var row in rows.Rows())
        {
            cancellation.ThrowIfCancellationRequested();
            seen++;
            if ((row.Contamination ?? benchmarks.Find(row)) is { } what)
            {
                found.Add(what.Reject(row));
            }
        }

        rows.MarkContaminated(found);
        return (seen, found);
    }
}
