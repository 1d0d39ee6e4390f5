using XCoder.Agents.Decontamination;
using XCoder.Agents.Rows;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Decontamination;

public class FingerprintTests
{
    private const string Task = "Given a crate of oranges, weigh every second orange and return the heaviest pair whose weights differ by less than the scale's tolerance.";

    [Fact]
    public void Shipped_Benchmarks_AreTheFourOfTheCard() =>
        Assert.Equal(
            ["HumanEval-X 984", "HumanEval 164", "MBPP 974", "MultiPL-E 2864"],
            BenchmarkLibrary.Shipped.Fingerprints.Select(fingerprint => $"{fingerprint.Header.Name} {fingerprint.Problems.Count}"));

    [Fact]
    public void Write_SameTextsInAnyOrder_GivesTheSameBytes()
    {
        var texts = Enumerable.Range(0, 30).Select(i => new BenchmarkText($"p{i % 10}", "prompt", string.Join(' ', Words(i, 40)))).ToList();
        Assert.Equal(Bytes(texts), Bytes([.. texts.AsEnumerable().Reverse()]));
    }

    [Fact]
    public void Read_WhatWasWritten_FindsTheSame()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Root, "own.fingerprint");
        File.WriteAllBytes(path, Bytes([new BenchmarkText("orange/1", "prompt", Task)]));
        var found = new ContaminationDetector([FingerprintFile.Read(path)]).FindIn("instruction", "Hello.\n\nSo: " + Task.ToUpperInvariant())!;
        Assert.Equal(("own", "orange/1", Contamination.Grams, "instruction", 3), (found.Benchmark, found.Problem, found.Kind, found.Part, found.Line));
        Assert.DoesNotContain("orange", System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(path)).Replace("orange/1", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedAnywhere_SaysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Root, "own.fingerprint");
        var whole = Bytes([new BenchmarkText("1", "prompt", Task)]);
        var head = Array.IndexOf(whole, (byte)'\n');
        foreach (var length in Enumerable.Range(0, whole.Length - 1).Where(length => length % 7 == 0))
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Contains("is no fingerprint", Assert.Throws<InvalidDataException>(() => FingerprintFile.Read(path)).Message, StringComparison.Ordinal);
        }

        for (var at = head + 1; at < whole.Length - 1; at += 5)
        {
            var broken = whole.ToArray();
            broken[at] ^= 0x55;
            File.WriteAllBytes(path, broken);
            Assert.Throws<InvalidDataException>(() => FingerprintFile.Read(path));
        }
    }

    [Fact]
    public void Find_AnyTenWordsInARow_WhateverStandsBetween()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var words = Words(round, 30);
            var detector = DetectorOf(string.Join(' ', words));
            var at = random.Next(0, 21);
            var planted = string.Concat(words[at..(at + 10)].Select(word => (random.Next(2) == 0 ? word.ToUpperInvariant() : word) + " \n\t_,;(){}*/#"[random.Next(12)]));
            var other = string.Join(' ', Words(10_000 + round, 20));
            Assert.NotNull(detector.FindIn("response", $"{other} {planted} {other}"));

            // Nine in a row are none.
            Assert.Null(detector.FindIn("response", $"{other} {string.Join(' ', words[at..(at + 9)])} {other}"));
        }
    }

    [Fact]
    public void Find_TablesAndWhatManyProblemsShare_SayNothing()
    {
        var shared = string.Join(' ', Words(1, 15));
        var texts = Enumerable.Range(0, 3).Select(i => new BenchmarkText($"{i}", "test", $"{shared} {string.Join(' ', Words(100 + i, 30))} 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12")).ToList();
        var detector = new ContaminationDetector([Fingerprint.Of("own", [new BenchmarkFile(new FingerprintSource("own", "", 3), texts)])]);
        Assert.Null(detector.FindIn("response", "first " + shared + " last"));
        Assert.Null(detector.FindIn("response", "x = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]"));
        Assert.NotNull(detector.FindIn("response", string.Join(' ', Words(101, 30))));
    }

    [Fact]
    public void Find_WordsChangedHereAndThere_ByLikeness()
    {
        // Nine words of ten stay: no 10-gram is left, and of the shingles the Jaccard similarity is 0.54.
        var found = new List<Contamination>();
        for (var round = 0; round < 20; round++)
        {
            var words = Words(round, 200);
            var detector = DetectorOf(string.Join(' ', words));
            var changed = words.Select((word, i) => i % 10 == 4 ? "other" + i : word);
            found.AddRange(detector.FindIn("response", $"Here it is:\n```\n{string.Join(' ', changed)}\n```") is { } contamination ? [contamination] : []);
            Assert.Null(detector.FindIn("response", string.Join(' ', Words(1000 + round, 200))));
        }

        Assert.InRange(found.Count, 8, 20);
        Assert.All(found, contamination => Assert.Equal(Contamination.MinHash, contamination.Kind));
        Assert.InRange(found.Average(contamination => contamination.Jaccard!.Value), 0.5, 0.65);
    }

    [Theory]
    [InlineData("{\"task_id\": 1", "line 1")]
    [InlineData("[1, 2]", "no object")]
    [InlineData("{\"task_id\": 1, \"other\": \"text\"}", "--fields")]
    public void Read_BrokenBenchmark_SaysWhatToDo(string content, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("own.jsonl", content);
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => BenchmarkLibrary.Open([Path.Combine(folder.Root, "own.jsonl")])).Message, StringComparison.Ordinal);
    }

    internal static ContaminationDetector DetectorOf(string text) =>
        new([Fingerprint.Of("own", [new BenchmarkFile(new FingerprintSource("own", "", 1), [new BenchmarkText("1", "text", text)])])]);

    private static byte[] Bytes(IReadOnlyList<BenchmarkText> texts)
    {
        using var stream = new MemoryStream();
        FingerprintFile.Write(stream, Fingerprint.Of("own", [new BenchmarkFile(new FingerprintSource("own", "", texts.Count), texts)]));
        return stream.ToArray();
    }

    private static string[] Words(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => "w" + new string([.. Enumerable.Range(0, 6).Select(_ => (char)('a' + random.Next(26)))]))];
    }
}
