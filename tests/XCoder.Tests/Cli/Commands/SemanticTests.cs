using System.Text.Json;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli.Commands;

/// <summary>The same library in three languages, indexed.</summary>
public sealed class PortedCorpus : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PortedCorpus()
    {
        _folder.Write("py/text.py", "def binary_search(items, wanted):\n    low, high = 0, len(items) - 1\n    while low <= high:\n        middle = (low + high) // 2\n        if items[middle] == wanted:\n            return middle\n        if items[middle] < wanted:\n            low = middle + 1\n        else:\n            high = middle - 1\n    return -1\n\n\ndef count_words(text):\n    counts = {}\n    for word in text.lower().split():\n        counts[word] = counts.get(word, 0) + 1\n    return counts\n\n\ndef is_palindrome(text):\n    letters = [c for c in text if c.isalnum()]\n    left, right = 0, len(letters) - 1\n    while left < right:\n        if letters[left] != letters[right]:\n            return False\n        left += 1\n        right -= 1\n    return True\n");
        _folder.Write("go/text.go", "package text\n\nimport \"strings\"\n\nfunc BinarySearch(items []int, wanted int) int {\n\tlow, high := 0, len(items)-1\n\tfor low <= high {\n\t\tmiddle := (low + high) / 2\n\t\tif items[middle] == wanted {\n\t\t\treturn middle\n\t\t}\n\t\tif items[middle] < wanted {\n\t\t\tlow = middle + 1\n\t\t} else {\n\t\t\thigh = middle - 1\n\t\t}\n\t}\n\treturn -1\n}\n\nfunc CountWords(text string) map[string]int {\n\tcounts := map[string]int{}\n\tfor _, word := range strings.Fields(strings.ToLower(text)) {\n\t\tcounts[word]++\n\t}\n\treturn counts\n}\n\nfunc IsPalindrome(letters []rune) bool {\n\tleft, right := 0, len(letters)-1\n\tfor left < right {\n\t\tif letters[left] != letters[right] {\n\t\t\treturn false\n\t\t}\n\t\tleft++\n\t\tright--\n\t}\n\treturn true\n}\n");
        Java("java");
        Run("index", "py", "go", "java").Expect(0, "newly embedded");
    }

    public string Root => _folder.Root;

    public void Java(string folder) => _folder.Write(
        $"{folder}/Text.java",
        "class Text {\n  static int binarySearch(int[] items, int wanted) {\n    int low = 0, high = items.length - 1;\n    while (low <= high) {\n      int middle = (low + high) / 2;\n      if (items[middle] == wanted) return middle;\n      if (items[middle] < wanted) low = middle + 1;\n      else high = middle - 1;\n    }\n    return -1;\n  }\n\n  static boolean isPalindrome(char[] letters) {\n    int left = 0, right = letters.length - 1;\n    while (left < right) {\n      if (letters[left] != letters[right]) return false;\n      left++;\n      right--;\n    }\n    return true;\n  }\n}\n");

    public void Write(string name, string text) => _folder.Write(name, text);

    public void Dispose() => _folder.Dispose();

    internal CliResult Run(params string[] arguments) => RunIn("ws", arguments);

    internal CliResult RunIn(string workspace, params string[] arguments) =>
        CliProcess.Run(Root, [.. arguments, "--workspace", workspace, .. arguments[0] == "snippets" ? Array.Empty<string>() : ["--device", "cpu"]]);
}

public class SemanticTests(PortedCorpus corpus) : IClassFixture<PortedCorpus>
{
    private static readonly string[] Semantic = ["duplicates", "--kind", "semantic", "--cross-language"];

