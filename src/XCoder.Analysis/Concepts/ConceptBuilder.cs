using System.Globalization;
using XCoder.Analysis.Text;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Concepts;

/// <summary>Builds concepts from a graph of margins: clusters, representatives, labels and ids.</summary>
/// <param name="options">Options; null uses the defaults.</param>
internal sealed class ConceptBuilder(ConceptOptions? options = null)
{
    // A documented member is preferred as representative if it has this share of the most central member's strength.
    private const float CentralEnough = 0.8f;

    private readonly ConceptFinder _finder = new(options);

    /// <summary>Finds and describes the concepts.</summary>
    /// <param name="graph">A graph whose nodes are distinct contents and whose weights are margins.</param>
    /// <param name="facts">Returns the facts of a node; called several times per node.</param>
    /// <param name="known">Concepts of the run before, whose ids are kept; may be empty.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>Concepts ordered by their first member; nodes in none of them are noise.</returns>
    public IReadOnlyList<Concept> Build(WeightedGraph graph, Func<int, ConceptFacts> facts, IReadOnlyCollection<KnownConcept> known,
        CancellationToken cancellation = default)
    {
        var (numbers, languages) = (new Dictionary<string, int>(), new int[graph.Count]);
        for (var node = 0; node < graph.Count; node++)
        {
            var language = facts(node).Language;
            numbers.TryAdd(language, numbers.Count);
            languages[node] = numbers[language];
        }

        var clusters = _finder.Find(graph, languages, cancellation);
        var shown = clusters.Members.Select(members => Represent(members, clusters.Strengths, facts)).ToArray();
        var labels = new ConceptLabeller().Label(clusters.Members, facts, shown, cancellation);
        var contents = clusters.Members.Select(members => Array.ConvertAll(members, node => facts(node).ContentKey)).ToArray();
        var central = clusters.Members.Select((members, i) => contents[i][MostCentral(members, clusters.Strengths)]).ToArray();
        var ids = ConceptIds.Assign(contents, central, known);
        return [.. clusters.Members.Select((members, i) => new Concept
        {
            Id = ids[i],
            Label = labels[i].Label,
            Words = labels[i].Words,
            Members = members,
            Strengths = Array.ConvertAll(members, node => clusters.Strengths[node]),
            Representative = shown[i],
            Languages = [.. members.Select(node => facts(node).Language).Distinct().Order(StringComparer.Ordinal)],
            Cohesion = clusters.Cohesions[i],
        })];
    }

    // Ties go to the first member, whatever its content.
    private static int MostCentral(int[] members, ReadOnlySpan<float> strengths)
    {
        var best = 0;
        for (var i = 1; i < members.Length; i++)
        {
            best = strengths[members[i]] > strengths[members[best]] ? i : best;
        }

        return best;
    }

    private static int Represent(int[] members, ReadOnlySpan<float> strengths, Func<int, ConceptFacts> facts)
    {
        var (best, highest) = (members[0], (NoTest: false, Documented: false, Strength: -1f));
        var strongest = Array.TrueForAll(members, node => facts(node).IsTest) ? 1 : Strongest(members, strengths, facts);
        foreach (var node in members)
        {
            var fact = facts(node);
            var isCentral = strengths[node] >= CentralEnough * strongest;
            var merit = (!fact.IsTest, isCentral && !string.IsNullOrWhiteSpace(fact.Documentation), strengths[node]);
            if (merit.CompareTo(highest) > 0)
            {
                (best, highest) = (node, merit);
            }
        }

        return best;
    }

    // Strength of the most central member that is not a test.
    private static float Strongest(int[] members, ReadOnlySpan<float> strengths, Func<int, ConceptFacts> facts)
    {
        var strongest = 0f;
        foreach (var node in members)
        {
            strongest = facts(node).IsTest ? strongest : Math.Max(strongest, strengths[node]);
        }

        return strongest;
    }
}

