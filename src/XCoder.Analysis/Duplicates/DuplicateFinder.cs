using XCoder.Analysis.Model;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Finds exact, renamed, near and semantic duplicates in a corpus. Per snippet it keeps its facts (64 bytes), a MinHash
/// signature (2 bytes per value) and two class numbers. Shingle sets exist only while pairs are verified.
/// </summary>
/// <remarks>
/// Callables are compared only with callables, structures only with structures. A snippet and one that it contains are
/// never a pair: a group keeps the outer one. The result depends only on the input, not on the number of
/// threads.
/// </remarks>
internal sealed class DuplicateFinder
{
    private readonly DuplicateOptions _options;

    /// <summary>Creates a finder and validates its options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public DuplicateFinder(DuplicateOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <summary>Finds the duplicate groups.</summary>
    /// <param name="snippets">
    /// The corpus, ordered by repository, path and position. An array is used directly; anything else is enumerated
    /// once.
    /// </param>
    /// <param name="tokens">
    /// Returns the token hashes of a file by its ordinal; null searches only for exact and renamed duplicates. <see
    /// cref="DuplicateOptions.Threads"/> threads call it at once, in roughly ascending order, at least twice per file.
    /// </param>
    /// <param name="semantic">Near pairs among which to search for semantic duplicates; null searches for none.</param>
    /// <param name="cancellation">Cancels the search.</param>
    /// <exception cref="ArgumentException">The file ordinals are not in ascending order.</exception>
    public DuplicateResult Find(IEnumerable<SnippetFacts> snippets, Func<int, TokenHashes>? tokens, SemanticSearch? semantic = null,
        CancellationToken cancellation = default)
    {
        var facts = snippets as SnippetFacts[] ?? [.. snippets];
        for (var i = 1; i < facts.Length; i++)
        {
            if (facts[i].File < facts[i - 1].File)
            {
                throw new ArgumentException(
                    $"Snippets are not in the order of files: file {facts[i].File} at {i} follows file {facts[i - 1].File}.",
                    nameof(snippets));
            }
        }

        var search = new DuplicateSearch(_options, facts, tokens, semantic);
        var (groups, kinds) = (new List<FoundGroup>(), new List<DuplicateKind>());
        foreach (var rule in DuplicateRule.All)
        {
            if (rule.Finder(search, cancellation) is { } found)
            {
                kinds.Add(rule.Kind);
                groups.AddRange(found);
            }
        }

        return Result(facts, groups, kinds, search.Exact.MemberCount, search.VerifiedPairs);
    }

    // Snippets are in the order of their files and positions, so an outer one comes first.
    private static long ProductionTokens(SnippetFacts[] facts)
    {
        var (tokens, file, end) = (0L, -1, 0);
        foreach (ref readonly var fact in facts.AsSpan())
        {
            if (!fact.IsFile && (fact.Traits & SnippetTraits.Test) == 0 && (fact.File != file || fact.StartByte >= end))
            {
                (tokens, file, end) = (tokens + fact.TokenCount, fact.File, fact.EndByte);
            }
        }

        return tokens;
    }

    private static DuplicateResult Result(SnippetFacts[] facts, List<FoundGroup> groups, IEnumerable<DuplicateKind> kinds, int compared,
        long verified)
    {
        groups.Sort(static (a, b) =>
            a.Kind != b.Kind ? a.Kind.CompareTo(b.Kind)
            : a.RepeatedTokens != b.RepeatedTokens ? b.RepeatedTokens.CompareTo(a.RepeatedTokens)
            : a.Members[0] != b.Members[0] ? a.Members[0].CompareTo(b.Members[0])
            : string.CompareOrdinal(a.Group, b.Group));
        return new DuplicateResult
        {
            Groups = new Enclosures(facts, groups).Mark(),
            Shares = DuplicateShare.Count(groups, kinds, compared),
            Compared = compared,
            ProductionTokens = ProductionTokens(facts),
            TooShort = facts.Count(static fact => !fact.IsFile) - compared,
            VerifiedPairs = verified,
        };
    }
}

/// <summary>The data that the finders of all kinds share in one search.</summary>
/// <param name="options">Thresholds and limits.</param>
/// <param name="facts">The snippets.</param>
/// <param name="tokens">Token hashes of a file by its ordinal; null if no requested kind needs them.</param>
/// <param name="semantic">Near pairs among which to search for semantic duplicates; null searches for none.</param>
internal sealed class DuplicateSearch(DuplicateOptions options, SnippetFacts[] facts, Func<int, TokenHashes>? tokens,
    SemanticSearch? semantic)
{
    public DuplicateOptions Options => options;

    public SnippetFacts[] Facts => facts;

    public Func<int, TokenHashes>? Tokens => tokens;

    public SemanticSearch? Semantic => semantic;

    /// <summary>Snippets that are equal but for comments and layout without a meaning.</summary>
    public SnippetClasses Exact { get; } = new(facts, options.MinTokens, static snippet => snippet.Exact);

    /// <summary>Snippets that are equal once names and literals are abstracted.</summary>
    public SnippetClasses Renamed { get; } = new(facts, options.MinTokens, static snippet => snippet.Renamed);

    /// <summary>Files with equal bytes.</summary>
    public SnippetClasses Files { get; } = new(facts, options.MinFileTokens, static file => file.Exact, files: true);

    public GroupBuilder Builder { get; } = new(facts);

    /// <summary>Pairs of contents whose shingle sets were compared; finders add theirs.</summary>
    public long VerifiedPairs { get; set; }
}

