using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Model;
using XCoder.Analysis.Semantic;
using XCoder.Analysis.Store;
using XCoder.Analysis.TextSearch;
using XCoder.Analysis.Vectors.Lexical;

namespace XCoder.Benchmarks.TextSearch;

/// <summary>
/// The questions of tests/questions over a workspace that holds their libraries: how often and how high the function meant is found, beside
/// a plain BM25 over names, documentation and comments. Fails where what issue and model card promise does not hold.
/// </summary>
internal static class QuestionsRun
{
    private const int Depth = 1000;
    private const double LeastGain = 0.08, LeastRecall = 0.80;

    public static int Run(Arguments arguments)
    {
        var workspace = Workspace.Open(arguments.Require("WORKSPACE"), new WorkspaceOptions { Device = Device.Cpu });
        var file = arguments.Text("questions") ?? Path.Combine(SourceTree.Root, "tests", "questions", "questions.jsonl");
        var (isHard, isWhole) = (arguments.Text("wording") == "hard", arguments.Text("scope") == "all");
        var questions = File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement).Select(Question.Read)
            .Where(question => !isHard || question.Hard is not null).ToList();
        Dictionary<(string, string, string, int), long> places = [];
        using (var store = workspace.OpenStore())
        {
            foreach (var (row, snippet) in store.Snippets(store.Rows(StoreSelection.All).Select(item => item.Row)))
            {
                places[(snippet.Repository, snippet.Path, snippet.QualifiedName, snippet.Span.StartLine)] = row;
            }
        }

        var lost = questions.Where(question => !question.Targets.Any(target => places.ContainsKey(target))).ToList();
        if (lost.Count > 0)
        {
            Console.Error.WriteLine($"{lost.Count} questions have no target in the workspace, such as {lost[0].Targets[0]}. Index the commits of tests/questions/libraries.json.");
            return 1;
        }

        var ids = questions.ConvertAll(question => question.Targets.Where(places.ContainsKey).Select(target => places[target]).ToHashSet());
        var plain = Ranks(questions, ids, isHard, Plain(workspace, isWhole));
        using var session = workspace.OpenQuestions();
        session.Find("warm up", new NeighbourOptions());
        var times = new List<double>();
        using var rows = workspace.OpenStore();
        var ours = Ranks(questions, ids, isHard, (text, library) =>
        {
            var start = Stopwatch.GetTimestamp();
            session.Find(text, new NeighbourOptions(), isWhole ? null : library);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            return session.Find(text, new NeighbourOptions { Count = Depth }, isWhole ? null : library)
                .Select(found => places[(found.Snippet.Repository, found.Snippet.Path, found.Snippet.QualifiedName, found.Snippet.Span.StartLine)]);
        });
        times.Sort();

        var libraries = questions.Select(question => question.Library).Distinct().Order(StringComparer.Ordinal).ToList();
        var tuned = libraries.Where((_, i) => i % 2 == 0).ToHashSet();
        Console.WriteLine($"{questions.Count} questions, {libraries.Count} libraries, {places.Count:N0} snippets; {(isWhole ? "searched in all of them" : "each searched in its library")}");
        Console.WriteLine("                 plain BM25: MRR  R@1  R@10    search: MRR  R@1  R@10");
        Line("all", _ => true);
        Line("tuned on", question => tuned.Contains(question.Library));
        var (plainHalf, ourHalf) = Line("other half", question => !tuned.Contains(question.Library));
        foreach (var level in questions.Select(question => question.Level).Distinct().Order())
        {
            Line($"level {level}", question => question.Level == level);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a question: median {times[times.Count / 2]:0} ms, 95 % within {times[times.Count * 95 / 100]:0} ms"));
        var holds = isHard || isWhole || (ourHalf.Mrr >= plainHalf.Mrr + LeastGain && ourHalf.Recall >= LeastRecall);
        Console.WriteLine(holds ? "" : $"The other half must gain {LeastGain} in MRR, and find {LeastRecall} within ten.");
        return holds ? 0 : 1;

        ((double Mrr, double Recall) Plain, (double Mrr, double Recall) Ours) Line(string name, Func<Question, bool> filter)
        {
            int[] chosen = [.. Enumerable.Range(0, questions.Count).Where(i => filter(questions[i]))];
            var (a, b) = (Of(plain), Of(ours));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-12} {chosen.Length,4}          {a.Mrr:0.000} {a.First:0.00} {a.Ten:0.00}           {b.Mrr:0.000} {b.First:0.00} {b.Ten:0.00}"));
            return ((a.Mrr, a.Ten), (b.Mrr, b.Ten));

            (double Mrr, double First, double Ten) Of(int[] ranks) => (chosen.Average(i => ranks[i] == 0 ? 0 : 1.0 / ranks[i]),
                chosen.Average(i => ranks[i] == 1 ? 1.0 : 0), chosen.Average(i => ranks[i] is >= 1 and <= 10 ? 1.0 : 0));
        }
    }

    // Rank of the first target; 0 where none is among the results.
    private static int[] Ranks(List<Question> questions, List<HashSet<long>> targets, bool isHard, Func<string, string, IEnumerable<long>> search) =>
        [.. questions.Select((question, i) => 1 + search(isHard ? question.Hard! : question.Text, question.Library).ToList().FindIndex(targets[i].Contains))];

    private static Func<string, string, IEnumerable<long>> Plain(Workspace workspace, bool isWhole)
    {
        using var store = workspace.OpenStore();
        var (terms, rows, documents, libraries) = (new Dictionary<string, int>(), new List<long>(), new List<int[]>(), new List<string>());
        foreach (var file in store.FilesWithSnippets(StoreSelection.All))
        {
            foreach (var (row, words) in SnippetWords.Of(file))
            {
                rows.Add(row);
                documents.Add([.. string.Join(' ', words.Name, words.Signature, words.Documentation, words.Calls, words.Names, words.Comments)
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => terms.TryAdd(word, terms.Count) ? terms.Count - 1 : terms[word])]);
                libraries.Add(file.Snippets[0].Snippet.Repository);
            }
        }

        var index = LexicalIndex.Build(documents, terms.Count);
        int[] all = [.. Enumerable.Range(0, rows.Count)];
        return (text, library) =>
        {
            var query = TermSplitter.SubWords(text).Distinct().Where(terms.ContainsKey).Select(word => terms[word]).Order().ToArray();
            int[] some = isWhole ? all : [.. all.Where(i => libraries[i] == library)];
            var scores = new float[some.Length];
            index.Score(query, some, scores);
            return some.Zip(scores).OrderByDescending(item => item.Second).Take(Depth).Select(item => rows[item.First]);
        };
    }

    private sealed record Question(string Library, int Level, string Text, string? Hard, IReadOnlyList<(string, string, string, int)> Targets)
    {
        public static Question Read(JsonElement line)
        {
            var library = line.GetProperty("library").GetString()!;
            return new Question(library, line.GetProperty("level").GetInt32(), line.GetProperty("question").GetString()!,
                line.TryGetProperty("hard", out var hard) ? hard.GetString() : null,
                [.. line.GetProperty("targets").EnumerateArray().Select(target => (library, target.GetProperty("path").GetString()!,
                    target.GetProperty("name").GetString()!, target.GetProperty("line").GetInt32()))]);
        }
    }
}
