using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Embeddings;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Concepts;

public sealed class MapAnalysisTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Run_Workspace_ShowsEachCodeOnceWithItsConcept()
    {
        var (workspace, index) = Index();
        using var store = workspace.OpenStore();
        var concepts = ConceptAnalysis.Open(workspace, index, LanguageCatalog.Open().FamilyOf).Concepts;

        var map = MapAnalysis.Run(workspace, index, concepts, new MapOptions());

        Assert.Equal(index.Nodes.Count, map.All);
        Assert.Equal(map.All, map.Points.Select(point => point.Snippet.Id).Distinct().Count());
        Assert.All(map.Points, point => Assert.True(float.IsFinite(point.X) && float.IsFinite(point.Y)));
        Assert.Equal(concepts.Sum(concept => concept.Members.Count), map.Points.Count(point => point.Concept >= 0));
        var samples = ConceptSamples.Of(store, index, concepts, LanguageCatalog.Open().FamilyOf, perCell: 1);
        Assert.Equal(concepts.Sum(concept => concept.Languages.Count), samples.Count);
        Assert.All(samples, sample => Assert.Equal(sample.Language, Assert.Single(sample.Snippets).Language));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    public void Run_MoreThreads_IsTheSameMap(int points)
    {
        var (workspace, index) = Index();
        MapPoint[] Run(int threads) => [.. MapAnalysis.Run(workspace, index, null, new MapOptions { MaxPoints = points, Threads = threads }).Points];

        var one = Run(1);

        Assert.Equal(Math.Min(points, index.Nodes.Count), one.Length);
        Assert.Equal(one, Run(2));
    }

    public void Dispose() => _folder.Dispose();

    private (WorkspaceFolder Workspace, SemanticIndex Index) Index()
    {
        foreach (var (name, symbol) in new[] { ("sum", "+"), ("product", "*"), ("difference", "-"), ("quotient", "/") })
        {
            _folder.Write($"a/{name}.py", $"def {name}_of_values(values):\n    result = 1\n    for value in values:\n        if value > 3:\n            result = result {symbol} value\n    return result\n");
            _folder.Write($"a/{name}.js", $"function {name}OfValues(values) {{\n  let result = 1;\n  for (const value of values) {{\n    if (value > 3) result = result {symbol} value;\n  }}\n  return result;\n}}\n");
            _folder.Write($"a/{name}.go", $"package a\n\nfunc {name}OfValues(values []int) int {{\n\tresult := 1\n\tfor _, value := range values {{\n\t\tif value > 3 {{\n\t\t\tresult = result {symbol} value\n\t\t}}\n\t}}\n\treturn result\n}}\n");
        }

        var (workspace, catalog) = (WorkspaceFolder.Create(Path.Combine(_folder.Root, "ws")), LanguageCatalog.Open());
        new Indexer(workspace, catalog, new IndexOptions { Threads = 2 }).Run([Path.Combine(_folder.Root, "a")]);
        var model = ShippedModels.Default;
        using (var store = workspace.OpenStore())
        {
            new EmbeddingStage(store, model, 2, default).Run(StoreSelection.All);
        }

        return (workspace, SemanticIndex.Open(workspace, model, model.Tokenizer, catalog.FamilyOf, DuplicateAnalysis.TextGroups, new SemanticIndexOptions()));
    }
}
