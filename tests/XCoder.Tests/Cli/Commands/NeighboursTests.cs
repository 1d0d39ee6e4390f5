using System.Text.Json;
using XCoder.Tests.Analysis.Embeddings.Hybrid;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli.Commands;

/// <summary>One algorithm in three languages among others.</summary>
public sealed class NeighboursCorpus : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public NeighboursCorpus()
    {
        _folder.Write("lib/search.py", "def binary_search(items, wanted):\n    low, high = 0, len(items) - 1\n    while low <= high:\n        middle = (low + high) // 2\n        if items[middle] == wanted:\n            return middle\n        if items[middle] < wanted:\n            low = middle + 1\n        else:\n            high = middle - 1\n    return -1\n");
        _folder.Write("lib/text.py", "def shout(words):\n    \"\"\"Joins words and writes them in capital letters.\"\"\"\n    return ' '.join(words).upper() + '!'\n\n\nclass Point:\n    def __init__(self, x, y):\n        self.x = x\n        self.y = y\n\n    def distance(self, other):\n        return ((self.x - other.x) ** 2 + (self.y - other.y) ** 2) ** 0.5\n");
        _folder.Write("lib/Search.java", "class Search {\n  static int find(int[] a, int key) {\n    int lo = 0, hi = a.length - 1;\n    while (lo <= hi) {\n      int mid = (lo + hi) / 2;\n      if (a[mid] == key) return mid;\n      else if (a[mid] < key) lo = mid + 1;\n      else hi = mid - 1;\n    }\n    return -1;\n  }\n}\n");
        _folder.Write("lib/search.go", "package lib\n\nfunc BinarySearch(items []int, wanted int) int {\n\tlow, high := 0, len(items)-1\n\tfor low <= high {\n\t\tmiddle := (low + high) / 2\n\t\tif items[middle] == wanted {\n\t\t\treturn middle\n\t\t}\n\t\tif items[middle] < wanted {\n\t\t\tlow = middle + 1\n\t\t} else {\n\t\t\thigh = middle - 1\n\t\t}\n\t}\n\treturn -1\n}\n\nfunc Count(words []string) map[string]int {\n\tresult := map[string]int{}\n\tfor _, word := range words {\n\t\tresult[word]++\n\t}\n\treturn result\n}\n");
        _folder.Write("lib/point.go", "package lib\n\nimport \"math\"\n\ntype Point struct {\n\tX float64\n\tY float64\n}\n\nfunc (p Point) Distance(other Point) float64 {\n\treturn math.Sqrt(math.Pow(p.X-other.X, 2) + math.Pow(p.Y-other.Y, 2))\n}\n");
        CliProcess.Run(Root, "index", "lib", "--workspace", "ws", "--device", "cpu").Expect(0, "newly embedded");
    }

    public string Root => _folder.Root;

    public void Dispose() => _folder.Dispose();

    internal CliResult Run(params string[] arguments) => CliProcess.Run(Root, ["neighbours", .. arguments, "--workspace", "ws", "--device", "cpu"]);
}

