using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Analysis.Concepts;

/// <summary>Makes concepts of a graph of margins: clusters, representatives, labels and ids.</summary>
/// <param name="options">Options; the defaults when null.</param>
internal sealed class ConceptBuilder(ConceptOptions? options = null)
{
    // A documented member represents its concept if it is nearly as central as the most central one.
    private const float CentralEnough = 0.8f;

    private readonly ConceptFinder _finder = new(options);

    /// <summary>Finds and describes the concepts.</summary>
    /// <param name="graph">Distinct contents as nodes, margins as weights.</param>
    /// <param name="facts">Facts of a node; asked a few times a node.</param>
    /// <param name="known">Concepts of the run before, whose ids stay; may be empty.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Concepts in the order of their first member; nodes in none of them are noise.</returns>
    public IReadOnlyList<Concept> Build(WeightedGraph graph, Func<int, ConceptFacts> facts, IReadOnlyCollection<KnownConcept> known, CancellationToken cancellation = default)
    {
        var (numbers, languages) = (new Dictionary<string, int>(), new int[graph.Count]);
        for (var node = 0; node < graph.Count; node++)
        {
            var language = facts(node).Language;
            numbers.TryAdd(language, numbers.Count);
            languages[node] = numbers[language];
        }

        var clusters = _finder.Find(graph, languages, cancellation);
        var labels = new ConceptLabeller().Label(clusters.Members, facts, cancellation);
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
            Representative = Represent(members, clusters.Strengths, facts),
            Languages = [.. members.Select(node => facts(node).Language).Distinct().Order(StringComparer.Ordinal)],
            Cohesion = clusters.Cohesions[i],
        })];
    }

    // Equally central ones: the first, whatever their content.
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

    // Strength of the most central member that is no test.
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
