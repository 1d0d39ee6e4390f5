using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli.Commands;

/// <summary>A small library in four languages, indexed: Java counts no words, JavaScript knows no palindromes.</summary>
public sealed class ConceptCorpus : IDisposable
{
    private const string JavaScriptSearch = "/** Finds a value in sorted items. */\nfunction binarySearch(items, wanted) {\n  let low = 0, high = items.length - 1;\n  while (low <= high) {\n    const middle = Math.floor((low + high) / 2);\n    if (items[middle] === wanted) return middle;\n    if (items[middle] < wanted) low = middle + 1;\n    else high = middle - 1;\n  }\n  return -1;\n}\n\nfunction countWords(text) {\n  const counts = {};\n  for (const word of text.toLowerCase().split(' ')) {\n    counts[word] = (counts[word] || 0) + 1;\n  }\n  return counts;\n}\n";

    private readonly TemporaryFolder _folder = new();

    public ConceptCorpus()
    {
        _folder.Write("py/text.py", "def binary_search(items, wanted):\n    \"\"\"Finds the place of a value in sorted items.\"\"\"\n    low, high = 0, len(items) - 1\n    while low <= high:\n        middle = (low + high) // 2\n        if items[middle] == wanted:\n            return middle\n        if items[middle] < wanted:\n            low = middle + 1\n        else:\n            high = middle - 1\n    return -1\n\n\ndef count_words(text):\n    \"\"\"Counts how often each word occurs.\"\"\"\n    counts = {}\n    for word in text.lower().split():\n        counts[word] = counts.get(word, 0) + 1\n    return counts\n\n\ndef is_palindrome(text):\n    \"\"\"Tells whether it reads the same backwards.\"\"\"\n    letters = [c for c in text if c.isalnum()]\n    left, right = 0, len(letters) - 1\n    while left < right:\n        if letters[left] != letters[right]:\n            return False\n        left += 1\n        right -= 1\n    return True\n");
        _folder.Write("py/tests/test_text.py", "from text import count_words\n\n\ndef test_words():\n    assert count_words('a b a') == {'a': 2, 'b': 1}\n    assert count_words('') == {}\n    assert count_words('x') == {'x': 1}\n");
        _folder.Write("go/text.go", "package text\n\nimport \"strings\"\n\nfunc BinarySearch(items []int, wanted int) int {\n\tlow, high := 0, len(items)-1\n\tfor low <= high {\n\t\tmiddle := (low + high) / 2\n\t\tif items[middle] == wanted {\n\t\t\treturn middle\n\t\t}\n\t\tif items[middle] < wanted {\n\t\t\tlow = middle + 1\n\t\t} else {\n\t\t\thigh = middle - 1\n\t\t}\n\t}\n\treturn -1\n}\n\nfunc CountWords(text string) map[string]int {\n\tcounts := map[string]int{}\n\tfor _, word := range strings.Fields(strings.ToLower(text)) {\n\t\tcounts[word]++\n\t}\n\treturn counts\n}\n\nfunc IsPalindrome(letters []rune) bool {\n\tleft, right := 0, len(letters)-1\n\tfor left < right {\n\t\tif letters[left] != letters[right] {\n\t\t\treturn false\n\t\t}\n\t\tleft++\n\t\tright--\n\t}\n\treturn true\n}\n");
        _folder.Write("java/Text.java", "class Text {\n  static int binarySearch(int[] items, int wanted) {\n    int low = 0, high = items.length - 1;\n    while (low <= high) {\n      int middle = (low + high) / 2;\n      if (items[middle] == wanted) return middle;\n      if (items[middle] < wanted) low = middle + 1;\n      else high = middle - 1;\n    }\n    return -1;\n  }\n\n  static boolean isPalindrome(char[] letters) {\n    int left = 0, right = letters.length - 1;\n    while (left < right) {\n      if (letters[left] != letters[right]) return false;\n      left++;\n      right--;\n    }\n    return true;\n  }\n}\n");
        _folder.Write("js/text.js", JavaScriptSearch);
        Run("index", "py", "go", "java", "js").Expect(0, "newly embedded");
    }

    public string Root => _folder.Root;

    public void Write(string name, string text) => _folder.Write(name, text);

    public string Read(string name) => File.ReadAllText(Path.Combine(Root, name));

    public void Dispose() => _folder.Dispose();

    internal CliResult Run(params string[] arguments) => RunIn("ws", arguments);

    internal CliResult RunIn(string workspace, params string[] arguments) => CliProcess.Run(Root, [.. arguments, "--workspace", workspace, .. arguments[0] is "index" or "coverage" or "seeds" or "analyze" ? (string[])["--device", "cpu"] : []]);
}

