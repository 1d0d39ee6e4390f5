using System.Text.Json.Serialization;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Reports;

/// <summary>All that the reports of a run show; every format renders this one record.</summary>
public sealed record AnalysisReport
{
    /// <summary>Version of the tool.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>When the report was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Files, languages, repositories.</summary>
    public required CoverageReport Coverage { get; init; }

    /// <summary>Options the duplicates were found with.</summary>
    public required DuplicateOptions DuplicateOptions { get; init; }

    /// <summary>What semantic duplicates rest on; null where none were looked for.</summary>
    public SemanticBasis? Semantic { get; init; }

    /// <summary>Concepts by language and what languages lack; null where the snippets are not embedded.</summary>
    public ConceptReport? Concepts { get; init; }

    /// <summary>
    /// Kinds of duplicates that were looked for; a kind without groups is reported as none. Default exact, renamed and near.
    /// </summary>
    public IReadOnlyList<DuplicateKind> Kinds { get; init; } = DuplicateRule.WithoutVectors;

    /// <summary>
    /// Snippets that were compared (those with <see cref="DuplicateOptions.MinTokens"/> tokens or more): what shares are shares of.
    /// </summary>
    public required int ComparedSnippets { get; init; }

    /// <summary>Duplicate groups, exact first, then by repeated tokens, descending.</summary>
    public required IReadOnlyList<DuplicateGroup> Groups { get; init; }

    /// <summary>Snippets by size class: upper bound in tokens → number; the last bound is <see cref="int.MaxValue"/>.</summary>
    public required IReadOnlyList<KeyValuePair<int, int>> Sizes { get; init; }

    /// <summary>Seconds by stage, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Timings { get; init; }

    /// <summary>Absolute path of each repository's work tree by its name; SARIF resolves paths against it. Default none.</summary>
    public IReadOnlyDictionary<string, string> Roots { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Snippets that pages show of cells of the matrix of <see cref="Concepts"/>. Default none: only each concept's representative is
    /// shown. Pages alone need them: not serialised.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<ConceptSample> ConceptSamples { get; init; } = [];

    /// <summary>Snippets in the plane; null where none was made: the page has no map then. Not serialised.</summary>
    [JsonIgnore]
    public MapData? Map { get; init; }
}

/// <summary>Concepts by language and what is missing, with what both rest on.</summary>
public sealed record ConceptReport
{
    /// <summary>Concepts by language.</summary>
    public required ConceptMatrix Matrix { get; init; }

    /// <summary>Concepts that languages lack, highest score first.</summary>
    public required IReadOnlyList<ConceptGap> Gaps { get; init; }

    /// <summary>How many gaps there are in all.</summary>
    public int AllGaps { get; init; }

    /// <summary>The threshold from which on something near fills a gap, the model, the precision expected.</summary>
    public required SemanticBasis Basis { get; init; }

    /// <summary>The language that gaps were asked for, or null for all.</summary>
    public string? Language { get; init; }

    /// <summary>Functions without a partner in <see cref="Language"/>; null where they were not asked for.</summary>
    public IReadOnlyList<FunctionGap>? Functions { get; init; }

    /// <summary>How many such functions there are in all.</summary>
    public int AllFunctions { get; init; }
}
