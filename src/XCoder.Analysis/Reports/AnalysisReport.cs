using System.Text.Json.Serialization;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;
using XCoder.Analysis.Settings;

namespace XCoder.Analysis.Reports;

/// <summary>The content of a run's reports; every format renders this record.</summary>
public sealed record AnalysisReport
{
    /// <summary>Version of XCoder.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>When the report was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Counts of files, languages and repositories.</summary>
    public required CoverageReport Coverage { get; init; }

    /// <summary>Options with which the duplicates were found.</summary>
    public required DuplicateOptions DuplicateOptions { get; init; }

    /// <summary>Model and threshold of semantic duplicates; null if they were not searched for.</summary>
    public SemanticBasis? Semantic { get; init; }

    /// <summary>Concepts by language, and gaps; null if the snippets are not embedded.</summary>
    public ConceptReport? Concepts { get; init; }

    /// <summary>
    /// Kinds of duplicates that were looked for; a kind without groups is reported as none. Default exact, renamed and near.
    /// </summary>
    public IReadOnlyList<DuplicateKind> Kinds { get; init; } = DuplicateRule.WithoutVectors;

    /// <summary>Whether the groups are those that are new since a baseline. Default: all groups.</summary>
    public bool IsAgainstBaseline { get; init; }

    /// <summary>
    /// Number of snippets that were compared, because they have <see cref="DuplicateOptions.MinTokens"/> tokens or
    /// more; shares refer to it.
    /// </summary>
    public required int ComparedSnippets { get; init; }

    /// <summary>Number of tokens of the functions and structures outside tests; those within others are not counted again.</summary>
    public long ProductionTokens { get; init; }

    /// <summary>Sections whose groups reports for people do not list unless asked. Default none.</summary>
    public IReadOnlyList<DuplicateSection> Hidden { get; init; } = [];

    /// <summary>Duplicate groups, ordered by kind, exact first, then by repeated tokens, descending.</summary>
    public required IReadOnlyList<DuplicateGroup> Groups { get; init; }

    /// <summary>Groups of which members are left out, because comments or settings say so. Default none.</summary>
    public IReadOnlyList<IgnoredGroup> Ignored { get; init; } = [];

    /// <summary>Number of snippets by size: upper bound in tokens → number; the last bound is <see cref="int.MaxValue"/>.</summary>
    public required IReadOnlyList<KeyValuePair<int, int>> Sizes { get; init; }

    /// <summary>Seconds of each stage, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Timings { get; init; }

    /// <summary>Absolute path of each repository's work tree, by repository name; SARIF resolves paths against it. Default none.</summary>
    public IReadOnlyDictionary<string, string> Roots { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Snippets that the HTML page shows for cells of the concept matrix. Default none: the page then shows only each
    /// concept's representative. Not serialised, because only the page needs them.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<ConceptSample> ConceptSamples { get; init; } = [];

    /// <summary>Snippets in the plane; null if there is no map, in which case the page omits it. Not serialised.</summary>
    [JsonIgnore]
    public MapData? Map { get; init; }
}

/// <summary>Concepts by language, gaps, and the model and threshold on which both are based.</summary>
public sealed record ConceptReport
{
    /// <summary>Concepts by language.</summary>
    public required ConceptMatrix Matrix { get; init; }

    /// <summary>Concepts that languages lack, highest score first.</summary>
    public required IReadOnlyList<ConceptGap> Gaps { get; init; }

    /// <summary>Total number of gaps.</summary>
    public int AllGaps { get; init; }

    /// <summary>The model, the margin from which a near function fills a gap, and the expected precision.</summary>
    public required SemanticBasis Basis { get; init; }

    /// <summary>The language whose gaps were requested, or null for all.</summary>
    public string? Language { get; init; }

    /// <summary>Functions without a partner in <see cref="Language"/>; null if they were not requested.</summary>
    public IReadOnlyList<FunctionGap>? Functions { get; init; }

    /// <summary>Total number of such functions.</summary>
    public int AllFunctions { get; init; }
}