    [Fact]
    public void Duplicates_OfPorts_AreTheirTwins()
    {
        var groups = Groups(corpus.Run([.. Semantic, "--format", "jsonl"]).Expect(0));

        Assert.Equal(["BinarySearch binarySearch binary_search", "CountWords count_words", "IsPalindrome isPalindrome is_palindrome"], groups.Select(group =>
            string.Join(' ', group.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("name").GetString()).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
        Assert.All(groups, group =>
        {
            Assert.Equal(("semantic", "cosine", true), (group.GetProperty("kind").GetString(), group.GetProperty("measure").GetString(), group.GetProperty("crossLanguage").GetBoolean()));
            Assert.InRange(group.GetProperty("similarity").GetDouble(), 0.35, 1);
            Assert.InRange(group.GetProperty("margin").GetDouble(), 0.12, 1.5);
            Assert.Equal((0.12, "default", "default"), (group.GetProperty("threshold").GetDouble(), group.GetProperty("thresholdSource").GetString(), group.GetProperty("model").GetString()));
            Assert.InRange(group.GetProperty("expectedPrecision").GetDouble(), 0.8, 1);
        });
    }

    [Fact]
    public void Duplicates_InText_SayWhatTheyRestOn() =>
        Assert.Contains("semantic: model default, margins default; in ports >= 0.12, expected precision of pairs 0.", corpus.Run(Semantic).Expect(0).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);

    [Fact]
    public void Duplicates_InSarif_HaveBothPlacesCosineAndThreshold()
    {
        using var json = JsonDocument.Parse(corpus.Run([.. Semantic, "--format", "sarif"]).Expect(0).Output);
        var result = json.RootElement.GetProperty("runs")[0].GetProperty("results")[0];

        Assert.Equal("duplicate/semantic", result.GetProperty("ruleId").GetString());
        Assert.Equal(1, result.GetProperty("locations").GetArrayLength());
        Assert.True(result.GetProperty("relatedLocations").GetArrayLength() >= 1);
        Assert.InRange(result.GetProperty("properties").GetProperty("cosine").GetDouble(), 0.35, 1);
        Assert.Equal(0.12, result.GetProperty("properties").GetProperty("threshold").GetDouble());
        Assert.Contains("cosine", result.GetProperty("message").GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Duplicates_WithAnotherMargin_NeedNoNewIndex()
    {
        corpus.Run(Semantic).Expect(0);
        var index = Path.Combine(corpus.Root, "ws/semantic.index");
        var written = File.GetLastWriteTimeUtc(index);

        Assert.Empty(Groups(corpus.Run([.. Semantic, "--margin", "1", "--format", "jsonl"]).Expect(0)));
        Assert.Equal(3, Groups(corpus.Run([.. Semantic, "--margin", "0", "--format", "jsonl"]).Expect(0)).Count);
        Assert.Equal(written, File.GetLastWriteTimeUtc(index));
        corpus.Run([.. Semantic, "--margin", "5"]).Expect(2, "--margin must be -0.1 to 1");
    }

    [Fact]
    public void Duplicates_WhoseIndexIsDamaged_MakeItAgain()
    {
        corpus.RunIn("damaged", "index", "py", "go", "java").Expect(0);
        var first = corpus.RunIn("damaged", [.. Semantic, "--format", "jsonl"]).Expect(0).Output;
        foreach (var name in (string[])["semantic.index", "semantic.neighbours"])
        {
            var path = Path.Combine(corpus.Root, "damaged", name);
            var bytes = File.ReadAllBytes(path);
            bytes[bytes.Length / 2] ^= 0x55;
            File.WriteAllBytes(path, bytes);
        }

        Assert.Equal(first, corpus.RunIn("damaged", [.. Semantic, "--format", "jsonl"]).Expect(0).Output);
        File.WriteAllBytes(Path.Combine(corpus.Root, "damaged/semantic.index"), []);
        Assert.Equal(first, corpus.RunIn("damaged", [.. Semantic, "--format", "jsonl", "--threads", "1"]).Expect(0).Output);
    }

    [Fact]
    public void Duplicates_OfARepositoryThatJoins_AreThoseFromScratch()
    {
        corpus.RunIn("grown", "index", "py", "go").Expect(0);
        corpus.RunIn("grown", Semantic).Expect(0);
        corpus.RunIn("grown", "index", "java").Expect(0);

        Assert.Equal(corpus.Run([.. Semantic, "--format", "jsonl"]).Expect(0).Output, corpus.RunIn("grown", [.. Semantic, "--format", "jsonl"]).Expect(0).Output);
    }

    [Fact]
    public void Duplicates_WithABaseline_FailOnOneMoreCopyAlone()
    {
        corpus.RunIn("gate", "index", "py", "go").Expect(0);
        corpus.RunIn("gate", [.. Semantic, "--write-baseline", "known.json"]).Expect(0);
        corpus.RunIn("gate", [.. Semantic, "--baseline", "known.json", "--fail-on", "new"]).Expect(0);
        corpus.RunIn("gate", "index", "java").Expect(0);

        corpus.RunIn("gate", [.. Semantic, "--baseline", "known.json", "--fail-on", "new"]).Expect(1, "2 with more copies");
    }

    [Fact]
    public void Calibrate_OfAWorkspace_IsUsedFromThenOn()
    {
        corpus.RunIn("calibrated", "index", ".").Expect(0); // one repository in three languages
        using var json = JsonDocument.Parse(corpus.RunIn("calibrated", "calibrate", "--precision", "0.9", "--format", "json").Expect(0).Output);
        var threshold = json.RootElement.GetProperty("threshold").GetDouble();

        Assert.InRange(json.RootElement.GetProperty("precision").GetProperty("value").GetDouble(), 0.9, 1);
        Assert.True(json.RootElement.GetProperty("twins").GetInt32() >= 3);
        Assert.All(Groups(corpus.RunIn("calibrated", [.. Semantic, "--format", "jsonl"]).Expect(0)), group =>
            Assert.Equal((threshold, "calibrated"), (group.GetProperty("threshold").GetDouble(), group.GetProperty("thresholdSource").GetString())));
    }

    [Fact]
    public void Calibrate_ByAnEarlierVersion_LeavesOtherCodeAtItsDefault()
    {
        corpus.RunIn("earlier", "index", "py", "go", "java").Expect(0);
        corpus.RunIn("earlier", "calibrate").Expect(0);
        var file = Path.Combine(corpus.Root, "earlier", "calibration.json");
        var known = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        foreach (var field in known.Select(field => field.Key).Where(key => key.StartsWith("unrelated", StringComparison.Ordinal)).ToList())
        {
            known.Remove(field);
        }

        File.WriteAllText(file, known.ToJsonString());
        Assert.Contains("elsewhere >= 0.3, expected precision", corpus.RunIn("earlier", Semantic).Expect(0).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Calibrate_WithLabels_LearnsFromThem()
    {
        corpus.RunIn("labelled", "index", "py", "go", "java").Expect(0);
        var ids = Groups(corpus.RunIn("labelled", [.. Semantic, "--format", "jsonl"]).Expect(0)).Select(group => group.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("id").GetString()).ToArray()).ToList();
        corpus.Write("labels.jsonl", string.Concat(ids.Select(pair => $"{{\"a\": \"{pair[0]}\", \"b\": \"{pair[1]}\", \"same\": false}}\n")) + "{\"a\": \"none\", \"b\": \"none\", \"same\": true}\n");
        using var json = JsonDocument.Parse(corpus.RunIn("labelled", "calibrate", "--labels", "labels.jsonl", "--format", "json").Expect(0).Output);

        Assert.Equal((3, 1), (json.RootElement.GetProperty("judgedByLabels").GetInt32(), json.RootElement.GetProperty("unknownLabels").GetInt32()));
        corpus.Write("bad.jsonl", "{\"a\": \"x\", \"b\": \"y\", \"same\": true}\n{\"a\": 1}\n");
        corpus.RunIn("labelled", "calibrate", "--labels", "bad.jsonl").Expect(2, "bad.jsonl, line 2");
        corpus.RunIn("labelled", "calibrate", "--labels", "missing.jsonl").Expect(2, "missing.jsonl");
    }

    [Fact]
    public void Calibrate_Reviewed_KeepsTheAnswers()
    {
        corpus.RunIn("reviewed", "index", "py", "go", "java").Expect(0);
        var result = CliProcess.Shell(corpus.Root, "printf 'x\\ny\\nn\\ns\\n' | $XCODER calibrate --review --count 9 --workspace reviewed --device cpu").Expect(0);

        Assert.Contains("Do they do the same?", result.Errors, StringComparison.Ordinal);
        Assert.Equal(["true", "false"], File.ReadAllLines(Path.Combine(corpus.Root, "reviewed/labels.jsonl")).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("same").GetRawText()));
        Assert.Contains("2 by labels", corpus.RunIn("reviewed", "calibrate").Expect(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Analyze_OfPorts_ReportsThem()
    {
        corpus.RunIn("analyzed", "analyze", "py", "go", "java").Expect(0, "semantic");
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(corpus.Root, "analyzed/report.json")));

        Assert.Equal(3, json.RootElement.GetProperty("duplicates").GetProperty("semantic").GetProperty("groups").GetInt32());
        Assert.Equal("default", json.RootElement.GetProperty("duplicateOptions").GetProperty("semantic").GetProperty("model").GetString());
        Assert.DoesNotContain("semantic", corpus.RunIn("plain", "analyze", "py", "go", "java", "--no-embed").Expect(0).Output, StringComparison.Ordinal);
    }

    private static List<JsonElement> Groups(CliResult result) =>
        [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];
}
