using System.Collections.Frozen;
using System.Runtime.InteropServices;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.Vectors.Search;

namespace XCoder.Analysis.TextSearch;

/// <summary>
/// Finds the snippets that answer a question in words: those that hold its words (<see cref="WordStore"/>), ranked by BM25 and the cosine
/// of their vectors with the question's. Tests, examples and benchmarks count less, unless the question speaks of them. Weights were tuned
/// on one half of <c>tests/questions</c>.
/// </summary>
internal static class WordSearch
{
    // Candidates by BM25 that are ranked; of those behind them none came first in the tests.
    private const int Candidates = 1000;

    private const int MostWords = 64;

    // Snippets that share no word with the question fill up the results if they are as near as this.
    private const float LeastCosine = 0.3f;
    private const float CosineWeight = 0.6f;
    private const float AsideWeight = 0.4f;

    // Words of questions that say nothing of what is asked for.
    private static readonly FrozenSet<string> StopWords = FrozenSet.Create(StringComparer.Ordinal, """
        a an the of to in on is are was be been being it its this that these those i me my we our you your they them he she
        where which what who whom how why when do does did doing done for with by from as at into and or not no if then so
        than there here has have had having can could should would will shall may might must am about
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static readonly FrozenSet<string> Aside = FrozenSet.Create(StringComparer.Ordinal, "test", "tests", "testing", "spec", "specs",
        "example", "examples", "sample", "samples", "demo", "demos", "bench", "benches", "benchmark", "benchmarks");

    /// <summary>Finds the best snippets for a question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="store">The store; best a <see cref="SnippetStore.Snapshot"/> of it.</param>
    /// <param name="words">The index of the same state of the store.</param>
    /// <param name="model">The model that embedded the snippets; those that it did not embed are ranked by their words.</param>
    /// <param name="options">Number and language of the results.</param>
    /// <param name="repository">Name of a repository; null for all.</param>
    public static IReadOnlyList<Neighbour> Find(string question, SnippetStore store, WordStore words, IEmbeddingModel model,
        NeighbourOptions options, string? repository)
    {
        var terms = Terms(question);
        var isAsked = TermSplitter.SubWords(question).Any(Aside.Contains);
        var found = words.Find(terms, Math.Max(Candidates, 4 * options.Count), repository, options.Language);
        var vector = Embed(question, model);
        var id = store.FindModel(model.Hash, model.Dimension) ?? -1;
        var cosines = store.VectorsOf(id, found.Select(static item => item.Row)).ToDictionary(static item => item.Key,
            item => Cosine(vector, item.Value));
        if (found.Count < options.Count)
        {
            var selection = StoreSelection.Of(repository, options.Language);
            var known = found.Select(static item => item.Row).ToHashSet();
            var others = store.Vectors(id, selection).Where(item => !known.Contains(item.Snippet));
            var near = Nearest(others, vector, options.Count - found.Count);
            Array.ForEach(near, item => cosines[item.Row] = item.Cosine);
            found = [.. found, .. near.Select(static item => (item.Row, 0.0))];
        }

        var facts = store.Snippets(found.Select(static item => item.Row));
        var candidates = found.Where(item => facts.ContainsKey(item.Row)).ToList();
        return [.. Rank(candidates, facts, cosines, isAsked).Take(options.Count).Select(static (item, i) => item with { Rank = i + 1 })];
    }

    /// <summary>The words of a question that are looked for, without repetitions.</summary>
    internal static IReadOnlyCollection<string> Terms(string question)
    {
        var all = TermSplitter.SubWords(question).Distinct().ToList();
        var telling = all.Where(static word => !StopWords.Contains(word)).ToList();
        return (telling.Count > 0 ? telling : all)[..Math.Min(MostWords, telling.Count > 0 ? telling.Count : all.Count)];
    }

    private static IEnumerable<Neighbour> Rank(IReadOnlyList<(long Row, double Score)> candidates, IReadOnlyDictionary<long, Snippet> facts,
        Dictionary<long, float> cosines, bool isAsideAsked)
    {
        var best = (float)Math.Max(1e-9, candidates.Count == 0 ? 0 : candidates.Max(static item => item.Score));
        return candidates.Select(item =>
        {
            var cosine = cosines.GetValueOrDefault(item.Row);
            var similarity = ((float)item.Score / best + (CosineWeight * cosine)) / (1 + CosineWeight);
            return new Neighbour(item.Row, !isAsideAsked && IsAside(facts[item.Row]) ? AsideWeight * similarity : similarity, cosine, 0);
        }).OrderByDescending(static item => item.Similarity).ThenBy(static item => item.Snippet);
    }

    // Reads all vectors, which few questions need.
    private static (long Row, float Cosine)[] Nearest(IEnumerable<(long Snippet, byte[] Vector)> vectors, float[] question, int most) =>
        [.. vectors.Select(item => (Row: item.Snippet, Cosine: Cosine(question, item.Vector)))
            .Where(static item => item.Cosine >= LeastCosine)
            .OrderByDescending(static item => item.Cosine).ThenBy(static item => item.Row).Take(most)];

    private static float[] Embed(string question, IEmbeddingModel model)
    {
        var vector = new float[model.Dimension];
        model.Embed([model.EncodeWords(question)], vector);
        return vector;
    }

    private static float Cosine(float[] question, byte[] vector) =>
        Math.Clamp(HalfRows.Dot(MemoryMarshal.Cast<byte, Half>(vector), question), -1, 1);

    // By its folders and by the words of its file's name.
    private static bool IsAside(Snippet snippet)
    {
        var file = snippet.Path.LastIndexOf('/') + 1;
        return snippet.IsTest || snippet.Path[..file].Split('/').Any(static folder => Aside.Contains(folder.Trim('_').ToLowerInvariant()))
            || TermSplitter.SubWords(snippet.Path.AsSpan(file)).Any(static word => word is "test" or "tests" or "spec");
    }
}