public class ConceptsTests(ConceptCorpus corpus) : IClassFixture<ConceptCorpus>
{
    [Fact]
    public void Coverage_AsJson_HasConceptsOverLanguages()
    {
        var concepts = Json(corpus.Run("coverage", "--format", "json")).GetProperty("concepts");
        var search = Row(concepts, "binary search");

        Assert.Equal(["go", "java", "javascript", "python"], search.GetProperty("cells").EnumerateObject().Select(cell => cell.Name).Order(StringComparer.Ordinal));
        Assert.Equal((4, 2, 0, 0), Counts(search));
        Assert.Equal((3, 1, 1, 0), Counts(Row(concepts, "count")));
        Assert.Equal("default", concepts.GetProperty("model").GetString());
        Assert.Equal(10, concepts.GetProperty("functions").GetInt32());
    }

    [Fact]
    public void Coverage_WithGeneratedRows_CountsAcceptedPairs()
    {
        corpus.RunIn("paired", "analyze", "py", "go", "java", "js").Expect(0);
        var concepts = Json(corpus.RunIn("paired", "coverage", "--format", "json")).GetProperty("concepts");
        var search = Row(concepts, "binary search").GetProperty("concept").GetString()!;
        SampleRows.Store(Path.Combine(corpus.Root, "paired"), [SampleRows.Make(1, concept: search), SampleRows.Make(2, concept: search), SampleRows.Make(3, target: "rust", concept: search), SampleRows.Make(4, concept: search, verdict: Verdict.Reject)]);

        var row = Row(Json(corpus.RunIn("paired", "coverage", "--format", "json")).GetProperty("concepts"), "binary search");
        Assert.Equal((2, 0, 3), (row.GetProperty("cells").GetProperty("go").GetProperty("pairs").GetInt32(), row.GetProperty("cells").GetProperty("python").GetProperty("pairs").GetInt32(), row.GetProperty("pairs").GetInt32()));
        corpus.RunIn("paired", "coverage").Expect(0, "Pairs");

        // A report made before the rows is no longer the report of this workspace.
        corpus.RunIn("paired", "analyze", "py", "go", "java", "js").Expect(0);
        Assert.Equal(3, Row(JsonDocument.Parse(File.ReadAllText(Path.Combine(corpus.Root, "paired/report.json"))).RootElement.GetProperty("coverage").GetProperty("concepts"), "binary search").GetProperty("pairs").GetInt32());
    }

    [Fact]
    public void Coverage_InText_AddsTheMatrix() =>
        corpus.Run("coverage", "--concepts", "1").Expect(0, "Files", "Concepts: 3 of 10 functions in 4 languages", "binary search", "and 2 more concepts");

    [Fact]
    public void Gaps_OfOneLanguage_AreItsOwn()
    {
        var gaps = Json(corpus.Run("coverage", "--gaps", "--language", "java", "--format", "json")).GetProperty("gaps");
        var gap = Assert.Single(gaps.GetProperty("rows").EnumerateArray());

        Assert.Contains("count", gap.GetProperty("label").GetString(), StringComparison.Ordinal);
        Assert.Equal("java", gap.GetProperty("language").GetString());
        Assert.InRange(gap.GetProperty("score").GetDouble(), 0.01, 1);
        var function = Assert.Single(gaps.GetProperty("functions").EnumerateArray());
        Assert.Equal(3, function.GetProperty("languages").GetInt32());
        Assert.InRange(gaps.GetProperty("expectedPrecision").GetDouble(), 0.8, 1);
        Assert.Equal((0.12, "default"), (gaps.GetProperty("threshold").GetDouble(), gaps.GetProperty("thresholdSource").GetString()));
    }

    [Fact]
    public void Gaps_OfAProject_NameIt()
    {
        var gaps = Json(corpus.Run("coverage", "--gaps", "--format", "json")).GetProperty("gaps").GetProperty("rows").EnumerateArray().ToList();

        Assert.Equal(["java", "javascript"], gaps.Select(gap => gap.GetProperty("language").GetString()).Order(StringComparer.Ordinal));
        Assert.All(gaps, gap => Assert.Single(gap.GetProperty("projects").EnumerateArray()));
    }

    [Theory]
    [InlineData("short", "const is_palindrome = text => text === flip(text);\n")] // fewer than 25 tokens, another convention
    [InlineData("type", "class PalindromeIs {}\n")] // a type with the words of the name
    [InlineData("prose", "/** Tells whether a text is a palindrome. */\nfunction mirrored(text) {\n  return text === flip(text);\n}\n")]
    public void Gaps_OfWhatIsThereUnderItsWords_AreNone(string folder, string code)
    {
        corpus.Write($"{folder}/text.js", corpus.Read("js/text.js") + code);
        corpus.RunIn($"ws-{folder}", "index", "py", "go", "java", folder).Expect(0);
        var gaps = Json(corpus.RunIn($"ws-{folder}", "coverage", "--gaps", "--format", "json")).GetProperty("gaps").GetProperty("rows");

        Assert.Equal(["java"], gaps.EnumerateArray().Select(gap => gap.GetProperty("language").GetString()));
    }

