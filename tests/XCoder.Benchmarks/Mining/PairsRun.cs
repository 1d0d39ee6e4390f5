using System.Globalization;
using XCoder.Agents.Mining;
using XCoder.Agents.Mining.Translations;
using XCoder.Analysis;
using XCoder.Analysis.Model;

namespace XCoder.Benchmarks.Mining;

/// <summary>Writes all candidates for translation pairs of a workspace with their signals: what readers judge, and the model is fitted to.</summary>
internal static class PairsRun
{
    public static int Run(Arguments arguments)
    {
        var workspace = Workspace.Open(arguments.Require("WORKSPACE"), new WorkspaceOptions { Device = XCoder.Analysis.Embeddings.Runtime.Device.Cpu });
        var output = arguments.Text("output") ?? throw new ArgumentException("--output is missing.");
        var state = workspace.OpenConcepts(CancellationToken.None);
        using var store = workspace.OpenStore();
        var (options, drops) = (new MiningOptions(), new Dictionary<MinedDrop, long>());
        TestTwins? twins = null;
        var (functions, search) = Search(arguments.Text("tests") == "yes");
        if (arguments.Text("tests") != "yes")
        {
            var (_, ofTests) = Search(true);
            twins = ofTests.Vouch(ofTests.Candidates(new Dictionary<MinedDrop, long>(), null, CancellationToken.None), null, CancellationToken.None);
            (functions, search) = Search(false);
        }

        (MinedFunctions, TranslationSearch) Search(bool areTests)
        {
            var some = MinedFunctions.Read(store, state.Concepts.Index.Nodes, null, options, drops, areTests, CancellationToken.None);
            return (some, new TranslationSearch(store, state.Concepts, some, state.Semantic.Rule, options, PairModel.Shipped, twins));
        }

        var pairs = search.Candidates(drops, null, CancellationToken.None);
        var places = store.Origins([.. pairs.SelectMany(pair => (long[])[functions.Row(pair.A), functions.Row(pair.B)]).Distinct()])
            .ToDictionary(origin => origin.Row, origin => origin.Snippet);
        using var lines = new StreamWriter(output);
        lines.WriteLine(string.Join('\t', (string[])["probability", "a", "b", "languageA", "languageB", .. Names(pairs)]));
        foreach (var pair in pairs)
        {
            var (a, b) = (places[functions.Row(pair.A)], places[functions.Row(pair.B)]);
            lines.WriteLine(string.Join('\t', (string[])[Number(pair.Probability), Place(a), Place(b), a.Language, b.Language,
                .. pair.Signals.All().Select(signal => Number(signal.Value))]));
        }

        Console.WriteLine($"{pairs.Count} candidates; dropped {string.Join(", ", drops.Select(drop => $"{drop.Value} {drop.Key}"))}");
        return 0;
    }

    private static IEnumerable<string> Names(IReadOnlyList<TranslationPair> pairs) =>
        pairs.Count == 0 ? [] : pairs[0].Signals.All().Select(signal => signal.Name);

    private static string Place(Snippet snippet) => $"{snippet.Repository}/{snippet.Path}:{snippet.Span.StartLine}";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
