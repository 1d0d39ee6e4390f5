using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Changes;

/// <summary>One thing that a reviewer of a change may want to know.</summary>
public sealed record ChangeFinding
{
    /// <summary>What the change did.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The evidence that the first of the others is a copy.</summary>
    public required DuplicateKind Evidence { get; init; }

    /// <summary>
    /// Similarity to the first of the others, in [0, 1]: 1 for exact and renamed copies and files, Jaccard for near ones, cosine for
    /// semantic ones. Of a twin, that before the change.
    /// </summary>
    public required double Similarity { get; init; }

    /// <summary>The similarity before the change, where it rose; else null.</summary>
    public double? Before { get; init; }

    /// <summary>The margin of semantic evidence; else null.</summary>
    public double? Margin { get; init; }

    /// <summary>The changed code.</summary>
    public required Snippet Snippet { get; init; }

    /// <summary>The other places, the one to keep first; at least one.</summary>
    public required IReadOnlyList<Snippet> Others { get; init; }

    /// <summary>Further places at which the change did the same, to copies of the same. Default none.</summary>
    public IReadOnlyList<Snippet> Also { get; init; } = [];

    /// <summary>All places but the first: those of the same change, then the others.</summary>
    internal IEnumerable<Snippet> Rest => Also.Concat(Others);

    /// <summary>Stable id of the code and its copies, as that of a group of duplicates: it does not change when files move.</summary>
    public required string Group { get; init; }

    /// <summary>Whether the languages differ; a dialect counts as its base language.</summary>
    public bool IsCrossLanguage { get; init; }

    /// <summary>One sentence about it, for people. Names in it are not yet made safe for a terminal.</summary>
    public required string Message { get; init; }

    /// <summary>What its kind means.</summary>
    public ChangeRule Rule => ChangeRule.Of(Kind);

    /// <summary>Whether it is about test code: the code itself is, or all of the others are.</summary>
    public bool IsTest => (Snippet.IsTest && Also.All(static also => also.IsTest)) || Others.All(static other => other.IsTest);

    /// <summary>Whether it is a new duplicate that could be removed: in one language and outside tests.</summary>
    public bool Gates => Rule.IsDuplicate && !IsTest && !IsCrossLanguage;

    /// <summary>
    /// <c>warning</c>, <c>note</c> or <c>information</c>. Warnings are what needs a look: new duplicates outside tests, and equal
    /// twins that were not changed.
    /// </summary>
    public string Severity => Rule.IsInformation ? "information"
        : Gates || (Kind == ChangeKind.Twin && !IsTest && Evidence != DuplicateKind.Near) ? "warning" : "note";
}

/// <summary>What a change does to the duplicates of a repository; every format renders this record.</summary>
public sealed record ChangeReport
{
    /// <summary>Version of XCoder.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>When the report was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The repository that was checked.</summary>
    public required Repository Repository { get; init; }

    /// <summary>The revision as the user gave it.</summary>
    public required string Revision { get; init; }

    /// <summary>The commit with which the work tree was compared, 40 hex digits.</summary>
    public required string Base { get; init; }

    /// <summary>Whether that is not the revision's commit but the one from which it and HEAD came.</summary>
    public bool IsMergeBase { get; init; }

    /// <summary>The source files that changed, ordered by path.</summary>
    public required IReadOnlyList<FileChange> Files { get; init; }

    /// <summary>The findings: those in tests last, then by kind, path and line.</summary>
    public required IReadOnlyList<ChangeFinding> Findings { get; init; }

    /// <summary>
    /// Findings that are left out, because comments, settings or entries say so. Default none. They are not in
    /// <see cref="Findings"/>, and no gate counts them.
    /// </summary>
    public IReadOnlyList<IgnoredFinding> Ignored { get; init; } = [];

    /// <summary>
    /// Source code that the change brings and that was not read, because it is generated, vendored, too large or the like. Default none.
    /// No gate counts what is in it.
    /// </summary>
    public IReadOnlyList<UnreadChange> Unread { get; init; } = [];

    /// <summary>Tokens of new and edited functions and new structures outside tests.</summary>
    public required long ChangedTokens { get; init; }

    /// <summary>How many of them are in new duplicates that could be removed.</summary>
    public required long DuplicatedTokens { get; init; }

    /// <summary>Files that should have been read but were not.</summary>
    public required IReadOnlyList<FileLoss> Losses { get; init; }

    /// <summary>Options of the search.</summary>
    public required DuplicateOptions Options { get; init; }

    /// <summary>Model and threshold of semantic findings; null if none were looked for.</summary>
    public SemanticBasis? Basis { get; init; }

    /// <summary>Seconds of each stage, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, double>> Timings { get; init; }

    /// <summary>Absolute path of each repository's work tree, by repository name.</summary>
    public IReadOnlyDictionary<string, string> Roots { get; init; } = new Dictionary<string, string>();

    /// <summary>Orders findings as reports show them: those in tests last, then by kind, path and line.</summary>
    internal static IReadOnlyList<ChangeFinding> Order(IEnumerable<ChangeFinding> findings) =>
        [.. findings.OrderBy(static finding => finding.IsTest).ThenBy(static finding => finding.Kind)
            .ThenBy(static finding => finding.Snippet.Path, StringComparer.Ordinal).ThenBy(static finding => finding.Snippet.Span.StartLine)
            .ThenBy(static finding => finding.Snippet.Id, StringComparer.Ordinal)];

    /// <summary>What makes the check fail; null if nothing does.</summary>
    public ChangeGate? Gate { get; init; }

    /// <summary>Whether the check fails.</summary>
    public bool Fails => Gate?.Fails(this) == true;

    /// <summary>The share of changed code that is duplicated, in [0, 1]; 0 where no code changed.</summary>
    public double DuplicatedShare => ChangedTokens == 0 ? 0 : (double)DuplicatedTokens / ChangedTokens;
}