    [Fact]
    public void Gaps_InText_NameThresholdModelAndPrecision()
    {
        var text = corpus.Run("coverage", "--gaps").Expect(0).Output.ReplaceLineEndings(" ");
        Assert.Contains("Gaps: 2 cases", text, StringComparison.Ordinal);
        Assert.Contains("model default, margins default; in ports >= 0.12, expected precision of pairs 0.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Coverage_NotEmbedded_SaysHowToGetThem()
    {
        corpus.RunIn("plain", "index", "py", "--no-embed").Expect(0);
        corpus.RunIn("plain", "coverage").Expect(0, "python", "Concepts: not known yet", "xcoder coverage --gaps");
        Assert.False(Json(corpus.RunIn("plain", "coverage", "--format", "json")).TryGetProperty("concepts", out _));
        corpus.RunIn("plain", "coverage", "--gaps").Expect(0, "Gaps: 0");
    }

    [Fact]
    public void Concepts_OfAChangedOrDamagedWorkspace_KeepTheirIds()
    {
        corpus.RunIn("kept", "index", "py", "go", "java", "js").Expect(0);
        var ids = Ids();
        var file = Path.Combine(corpus.Root, "kept", "concepts.index");
        var written = File.GetLastWriteTimeUtc(file);
        Assert.Equal(ids, Ids());
        Assert.Equal(written, File.GetLastWriteTimeUtc(file));

        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        Assert.Equal(ids, Ids());
        Assert.NotEqual(bytes, File.ReadAllBytes(file));

        written = File.GetLastWriteTimeUtc(file);
        corpus.Write("more/more.py", "def shout(words, mark):\n    result = []\n    for word in words:\n        result.append(word.upper() + mark)\n    return ' '.join(result)\n");
        corpus.RunIn("kept", "index", "more").Expect(0);
        Assert.Equal(ids, Ids());
        Assert.NotEqual(written, File.GetLastWriteTimeUtc(file));

        List<string> Ids() => [.. Json(corpus.RunIn("kept", "coverage", "--format", "json")).GetProperty("concepts").GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("concept").GetString()!).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Seeds_AreOneADuplicateGroupAndReproducible()
    {
        var rows = Lines(corpus.Run("seeds", "--format", "jsonl", "--with-code", "--seed", "5").Expect(0));
        Assert.Equal(rows.Select(Id), Lines(corpus.Run("seeds", "--format", "jsonl", "--seed", "5").Expect(0)).Select(Id));

        // Three algorithms, each one semantic group.
        Assert.Equal(3, rows.Count);
        Assert.All(rows, row =>
        {
            Assert.InRange(row.GetProperty("quality").GetDouble(), 0.2, 1);
            Assert.False(string.IsNullOrEmpty(row.GetProperty("concept").GetString()));
            Assert.False(string.IsNullOrEmpty(row.GetProperty("label").GetString()));
            Assert.False(string.IsNullOrEmpty(row.GetProperty("code").GetString()));
            Assert.False(row.GetProperty("isTest").GetBoolean());
        });
        Assert.Distinct(rows.Select(row => row.GetProperty("group").GetString()));
        Assert.All(Lines(corpus.Run("seeds", "--languages", "go", "--format", "jsonl").Expect(0)), row => Assert.Equal("go", row.GetProperty("language").GetString()));
    }

    [Fact]
    public void Analyze_Report_HasConceptsAndGaps()
    {
        var first = corpus.RunIn("analysed", "analyze", "py", "go", "java", "js", "--format", "json").Expect(0).Output;
        Assert.Equal(first, corpus.RunIn("analysed", "analyze", "py", "go", "java", "js", "--format", "json").Expect(0).Output);
        var coverage = JsonDocument.Parse(File.ReadAllText(Path.Combine(corpus.Root, "analysed", "report.json"))).RootElement.GetProperty("coverage");
        Assert.Equal(3, coverage.GetProperty("concepts").GetProperty("rows").GetArrayLength());
        Assert.Equal(2, coverage.GetProperty("gaps").GetProperty("rows").GetArrayLength());
    }

    [Theory]
    [InlineData("--count must be", "seeds", "--count", "0")]
    [InlineData("--per-concept must be", "seeds", "--per-concept", "0")]
    [InlineData("no language 'cobol'", "seeds", "--languages", "python,cobol")]
    [InlineData("--concepts must be", "coverage", "--concepts", "-1")]
    [InlineData("no language 'cobol'", "coverage", "--gaps", "--language", "cobol")]
    public void WrongUse_SaysWhat(string message, params string[] arguments) => corpus.Run(arguments).Expect(2, message);

    private static JsonElement Row(JsonElement concepts, string label) => concepts.GetProperty("rows").EnumerateArray().Single(row => row.GetProperty("label").GetString()!.Contains(label, StringComparison.Ordinal));

    private static (int Snippets, int Documented, int Tested, int Pairs) Counts(JsonElement row) =>
        (row.GetProperty("snippets").GetInt32(), row.GetProperty("documented").GetInt32(), row.GetProperty("tested").GetInt32(), row.GetProperty("pairs").GetInt32());

    private static JsonElement Json(CliResult result) => JsonDocument.Parse(result.Expect(0).Output).RootElement;

    private static List<JsonElement> Lines(CliResult result) => [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static string Id(JsonElement row) => row.GetProperty("id").GetString()!;
}