/// <summary>
/// Assigns ids to concepts. A concept keeps the id of the earlier one with which it shares most contents (by Jaccard),
/// and each id goes to one concept. If a concept splits, its largest part keeps the id; if concepts merge, the largest
/// one's id stays. The id of a new concept is a hash of its most central member, so a first run gives the same ids on
/// every machine.
/// </summary>
internal static class ConceptIds
{
    /// <summary>Lowest Jaccard similarity of a concept's contents to those of the earlier one whose id it keeps.</summary>
    public const double LeastOverlap = 0.1;

    /// <summary>Returns an id for each concept.</summary>
    /// <param name="contents">Content keys of the members of each concept; a key occurs in at most one concept.</param>
    /// <param name="central">Content key of the most central member of each concept.</param>
    /// <param name="known">Concepts of the run before, in any order; their ids are distinct.</param>
    /// <returns>Distinct ids in the order of <paramref name="contents"/>.</returns>
    /// <exception cref="ArgumentException">The number of central members differs from the number of concepts.</exception>
    public static string[] Assign(IReadOnlyList<IReadOnlyCollection<ulong>> contents, IReadOnlyList<ulong> central,
        IReadOnlyCollection<KnownConcept> known)
    {
        if (central.Count != contents.Count)
        {
            throw new ArgumentException($"Found {central.Count} central members for {contents.Count} concepts.", nameof(central));
        }

        var ids = new string?[contents.Count];
        var taken = new HashSet<string>();
        foreach (var (concept, id) in Matches(contents, central, known))
        {
            if (ids[concept] is null && taken.Add(id))
            {
                ids[concept] = id;
            }
        }

        // An old id is never reused for another concept.
        taken.UnionWith(known.Select(static concept => concept.Id));
        foreach (var concept in Enumerable.Range(0, contents.Count).Where(concept => ids[concept] is null)
            .OrderBy(concept => central[concept]))
        {
            var hash = SpanHash.Spread(central[concept]);
            while (!taken.Add(ids[concept] = hash.ToString("x16", CultureInfo.InvariantCulture)))
            {
                hash = SpanHash.Spread(hash + 1);
            }
        }

        return ids!;
    }

    // Pairs of a concept and an earlier id, in the order in which they are matched.
    private static IEnumerable<(int Concept, string Id)> Matches(IReadOnlyList<IReadOnlyCollection<ulong>> contents,
        IReadOnlyList<ulong> central, IReadOnlyCollection<KnownConcept> known)
    {
        var of = new Dictionary<ulong, int>();
        for (var concept = 0; concept < contents.Count; concept++)
        {
            foreach (var key in contents[concept])
            {
                of[key] = concept;
            }
        }

        var matches = new List<(double Overlap, string Id, int Concept)>();
        foreach (var earlier in known)
        {
            foreach (var shared in earlier.Contents.Where(of.ContainsKey).CountBy(key => of[key]))
            {
                var overlap = shared.Value / (double)(earlier.Contents.Count + contents[shared.Key].Count - shared.Value);
                if (overlap >= LeastOverlap)
                {
                    matches.Add((overlap, earlier.Id, shared.Key));
                }
            }
        }

        return matches.OrderByDescending(static match => match.Overlap).ThenBy(static match => match.Id, StringComparer.Ordinal)
            .ThenBy(match => central[match.Concept]).Select(static match => (match.Concept, match.Id));
    }
}

/// <summary>Facts of one node (a distinct content), from which labels, representatives and ids are made.</summary>
/// <param name="Name">Name of the snippet, as written; may be empty.</param>
/// <param name="Enclosing">Name of the structure or file that contains it; may be empty.</param>
/// <param name="Documentation">Its documentation, or null.</param>
/// <param name="Language">Language id.</param>
/// <param name="ContentKey">Hash of its content: the same in every run, distinct for every node.</param>
/// <param name="IsTest">Whether it is test code.</param>
internal sealed record ConceptFacts(string Name, string Enclosing, string? Documentation, string Language, ulong ContentKey, bool IsTest)
{
    /// <summary>Distinctive identifiers of its code, as written, in any order. Default none.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Number of equal snippets in the repositories, 1 or more. Default 1.</summary>
    public int Copies { get; init; } = 1;
}
