using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using XCoder.Agents.Export;
using XCoder.Agents.Rows;
using XCoder.Tests.Analysis.Repositories;
using YamlDotNet.Serialization;

namespace XCoder.Tests.Agents.Export;

/// <summary>The folder, as Hugging Face documents the layout it loads.</summary>
public sealed class ExportFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Set => Path.Combine(_folder.Root, "set");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Card_Configuration_NamesTheFilesOfEachSplit()
    {
        var summary = ExportRun.Folder(Set, Many(100), ExportRun.Options() with { ShardRows = 30, Validation = 0.3 });
        var config = ((List<object>)Front()["configs"]).Cast<Dictionary<object, object>>().Single();

        Assert.Equal("chat", config["config_name"]);
        var splits = ((List<object>)config["data_files"]).Cast<Dictionary<object, object>>().ToDictionary(split => (string)split["split"], split => Directory.GetFiles(Set, (string)split["path"]).Select(file => Path.GetRelativePath(Set, file)).Order(StringComparer.Ordinal));
        Assert.Equal(["train", "validation"], splits.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(summary.Files.Select(file => file.Path), splits.Values.SelectMany(files => files));
        Assert.All(summary.Files, file => Assert.Matches(@"^data/(train|validation)-\d{5}-of-0000[1-4]\.jsonl$", file.Path));
        Assert.Equal(100, summary.Files.Sum(file => file.Rows));
        Assert.All(summary.Files, file => Assert.Equal(file.Rows, File.ReadLines(Path.Combine(Set, file.Path)).Count()));
        Assert.All(summary.Files, file => Assert.Equal(file.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Set, file.Path))))));
        Assert.Equal("100 rows\n", File.ReadAllText(Path.Combine(Set, "ATTRIBUTION.md")));
    }

    [Fact]
    public void Card_Features_AreTheColumnsOfTheRecords()
    {
        ExportRun.Folder(Set, Many(3));
        var info = ((List<object>)Front()["dataset_info"]).Cast<Dictionary<object, object>>().Single();
        var features = ((List<object>)info["features"]).Cast<Dictionary<object, object>>().ToList();

        var record = JsonDocument.Parse(File.ReadLines(Path.Combine(Set, "data/train-00000-of-00001.jsonl")).First()).RootElement;
        Assert.Equal(record.EnumerateObject().Select(property => property.Name), features.Select(feature => (string)feature["name"]));
        Assert.Equal(["role", "content"], ((List<object>)features[0]["list"]).Cast<Dictionary<object, object>>().Select(field => (string)field["name"]));
        Assert.Equal("string", features.Single(feature => (string)feature["name"] == "notices")["list"]);
        Assert.Equal("float64", features.Single(feature => (string)feature["name"] == "total")["dtype"]);
    }

    [Fact]
    public void Card_OfSomeRows_IsTheApprovedOne()
    {
        ExportRun.Folder(Set, [.. Many(12), SampleRows.MakeHostile(), SampleRows.Make(99, verdict: Verdict.Reject)], ExportRun.Options() with { Validation = 0.3 });
        Snapshot.Matches(File.ReadAllText(Path.Combine(Set, "README.md")), "card.md");
    }

    [Fact]
    public void Validation_OfASeedsConcept_NeverStraddles()
    {
        ExportRun.Folder(Set, Many(400), ExportRun.Options() with { Validation = 0.3 });
        HashSet<string?> Concepts(string split) => [.. Directory.GetFiles(Set, $"data/{split}-*").SelectMany(File.ReadLines).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("concept").GetString())];

        var (train, validation) = (Concepts("train"), Concepts("validation"));
        Assert.Empty(train.Intersect(validation));
        Assert.InRange(validation.Count, 4, 22);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Export_OfTheSameRows_GivesTheSameBytes(bool parquet)
    {
        var options = ExportRun.Options(ExportFormat.Pairs, parquet) with { ShardRows = 7, Validation = 0.2 };
        ExportRun.Folder(Set, Many(40), options);
        ExportRun.Folder(Set + "2", Many(40), options);
        string[] Files(string root) => [.. Directory.GetFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(root, file)).Order(StringComparer.Ordinal)];

        Assert.Equal(Files(Set), Files(Set + "2"));
        Assert.All(Files(Set), file => Assert.Equal(File.ReadAllBytes(Path.Combine(Set, file)), File.ReadAllBytes(Path.Combine(Set + "2", file))));
    }

    [Fact]
    public void Export_OverAnEarlierOne_ReplacesIt()
    {
        ExportRun.Folder(Set, Many(40), ExportRun.Options() with { ShardRows = 10 });
        ExportRun.Folder(Set, Many(3));
        Assert.Equal(["train-00000-of-00001.jsonl"], Directory.GetFiles(Path.Combine(Set, "data")).Select(Path.GetFileName));
        Assert.Equal(["set"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData(".git/HEAD")]
    [InlineData("data/mine.jsonl")]
    public void Export_OverSomethingElse_IsRefusedAndNothingIsTouched(string file)
    {
        ExportRun.Folder(Set, Many(3));
        var before = File.ReadAllText(Path.Combine(Set, "README.md"));
        _folder.Write("set/" + file);

        Assert.Contains("no export wrote", Assert.Throws<IOException>(() => ExportRun.Folder(Set, Many(9))).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(Set, "README.md")));
        Assert.True(File.Exists(Path.Combine(Set, file)));
    }

    [Fact]
    public void Export_OverALinkOrAFile_IsRefused()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Root, "elsewhere"));
        _folder.Link("set", "elsewhere");
        Assert.Throws<IOException>(() => ExportRun.Folder(Set, Many(1)));
        _folder.Write("file");
        Assert.Throws<IOException>(() => ExportRun.Folder(Path.Combine(_folder.Root, "file"), Many(1)));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_folder.Root, "elsewhere")));
    }

    [Fact]
    public void Export_Interrupted_LeavesTheEarlierOneWhole()
    {
        ExportRun.Folder(Set, Many(3));
        var before = File.ReadAllBytes(Path.Combine(Set, "README.md"));
        using var cancellation = new CancellationTokenSource();
        var source = ExportRun.Of([]) with { Rows = () => Many(50).Select((row, i) => { if (i == 25) { cancellation.Cancel(); } return row; }) };

        Assert.Throws<OperationCanceledException>(() => new DatasetExporter(ExportRun.Options() with { ShardRows = 10 }, source).WriteFolder(Set, ExportRun.Facts, cancellation.Token));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(Set, "README.md")));
        Assert.Equal(["set"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void Export_AfterAKilledOne_RemovesWhatItLeft()
    {
        _folder.Write(".set.999999999.xcoder-export/data/train.0.part");
        ExportRun.Folder(Set, Many(3));
        Assert.Equal(["set"], Directory.GetFileSystemEntries(_folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void Export_OfNoRows_WritesNothingAndKeepsTheEarlierOne()
    {
        ExportRun.Folder(Set, Many(3));
        Assert.Equal(0, ExportRun.Folder(Set, [SampleRows.Make(1, verdict: Verdict.Reject)]).Exported);
        Assert.True(File.Exists(Path.Combine(Set, "data/train-00000-of-00001.jsonl")));
        ExportRun.Folder(Set + "2", []);
        Assert.False(Directory.Exists(Set + "2"));
    }

    private static InstructionRow[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => SampleRows.Make(i, concept: $"concept{i % 40}"))];

    private Dictionary<object, object> Front()
    {
        var text = File.ReadAllText(Path.Combine(Set, "README.md"));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(Regex.Match(text, @"\A---\n(.*?)\n---\n", RegexOptions.Singleline).Groups[1].Value);
    }
}
