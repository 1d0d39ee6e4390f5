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

/// <summary>What rows are mined from, and which.</summary>
public sealed record MiningQuery
{
    /// <summary>How many, which tasks and languages.</summary>
    public MiningOptions Options { get; init; } = new();

    /// <summary>Licences that may enter rows. Default: any.</summary>
    public LicencePolicy Licences { get; init; } = LicencePolicy.Parse("any");

    /// <summary>Name of the repository that rows are made of; null for all.</summary>
    public string? Repository { get; init; }

    /// <summary>Benchmarks that nothing may come from. Default: those that ship.</summary>
    public ContaminationDetector Benchmarks { get; init; } = BenchmarkLibrary.Shipped;
}

/// <summary>What mining did.</summary>
/// <param name="Summary">Rows by task and direction, and what came to none.</param>
/// <param name="Basis">Model and threshold of the pairs.</param>
public sealed record MiningResult(MinedSummary Summary, SemanticBasis Basis);

public sealed partial class RowWorkspace
{
    /// <summary>Mines rows of real parallel code, without any chat model, and stores them.</summary>
    /// <param name="query">Which rows; null for all.</param>
    /// <param name="lines">Receives each row as a JSON line, names of people in its lineage replaced; null for none.</param>
    /// <param name="cancellation">Ends the run; what was stored is kept.</param>
    /// <exception cref="RequestException">There is no such repository or language.</exception>
    /// <exception cref="StoreException">The workspace cannot be written, or nothing is indexed.</exception>
    /// <exception cref="XCoder.Analysis.Embeddings.Runtime.EmbeddingException">The model cannot be used.</exception>
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

    /// <summary>Marks stored rows that hold parts of benchmarks, so that no export holds them.</summary>
    /// <param name="benchmarks">The benchmarks.</param>
    /// <param name="cancellation">Ends the work; nothing is marked then.</param>
    /// <returns>Rows looked at, and those that were marked, now or before.</returns>
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
