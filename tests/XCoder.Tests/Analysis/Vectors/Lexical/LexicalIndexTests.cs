using XCoder.Analysis.Vectors.Lexical;

namespace XCoder.Tests.Analysis.Vectors.Lexical;

public class LexicalIndexTests
{
    [Fact]
    public void Score_RandomDocuments_IsBm25AsDefined()
    {
        var random = new Random(3);
        var documents = Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, random.Next(0, 60)).Select(_ => (int)(40 * random.NextDouble() * random.NextDouble())).ToArray()).ToList();
        var index = LexicalIndex.Build(documents, vocabulary: 40);
        var mean = documents.Average(document => document.Length);
        int[] query = [0, 3, 7, 20, 39];
        var scores = new float[documents.Count];

        index.Score(query, [.. Enumerable.Range(0, documents.Count)], scores);

        for (var d = 0; d < documents.Count; d++)
        {
            var expected = query.Sum(term =>
            {
                var df = documents.Count(document => document.Contains(term));
                var tf = documents[d].Count(other => other == term);
                return Math.Log(1 + ((documents.Count - df + 0.5) / (df + 0.5))) * tf * 2.2 / (tf + (1.2 * (0.25 + (0.75 * documents[d].Length / mean))));
            });
            Assert.Equal(expected, scores[d], 3);
        }
    }

    [Fact]
    public void Candidates_RareTerms_FindTheDocumentsThatShareThem()
    {
        var documents = Enumerable.Range(0, 10_000).Select(i => new[] { 0, 1, 2 + (i % 5000) }).ToList();
        var index = LexicalIndex.Build(documents, vocabulary: 5002);

        Assert.Equal([77, 5077], index.Candidates([0, 1, 79], most: 10));
        Assert.Equal([5077], index.Candidates([0, 1, 79], most: 10, document => document > 100));
        Assert.Equal([77], index.Candidates([0, 1, 79], most: 1));
    }

    [Fact]
    public void Build_NoDocuments_FindsNothing() => Assert.Empty(LexicalIndex.Build([], vocabulary: 5).Candidates([1, 2], most: 3));
}