public class NeighboursTests(NeighboursCorpus corpus) : IClassFixture<NeighboursCorpus>
{
    [Fact]
    public void Neighbours_AcrossLanguages_FindTheTwins()
    {
        using var json = Json(corpus.Run("lib/search.py:4", "--cross-language", "--format", "json").Expect(0));
        var found = json.RootElement[0].GetProperty("neighbours").EnumerateArray().ToList();

        Assert.Equal("binary_search", json.RootElement[0].GetProperty("name").GetString());
        Assert.Equal(["BinarySearch", "find"], found.Take(2).Select(item => item.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(["id", "repository", "path", "language", "kind", "name", "startLine", "similarity", "cosine", "rank"], found[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(Enumerable.Range(1, found.Count), found.Select(item => item.GetProperty("rank").GetInt32()));
        Assert.DoesNotContain(found, item => item.GetProperty("language").GetString() == "python");
    }

    [Fact]
    public void Neighbours_WhatIsNearToMuchOfTheQuerysLanguage_FallsBack()
    {
        using var found = Json(corpus.Run("lib/search.py:4", "--to", "go", "--lexical-weight", "0", "--format", "json").Expect(0));
        var twin = found.RootElement[0].GetProperty("neighbours").EnumerateArray().Single(item => item.GetProperty("name").GetString() == "BinarySearch");
        using var around = Json(corpus.Run("lib/search.go:3", "--to", "python", "--lexical-weight", "0", "--surroundings-weight", "0", "--format", "json").Expect(0));
        var surroundings = around.RootElement[0].GetProperty("neighbours").EnumerateArray().ToList();

        Assert.Equal(4, surroundings.Count); // all functions in Python: fewer than ten
        Assert.All(surroundings, item => Assert.Equal(item.GetProperty("cosine").GetDouble(), item.GetProperty("similarity").GetDouble()));
        Assert.Equal((twin.GetProperty("cosine").GetDouble() + (0.5 * (1 - surroundings.Average(item => item.GetProperty("cosine").GetDouble())))) / 1.5, twin.GetProperty("similarity").GetDouble(), 3);
    }

    [Fact]
    public void Neighbours_OfAStructure_AreStructures()
    {
        using var json = Json(corpus.Run("lib/point.go:5", "--format", "json").Expect(0));

        Assert.Equal(["Point", "Search"], json.RootElement[0].GetProperty("neighbours").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
    }

    [Fact]
    public void Neighbours_InOneLanguage_AreOfIt()
    {
        var lines = corpus.Run("--all", "--to", "go", "-k", "2", "--format", "jsonl").Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.All(lines, line =>
        {
            using var json = JsonDocument.Parse(line);
            var neighbours = json.RootElement.GetProperty("neighbours");
            Assert.InRange(neighbours.GetArrayLength(), 0, 2);
            Assert.All(neighbours.EnumerateArray(), item => Assert.Equal("go", item.GetProperty("language").GetString()));
        });
        Assert.Equal(11, lines.Length);
        Assert.Single(lines, line => line.Contains("\"neighbours\":[]", StringComparison.Ordinal)); // Go's only structure
    }

    [Fact]
    public void Neighbours_NeverHoldTheSnippetOrWhatEnclosesIt()
    {
        foreach (var line in corpus.Run("--all", "-k", "50", "--format", "jsonl").Expect(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            Assert.DoesNotContain(json.RootElement.GetProperty("id").GetString(), json.RootElement.GetProperty("neighbours").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        }
    }

    [Fact]
    public void Neighbours_OfWords_FindWhatTheyDescribe() =>
        Assert.Contains("shout", corpus.Run("--text", "join words in capital letters", "-k", "1").Expect(0).Output);

    [Fact]
    public void Neighbours_OfCodeOnStandardInput_AreFound() =>
        Assert.Contains("BinarySearch", CliProcess.Shell(corpus.Root, "printf 'function s(a, x) { let l = 0, h = a.length - 1; while (l <= h) { const m = (l + h) >> 1; if (a[m] === x) return m; if (a[m] < x) l = m + 1; else h = m - 1; } return -1; }' | $XCODER neighbours - --from javascript --to go -k 1 --workspace ws").Expect(0).Output);

    [Theory]
    [InlineData(2, "Name one of")]
    [InlineData(2, "Name one of", "--all", "--text", "x")]
    [InlineData(2, "No function or structure stands at", "lib/search.py:400")]
    [InlineData(2, "There is no snippet", "nonsense")]
    [InlineData(2, "There is no language", "--all", "--to", "cobol")]
    [InlineData(2, "--from", "-")]
    [InlineData(2, "--to LANGUAGE", "--text", "x", "--cross-language")]
    [InlineData(2, "-k must be", "--all", "-k", "0")]
    [InlineData(2, "--surroundings-weight must be", "--all", "--surroundings-weight", "2")]
    [InlineData(2, "there is no folder", "--all", "--model", "nowhere")]
    public void Neighbours_WrongUse_SaysWhat(int code, string message, params string[] arguments) => corpus.Run(arguments).Expect(code, message);

    [Fact]
    public void Embed_Lines_GivesVectorsInOrderAndNamesWhatIsNone()
    {
        File.WriteAllLines(Path.Combine(corpus.Root, "in.jsonl"),
        [
            """{"id": "a", "language": "python", "code": "def f(a):\n    return a + 1\n"}""",
            "nonsense",
            """{"id": "b", "language": "cobol", "code": "x"}""",
            """{"id": "c", "language": "go", "code": "func f(a int) int { return a + 1 }"}""",
            """{"id": 7, "language": "java", "code": ""}""",
            """{"id": null, "language": "java", "code": ""}""",
        ]);

        var result = CliProcess.Run(corpus.Root, "embed", "--input", "in.jsonl", "--device", "cpu").Expect(3, "line 2", "line 3", "cobol", "line 6");

        var rows = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["\"a\"", "\"c\"", "7"], rows.Select(row => row.GetProperty("id").GetRawText()));
        var vectors = rows.Select(row => row.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray()).ToList();
        Assert.Equal(1, vectors[0].Sum(value => value * value), 3);
        Assert.InRange(vectors[0].Zip(vectors[1], (a, b) => a * b).Sum(), 0.5, 1);
        Assert.All(vectors[2], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Neighbours_OfAHybridModel_AreEmbeddedAnewAndReadWithItsBasesTerms()
    {
        using var tiny = new TinyHybrid();
        CliProcess.Run(corpus.Root, "index", "lib", "--workspace", "ws3", "--device", "cpu").Expect(0, "newly embedded");
        CliProcess.Run(corpus.Root, "index", "lib", "--workspace", "ws3", "--model", tiny.Folder, "--device", "cpu").Expect(0, "newly embedded");
        using var json = Json(CliProcess.Run(corpus.Root, "neighbours", "lib/search.py:4", "--cross-language", "--format", "json", "--model", tiny.Folder, "--workspace", "ws3", "--device", "cpu").Expect(0));
        Assert.Equal(["BinarySearch", "find"], json.RootElement[0].GetProperty("neighbours").EnumerateArray().Take(2).Select(item => item.GetProperty("name").GetString()!).Order(StringComparer.Ordinal));

        string Ids(string model) => CliProcess.Run(corpus.Root, "tokenize", "--workspace", "ws3", "--model", model, "--format", "jsonl").Expect(0).Output;
        Assert.Equal(Ids("default"), Ids(tiny.Folder));
    }

    [Fact]
    public void Neighbours_FolderNamedAsAShippedModel_IsNotTaken()
    {
        Directory.CreateDirectory(Path.Combine(corpus.Root, "default"));
        corpus.Run("lib/search.py:4", "-k", "1").Expect(0, "BinarySearch");
    }

    [Fact]
    public void Neighbours_SnippetOfAnotherRepository_IsRefused()
    {
        CliProcess.Run(corpus.Root, "index", "lib/text.py", "--workspace", "ws2", "--device", "cpu").Expect(0);
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(corpus.Root, "other")).FullName, "o.py"), "def o(a):\n    return a\n");
        CliProcess.Run(corpus.Root, "index", "other", "--workspace", "ws2", "--device", "cpu").Expect(0);
        CliProcess.Run(corpus.Root, "neighbours", "o.py:1", "--repository", "lib", "--workspace", "ws2", "--device", "cpu").Expect(2, "is not in --repository lib");
    }

    [Fact]
    public void Neighbours_PathOfSeveralFiles_ListsThem()
    {
        string[] names = ["p", "q", "r", "s", "t", "u"];
        foreach (var name in names)
        {
            var folder = Directory.CreateDirectory(Path.Combine(corpus.Root, "many", name, "src")).FullName;
            File.WriteAllText(Path.Combine(folder, "util.py"), $"def {name}(a):\n    return a\n" + (name == "u" ? "\n\ndef last(a):\n    return a\n" : ""));
        }

        CliProcess.Run(corpus.Root, ["index", .. names.Select(name => $"many/{name}"), "--workspace", "ws3", "--device", "cpu"]).Expect(0);

        foreach (var path in (string[])["util.py", "src/util.py"])
        {
            Find($"{path}:1").Expect(2, "6 files", "p/src/util.py, q/src/util.py, r/src/util.py, s/src/util.py, t/src/util.py, …", "REPOSITORY/PATH:LINE");
        }

        Assert.Contains("\"name\":\"q\"", Find("q/src/util.py:1", "--format", "jsonl").Expect(0).Output);
        Assert.Contains("\"name\":\"r\"", Find(Path.Combine(corpus.Root, "many/r/src/util.py") + ":1", "--format", "jsonl").Expect(0).Output);
        Assert.Contains("\"name\":\"s\"", Find("util.py:1", "--repository", "s", "--format", "jsonl").Expect(0).Output);
        Assert.Contains("\"name\":\"last\"", Find("util.py:5", "--format", "jsonl").Expect(0).Output);
        Find("q/src/util.py:5").Expect(2, "No function or structure stands at");

        CliResult Find(params string[] arguments) => CliProcess.Run(corpus.Root, ["neighbours", .. arguments, "--workspace", "ws3", "--device", "cpu"]);
    }

    [Fact]
    public void CrossLanguage_OfDialects_IsNoCrossing()
    {
        const string Code = "function total(values, limit) {\n  let sum = 0;\n  for (const value of values) {\n    if (value > limit) { sum += value * 2; } else { sum -= value; }\n  }\n  return [sum, limit, values];\n}\n";
        var folder = Directory.CreateDirectory(Path.Combine(corpus.Root, "dialects")).FullName;
        File.WriteAllText(Path.Combine(folder, "a.ts"), Code);
        File.WriteAllText(Path.Combine(folder, "b.tsx"), Code);
        CliProcess.Run(corpus.Root, "index", "dialects", "--workspace", "ws4", "--device", "cpu").Expect(0);

        Assert.Contains("\"crossLanguage\":false", Ask("duplicates").Output);
        Assert.DoesNotContain("crossLanguage", Ask("duplicates", "--cross-language").Output);
        Assert.Contains("\"neighbours\":[]", Ask("neighbours", "dialects/a.ts:1", "--cross-language", "--device", "cpu").Output);
        Assert.Contains("b.tsx", Ask("neighbours", "dialects/a.ts:1", "--device", "cpu").Output);
        Assert.Contains("\"neighbours\":[]", Ask("neighbours", "dialects/a.ts:1", "--to", "typescript", "--device", "cpu").Output);

        File.WriteAllText(Path.Combine(folder, "c.js"), Code);
        CliProcess.Run(corpus.Root, "index", "dialects", "--workspace", "ws4", "--device", "cpu").Expect(0);

        Assert.Contains("\"crossLanguage\":true", Ask("duplicates", "--cross-language").Output);
        Assert.Contains("c.js", Ask("neighbours", "dialects/a.ts:1", "--cross-language", "--device", "cpu").Output);

        CliResult Ask(params string[] arguments) => CliProcess.Run(corpus.Root, [.. arguments, "--format", "jsonl", "--workspace", "ws4"]).Expect(0);
    }

    private static JsonDocument Json(CliResult result) => JsonDocument.Parse(result.Output);
}
