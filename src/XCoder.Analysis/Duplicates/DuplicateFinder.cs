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
    public DuplicateResult Find(IEnumerable<SnippetFacts> snippets, Func<int, TokenHashes>? tokens, SemanticSearch? semantic = null, CancellationToken cancellation = default)
    {
        var facts = snippets as SnippetFacts[] ?? [.. snippets];
        for (var i = 1; i < facts.Length; i++)
        {
            if (facts[i].File < facts[i - 1].File)
            {
                throw new ArgumentException($"Snippets are not in the order of files: file {facts[i].File} at {i} follows file {facts[i - 1].File}.", nameof(snippets));
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

    /// <summary>The result with the semantic groups of another rule: nothing is read or compared again.</summary>
    /// <param name="result">What <see cref="Find"/> found.</param>
    /// <param name="facts">What it found it in.</param>
    /// <param name="semantic">The near pairs and the rule.</param>
    /// <param name="cancellation">Ends the search.</param>
    public DuplicateResult Rethreshold(DuplicateResult result, SnippetFacts[] facts, SemanticSearch semantic, CancellationToken cancellation = default)
    {
        var groups = result.Groups.Where(group => group.Kind != DuplicateKind.Semantic).Select(group => group with { Within = null }).ToList();
        groups.AddRange(new SemanticFinder(facts, _options.MinTokens, semantic, new GroupBuilder(facts)).Find(cancellation));
        return Result(facts, groups, result.Shares.Select(share => share.Kind).Append(DuplicateKind.Semantic).Distinct(), result.Compared, result.VerifiedPairs);
    }

    private static DuplicateResult Result(SnippetFacts[] facts, List<FoundGroup> groups, IEnumerable<DuplicateKind> kinds, int compared, long verified)
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

    private static IEnumerable<FoundGroup> Equal(DuplicateKind kind, SnippetClasses classes, SnippetClasses exact, int contents, SnippetFacts[] facts, GroupBuilder builder)
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
