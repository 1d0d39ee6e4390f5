using XCoder.Analysis.Concepts;
using XCoder.Analysis.Vectors.Graph;

namespace XCoder.Tests.Analysis.Concepts;

public class ConceptBuilderTests
{
    private static readonly ConceptFacts[] Facts =
    [
        new("trim_left", "", "Removes spaces.", "python", 100, IsTest: true),
        new("trimLeft", "", null, "java", 101, IsTest: false),
        new("TrimLeft", "", "Removes spaces at the start.", "csharp", 102, IsTest: false),
        new("trim_left", "", null, "rust", 103, IsTest: false),
        new("other", "", "Something.", "rust", 104, IsTest: false),
    ];

    [Fact]
    public void Build_FourOfOneKind_AreDescribed()
    {
        var concept = Assert.Single(new ConceptBuilder().Build(Graph(0.3f), node => Facts[node], []));

        Assert.Equal([0, 1, 2, 3], concept.Members);
        Assert.Equal("trim left", concept.Label);
        Assert.Equal(["csharp", "java", "python", "rust"], concept.Languages);
        Assert.Equal(2, concept.Representative);
        Assert.Equal(1, concept.Strengths.Max());
        Assert.InRange(concept.Cohesion, 0.29, 0.31);
    }

    [Fact]
    public void Build_WeaklyLinkedDocumentedMember_DoesNotRepresent() =>
        Assert.Contains(Assert.Single(new ConceptBuilder().Build(Graph(-0.1f), node => Facts[node], [])).Representative, new[] { 1, 3 });

    [Fact]
    public void Build_KnownConcept_KeepsItsId()
    {
        var known = new KnownConcept("00000000000000ab", [100, 101, 102, 999]);

        Assert.Equal(known.Id, Assert.Single(new ConceptBuilder().Build(Graph(0.3f), node => Facts[node], [known])).Id);
    }

    // Node 2 hangs on the others by its own weight; node 4 has a chance neighbour.
    private static WeightedGraph Graph(float weight)
    {
        var builder = new WeightedGraphBuilder(5);
        foreach (var (a, b) in new[] { (0, 1), (0, 3), (1, 3) })
        {
            builder.Add(a, b, 0.31f);
        }

        builder.Add(0, 2, weight);
        builder.Add(1, 2, weight < 0 ? 0.3f : weight);
        builder.Add(2, 3, weight);
        builder.Add(3, 4, 0.05f);
        return builder.Build();
    }
}