/// <summary>Groups of snippets with equal fingerprints: exact and renamed duplicates.</summary>
internal static class EqualGroups
{
    /// <summary>Finds the groups.</summary>
    /// <param name="kind">The kind of all of them.</param>
    /// <param name="classes">Snippets by fingerprint.</param>
    /// <param name="search">The search.</param>
    /// <param name="contents">Least number of distinct contents in a group.</param>
    public static IEnumerable<FoundGroup> Find(DuplicateKind kind, SnippetClasses classes, DuplicateSearch search, int contents)
    {
        for (var number = 0; number < classes.Count; number++)
        {
            if (classes.Members(number).Length < 2)
            {
                continue;
            }

            var members = Nesting.Outermost(classes.Members(number).ToArray(), search.Facts);
            if (members.Length >= 2
                && (contents == 1 || members.Select(ordinal => search.Exact.Of[ordinal]).Distinct().Count() >= contents))
            {
                yield return search.Builder.Build(kind, members);
            }
        }
    }
}

/// <summary>The groups that a search for duplicates found, and how much it compared.</summary>
internal sealed record DuplicateResult
{
    /// <summary>Groups ordered by kind, strongest first, then by repeated tokens, descending.</summary>
    public required IReadOnlyList<FoundGroup> Groups { get; init; }

    /// <summary>For each kind searched for: number of groups, number of snippets, share.</summary>
    public required IReadOnlyList<DuplicateShare> Shares { get; init; }

    /// <summary>Snippets long enough to be compared.</summary>
    public required int Compared { get; init; }

    /// <summary>Number of tokens of the snippets outside tests that stand in no other such snippet.</summary>
    public required long ProductionTokens { get; init; }

    /// <summary>Snippets with fewer tokens than <see cref="DuplicateOptions.MinTokens"/>.</summary>
    public required int TooShort { get; init; }

    /// <summary>Pairs of contents whose shingle sets were compared because their signatures were similar.</summary>
    public required long VerifiedPairs { get; init; }
}

/// <summary>How much of a corpus one kind of duplicate affects.</summary>
/// <param name="Kind">The kind of duplicate.</param>
/// <param name="Groups">Number of groups.</param>
/// <param name="Snippets">Number of distinct snippets in the groups.</param>
/// <param name="Share">Those snippets as a share of all that were compared, in [0, 1].</param>
internal sealed record DuplicateShare(DuplicateKind Kind, int Groups, int Snippets, double Share)
{
    /// <summary>Counts groups by kind, strongest first, including kinds without a group.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="kinds">The kinds that were searched for.</param>
    /// <param name="compared">Number of snippets that were compared.</param>
    public static IReadOnlyList<DuplicateShare> Count(IEnumerable<FoundGroup> groups, IEnumerable<DuplicateKind> kinds, int compared)
    {
        var byKind = groups.ToLookup(static group => group.Kind);
        return [.. kinds.Order().Select(kind =>
        {
            var snippets = new HashSet<int>(byKind[kind].SelectMany(static group => group.Members)).Count;
            return new DuplicateShare(kind, byKind[kind].Count(), snippets, compared == 0 ? 0 : snippets / (double)compared);
        })];
    }
}

/// <summary>
/// Finds groups that only repeat what another group says, as the methods of two equal classes do. Every member of such
/// a group lies within, or is, a distinct member of the other group, and at least one lies strictly within.
/// </summary>
internal sealed class Enclosures
{
    private readonly SnippetFacts[] _snippets;
    private readonly List<FoundGroup> _groups;
    private readonly Dictionary<int, List<int>> _groupsOf = [];
    private readonly Dictionary<int, int> _parents = [];

    public Enclosures(SnippetFacts[] snippets, List<FoundGroup> groups)
    {
        (_snippets, _groups) = (snippets, groups);
        for (var number = 0; number < groups.Count; number++)
        {
            foreach (var member in groups[number].Members)
            {
                (_groupsOf.TryGetValue(member, out var of) ? of : _groupsOf[member] = []).Add(number);
            }
        }

        int[] grouped = [.. _groupsOf.Keys];
        Array.Sort(grouped, (a, b) => Nesting.Compare(snippets[a], snippets[b]) is var order && order != 0 ? order : a - b);
        var open = new Stack<int>();
        foreach (var ordinal in grouped)
        {
            while (open.TryPeek(out var top) && !snippets[top].Encloses(snippets[ordinal]))
            {
                open.Pop();
            }

            _parents[ordinal] = open.TryPeek(out var parent) ? parent : -1;
            open.Push(ordinal);
        }
    }

    /// <summary>Returns the groups, each with <see cref="FoundGroup.Within"/> set to the outermost group that encloses it.</summary>
    public List<FoundGroup> Mark() =>
        [.. _groups.Select((group, number) => Outer(number) is var outer and >= 0 ? group with { Within = _groups[outer].Group } : group)];

    private int Outer(int number)
    {
        var outer = -1;
        var members = _groups[number].Members;
        for (var at = members[0]; at >= 0; at = _parents[at])
        {
            foreach (var candidate in _groupsOf[at])
            {
                if (candidate != number && _groups[candidate].Members.Count >= members.Count && IsWithin(members, candidate))
                {
                    outer = candidate;
                    break;
                }
            }
        }

        return outer;
    }

    // Members of a group never overlap, so at most one of them encloses a given snippet.
    private bool IsWithin(IReadOnlyList<int> members, int candidate)
    {
        var enclosing = new HashSet<int>();
        var isStrict = false;
        foreach (var member in members)
        {
            var at = member;
            while (at >= 0 && !_groupsOf[at].Contains(candidate))
            {
                at = _parents[at];
            }

            if (at < 0 || !enclosing.Add(at))
            {
                return false;
            }

            isStrict |= _snippets[at].EndByte - _snippets[at].StartByte > _snippets[member].EndByte - _snippets[member].StartByte;
        }

        return isStrict;
    }
}
