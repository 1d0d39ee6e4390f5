using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Describes a kind of duplicates: its name, the search that finds it, the data that the search needs, and the texts for
/// SARIF. <see cref="All"/> is the table of all kinds. To add a kind, add a value to <see cref="DuplicateKind"/>, a class
/// that finds it, and an entry in the table.
/// </summary>
public sealed record DuplicateRule
{
    internal DuplicateRule()
    {
    }

    /// <summary>One rule per kind, in the order of <see cref="DuplicateKind"/>: snippets, strongest evidence first, then files.</summary>
    public static IReadOnlyList<DuplicateRule> All { get; } =
    [
        new()
        {
            Kind = DuplicateKind.Exact,
            Name = "exact",
            Measure = "hash",
            Finder = static (search, _) => EqualGroups.Find(DuplicateKind.Exact, search.Exact, search, contents: 1),
            IsCertain = true,
            Precision = "very-high",
            Meaning = static _ => "The code is equal except for comments and for layout that has no meaning in the language.",
            Advice = "Keep one copy, the representative, and call it from the other places.",
            Relation = static (_, _) => "equals",
        },
        new()
        {
            Kind = DuplicateKind.Renamed,
            Name = "renamed",
            Measure = "hash",
            Finder = static (search, _) => EqualGroups.Find(DuplicateKind.Renamed, search.Renamed, search, contents: 2),
            IsCertain = true,
            Precision = "very-high",
            Meaning = static _ => "The code is equal except for names, literals, layout and comments.",
            Advice = "Keep one copy and make what differs a parameter.",
            Relation = static (_, _) => "equals, except for names, literals and layout,",
        },
        new()
        {
            Kind = DuplicateKind.Near,
            Name = "near",
            Measure = "jaccard",
            NeedsTokens = true,
            Finder = NearGroups.Find,
            Precision = "high",
            Meaning = static options => $"The code shares most of its tokens: Jaccard similarity of {options.ShingleSize}-token shingles "
                + $"at or above {NumberText.Plain(options.Threshold)}.",
            Advice = "Compare the copies: a fix in one is often missing in the other. Keep one and make what differs a parameter.",
            Relation = static (group, _) => $"resembles (Jaccard {NumberText.Similarity(group.Similarity)} or more)",
            Parameters =
            [
                ("threshold", static options => options.Threshold), ("shingleSize", static options => options.ShingleSize),
                ("bands", static options => options.Bands), ("rows", static options => options.Rows),
            ],
        },
        new()
        {
            Kind = DuplicateKind.Semantic,
            Name = "semantic",
            Measure = "cosine",
            NeedsVectors = true,
            Finder = SemanticFinder.Find,
            Precision = "medium",
            Meaning = static _ =>
                "The code appears to do the same but is written differently: the cosine of the embeddings is higher than usual for either, "
                + "shared words confirm it, and neither has a better partner in the other's repository and language.",
            Advice = "Compare the copies, and keep one if they do the same.",
            Relation = static (group, basis) => $"appears to do the same as (cosine {NumberText.Similarity(group.Similarity)} or "
                + $"more{(basis is null ? "" : $", margin {NumberText.Similarity(group.Margin ?? 1)}, "
                    + $"threshold {NumberText.Plain(group.IsUnrelated ? basis.UnrelatedThreshold : basis.Threshold)}")})",
        },
        new()
        {
            Kind = DuplicateKind.File,
            Name = "file",
            Measure = "hash",
            Finder = static (search, _) =>
                search.Files.MemberCount == 0 ? null : EqualGroups.Find(DuplicateKind.File, search.Files, search, contents: 1),
            IsCertain = true,
            Precision = "very-high",
            Meaning = static _ => "The files are equal byte for byte.",
            Advice = "Keep one file, the representative, and use it from the other places.",
            Relation = static (_, _) => "equals, byte for byte,",
        },
    ];

    /// <summary>The kinds that are found without an embedding model.</summary>
    public static IReadOnlyList<DuplicateKind> WithoutVectors { get; } =
        [.. All.Where(static rule => !rule.NeedsVectors).Select(static rule => rule.Kind)];

    /// <summary>The kind.</summary>
    public required DuplicateKind Kind { get; init; }

    /// <summary>The kind's name in lower case, as in options and reports.</summary>
    public required string Name { get; init; }

    /// <summary>Measure of a group's similarity: <c>hash</c>, <c>jaccard</c> or <c>cosine</c>.</summary>
    public required string Measure { get; init; }

    /// <summary>Whether the search for this kind must read the tokens of files. Default: no.</summary>
    public bool NeedsTokens { get; init; }

    /// <summary>
    /// Whether the search for this kind compares embeddings, so that its groups depend on a model and a threshold (<see
    /// cref="SemanticBasis"/>). Default: no.
    /// </summary>
    public bool NeedsVectors { get; init; }

    /// <summary>Finds the groups; returns null if the search lacks the data that the kind needs.</summary>
    internal Func<DuplicateSearch, CancellationToken, IEnumerable<FoundGroup>?> Finder { get; init; } = static (_, _) => null;

    /// <summary>Whether a group is certainly a duplicate; SARIF reports it as a warning, others as notes. Default: no.</summary>
    internal bool IsCertain { get; init; }

    /// <summary>SARIF's precision of the rule: <c>very-high</c>, <c>high</c>, <c>medium</c> or <c>low</c>.</summary>
    internal string Precision { get; init; } = "medium";

    /// <summary>Returns a sentence that defines the kind, with the values of the options that were used.</summary>
    internal Func<DuplicateOptions, string> Meaning { get; init; } = static _ => "";

    /// <summary>What to do about a group.</summary>
    internal string Advice { get; init; } = "";

    /// <summary>Returns the verb phrase between the names of two members.</summary>
    internal Func<DuplicateGroup, SemanticBasis?, string> Relation { get; init; } = static (_, _) => "";

    /// <summary>Options that SARIF lists with the rule. Default: none.</summary>
    internal IReadOnlyList<(string Name, Func<DuplicateOptions, double> Value)> Parameters { get; init; } = [];

    /// <summary>The rule of a kind.</summary>
    public static DuplicateRule Of(DuplicateKind kind) => All[(int)kind];

    /// <summary>Finds a rule by the name of its kind; null if there is none.</summary>
    public static DuplicateRule? Find(string? name) => All.FirstOrDefault(rule => rule.Name == name);
}
