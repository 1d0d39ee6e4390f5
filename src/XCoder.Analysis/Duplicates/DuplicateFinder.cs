using XCoder.Analysis.Model;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Analysis.Duplicates;

/// <summary>
/// Finds exact, renamed, near and semantic duplicates in a corpus. Per snippet it keeps its facts (64 bytes), a MinHash
/// signature (2 bytes a value) and two class numbers; shingle sets live only while pairs are verified.
/// </summary>
/// <remarks>
/// Callables meet only callables, structures only structures. Snippets of which one stands within the other are
/// never a pair: a group keeps the outer one. The result depends on the input alone, not on the number of threads.
/// </remarks>
internal sealed class DuplicateFinder
{
    private readonly DuplicateOptions _options;

    /// <summary>A finder with these options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public DuplicateFinder(DuplicateOptions options)
    {
        options.Validate();
        _options = options;
    }

    /// <summary>Finds the groups.</summary>
    /// <param name="snippets">The corpus by repository, path and position; read once, or used as it is where it is an array.</param>
    /// <param name="tokens">
    /// Token hashes of a file by its ordinal; null looks for exact and renamed duplicates only. Called from
    /// <see cref="DuplicateOptions.Threads"/> threads at once, in about ascending order, twice or more a file.
    /// </param>
    /// <param name="semantic">Near pairs to look for semantic duplicates among; null looks for none.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="ArgumentException">The file ordinals descend somewhere.</exception>
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

        var exact = new SnippetClasses(facts, _options.MinTokens, static snippet => snippet.Exact);
        var renamed = new SnippetClasses(facts, _options.MinTokens, static snippet => snippet.Renamed);
        var builder = new GroupBuilder(facts);
        var groups = new List<FoundGroup>();
        groups.AddRange(Equal(DuplicateKind.Exact, exact, exact, 1, facts, builder));
        groups.AddRange(Equal(DuplicateKind.Renamed, renamed, exact, 2, facts, builder));
        var kinds = new List<DuplicateKind> { DuplicateKind.Exact, DuplicateKind.Renamed };
        var verified = 0L;
        if (tokens is not null)
        {
            kinds.Add(DuplicateKind.Near);
            var pairs = new NearPairs(_options, facts, exact, tokens);
            var graph = new NearGraph(exact.Count, pairs.Find(cancellation));
            groups.AddRange(new NearGroups(facts, exact, renamed, graph, builder).Find(cancellation));
            verified = pairs.VerifiedPairs;
        }

        if (semantic is not null)
        {
            kinds.Add(DuplicateKind.Semantic);
            groups.AddRange(new SemanticFinder(facts, _options.MinTokens, semantic, builder).Find(cancellation));
        }

        return Result(facts, groups, kinds, exact.MemberCount, verified);
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
            TooShort = facts.Length - compared,
            VerifiedPairs = verified,
        };
    }

    private static IEnumerable<FoundGroup> Equal(DuplicateKind kind, SnippetClasses classes, SnippetClasses exact, int contents,
        SnippetFacts[] facts, GroupBuilder builder)
    {
        for (var number = 0; number < classes.Count; number++)
        {
            if (classes.Members(number).Length < 2)
            {
                continue;
            }

            var members = Nesting.Outermost(classes.Members(number).ToArray(), facts);
            if (members.Length >= 2 && (contents == 1 || members.Select(ordinal => exact.Of[ordinal]).Distinct().Count() >= contents))
            {
                yield return builder.Build(kind, members);
            }
        }
    }
}

/// <summary>What a search for duplicates found, and how much it looked at.</summary>
internal sealed record DuplicateResult
{
    /// <summary>Groups by kind, strongest first, then by repeated tokens, descending.</summary>
    public required IReadOnlyList<FoundGroup> Groups { get; init; }

    /// <summary>Per kind that was looked for: groups, snippets, share.</summary>
    public required IReadOnlyList<DuplicateShare> Shares { get; init; }

    /// <summary>Snippets long enough to be compared.</summary>
    public required int Compared { get; init; }

    /// <summary>Snippets with fewer tokens than <see cref="DuplicateOptions.MinTokens"/>.</summary>
    public required int TooShort { get; init; }

    /// <summary>Pairs of contents whose shingle sets were compared after the signatures had been.</summary>
    public required long VerifiedPairs { get; init; }
}

/// <summary>How much of a corpus is duplicated in one way.</summary>
/// <param name="Kind">The kind of duplicate.</param>
/// <param name="Groups">Number of groups.</param>
/// <param name="Snippets">Number of distinct snippets in them.</param>
/// <param name="Share">Those snippets among all that were compared, in [0, 1].</param>
internal sealed record DuplicateShare(DuplicateKind Kind, int Groups, int Snippets, double Share)
{
    /// <summary>Counts groups by kind, strongest first; kinds without a group are listed too.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="kinds">The kinds that were looked for.</param>
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
/// Finds groups that only repeat what another says: every member stands within (some may be the same snippet as) a
/// distinct member of the other group, as the methods of two equal classes do.
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

    /// <summary>The groups, each with <see cref="FoundGroup.Within"/> set to the outermost group that encloses it.</summary>
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
