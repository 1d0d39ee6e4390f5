using System.Text;
using System.Text.Json;
using XCoder.Analysis;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Tests.Analysis.Repositories;
using Xunit;

namespace XCoder.Tests.Analysis.Duplicates.Baselines;

/// <summary>A workspace is indexed, a baseline written, the code changed: the reports name what is new.</summary>
public sealed class NewMembersTests : IDisposable
{
    private static readonly string Total = Function("total", "values", "limit");
    private static readonly string Other = "def spread(rows):\n    low = min(rows)\n    high = max(rows)\n    return [(row - low) / (high - low or 1) for row in rows if row is not None and row > 0]\n";

    private readonly TemporaryFolder _folder = new();
    private DuplicateBaseline? _baseline;

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string[], string[], string> Changes => new()
    {
        // name, files before, files after (path:letters, a letter a function; "-" removes), what is new: kind of change, kept < new members
        { "pasted", ["m.py:T"], ["a.py:T"], "new m.py < a.py" },
        { "pasted with a neighbour", ["m.py:T"], ["a.py:TO"], "new m.py < a.py" },
        { "a third", ["m.py:T", "n.py:TO"], ["a.py:OT"], "grown m.py < a.py; new n.py < a.py" },
        { "moved", ["m.py:T", "n.py:TO"], ["n.py:-", "a.py:TO"], "" },
        { "removed", ["m.py:T", "n.py:TO", "o.py:T"], ["o.py:-"], "" },
        { "edited in both", ["m.py:T", "n.py:TO"], ["m.py:U", "n.py:UO"], "" },
        { "edited in one, still near", ["m.py:T", "n.py:TO"], ["n.py:NO"], "" },
        { "edited into a copy", ["m.py:T", "n.py:O"], ["n.py:T"], "new m.py < n.py" },
        { "near copy of one", ["m.py:T"], ["a.py:N"], "new m.py < a.py" },
        { "near copy of two", ["m.py:T", "n.py:TO"], ["a.py:N"], "new m.py < a.py" },
        { "edited and pasted", ["m.py:T"], ["m.py:N", "a.py:N"], "new m.py < a.py" },
        { "both new", ["m.py:O"], ["a.py:T", "b.py:OT"], "new a.py < b.py; new m.py < b.py" },
        { "nothing", ["m.py:T", "n.py:TO"], [], "" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Duplicates_SinceABaseline_NameTheNewMembersAndKeepKnownOnes(string change, string[] before, string[] after, string expected)
    {
        var found = After(before, after, "shop");
        Assert.Equal(Sorted(expected), Sorted(string.Join("; ", found.Groups.Where(group => group.Within is null).Select(Describe))));
        Assert.True(found.Comparison!.HasNew == expected.Length > 0, change);
    }

    // One copy in two files, pasted as a folder; a checkout in a folder of another name.
    [Theory]
    [InlineData("shop")]
    [InlineData("build-4711")]
    public void Sarif_OfAPastedFolder_IsLocatedInIt(string checkout)
    {
        var found = After(["src/m.py:T", "src/n.py:OX", "x/k.py:X"], ["copy/m.py:T", "copy/n.py:OX", "copy/new.py:X"], checkout, out var workspace);
        var query = new DuplicateQuery { Baseline = _baseline };
        using var stream = new MemoryStream();
        SarifReport.Write(stream, workspace.Report(query, found));
        using var sarif = JsonDocument.Parse(stream.ToArray());
        var results = sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray().ToList();

        // Two files, and of X two more copies in n.py and new.py.
        Assert.Equal(4, results.Count);
        Assert.All(results, result =>
        {
            Assert.StartsWith("copy/", Uri(result.GetProperty("locations")[0]), StringComparison.Ordinal);
            Assert.DoesNotContain("copy/", Uri(result.GetProperty("relatedLocations")[0]), StringComparison.Ordinal);
            Assert.Contains(result.GetProperty("baselineState").GetString(), (string[])["new", "updated"]);
        });
        Assert.Equal(4, results.Select(result => result.GetProperty("partialFingerprints").GetProperty("duplicateMember/v1").GetString()).Distinct().Count());

        var json = string.Join('\n', found.Groups.Select(group => Json(group)));
        Assert.Contains("\"change\":\"new\",\"membersBefore\":0", json, StringComparison.Ordinal);
        Assert.Contains("\"change\":\"grown\",\"membersBefore\":2", json, StringComparison.Ordinal);
        Assert.Contains("\"isNew\":true", json, StringComparison.Ordinal);
        using var page = new MemoryStream();
        ReportFormat.Html.Writer(page, workspace.Report(query, found), _ => null);
        Assert.Contains("2 more copies", Encoding.UTF8.GetString(page.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Baseline_Written_IsReadableAndTheSameAgain()
    {
        After(["m.py:T", "n.py:TO"], [], "shop");
        var text = Text(_baseline!);
        Assert.Contains("""{"kind":"exact","members":2,"places":[""", text, StringComparison.Ordinal);
        Assert.Contains("""  {"repository":"shop","path":"m.py","name":"total","hash":""", text, StringComparison.Ordinal);
        Assert.Contains("""{"repository":"shop","path":"n.py","hash":""", text, StringComparison.Ordinal);
        Assert.Equal(text, Text(DuplicateBaseline.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))));
    }

    // Written before there were places and groups of files: nothing that was there is new, and new groups are.
    [Fact]
    public void Baseline_OfVersionOne_StillHolds()
    {
        After(["m.py:T", "n.py:T", "o.py:O"], [], "shop", out var workspace);
        var old = workspace.Duplicates(new DuplicateQuery { Kinds = [DuplicateKind.Exact, DuplicateKind.Renamed, DuplicateKind.Near] });
        _baseline = DuplicateBaseline.Of(old.Found);
        Assert.StartsWith("{\"version\":1,", Text(_baseline), StringComparison.Ordinal);
        Assert.False(workspace.Duplicates(new DuplicateQuery { Baseline = _baseline }).Comparison!.HasNew);

        Write("shop", ["p.py:TO", "q.py:T"]);
        workspace.Index([Path.Combine(_folder.Root, "shop")], embed: false);
        var found = workspace.Duplicates(new DuplicateQuery { Baseline = _baseline });
        Assert.Equal((1, 1), (found.Comparison!.New.Count, found.Comparison.Grown.Count));
        Assert.Equal(2, found.Groups.Single(group => group.Change!.Before == 2).Change!.NewMembers.Count);
    }

    [Fact]
    public void Duplicates_WithoutABaseline_SayNothingOfChanges()
    {
        After(["m.py:T", "n.py:TO"], [], "shop", out var workspace);
        Assert.All(workspace.Duplicates().Groups, group => Assert.Null(group.Change));
    }

    private static string Function(string name, string values, string limit) =>
        $"def {name}({values}, {limit}):\n    total = 0\n    for value in {values}:\n        if value > {limit}:\n            total += value * 2\n        else:\n            total -= value\n    return total, {limit}\n";

    private static string Code(char letter) => letter switch
    {
        'T' => Total,
        'U' => Total.Replace("value * 2", "value * value * 3 + abs(value)", StringComparison.Ordinal).Replace("total -= value", "total -= value or 1", StringComparison.Ordinal),
        'N' => Total.Replace("    return", "    print(total)\n    return", StringComparison.Ordinal),
        'X' => "def clean(text):\n    words = text.strip().split(',')\n    while words and not words[-1]:\n        words.pop()\n    return ';'.join(word.lower() for word in words)\n",
        _ => Other,
    };

    private DuplicateFindings After(string[] before, string[] after, string checkout) => After(before, after, checkout, out _);

    private DuplicateFindings After(string[] before, string[] after, string checkout, out Workspace workspace)
    {
        Write("shop", before);
        var options = new WorkspaceOptions { Device = Device.Cpu, Threads = 1 };
        workspace = Workspace.Open(Path.Combine(_folder.Root, "ws"), options);
        workspace.Index([Path.Combine(_folder.Root, "shop")], embed: false);
        var query = new DuplicateQuery();
        _baseline = DuplicateBaseline.Read(new MemoryStream(Encoding.UTF8.GetBytes(Text(workspace.Baseline(query, workspace.Duplicates(query))))));
        Write("shop", after);
        if (checkout != "shop")
        {
            Directory.Move(Path.Combine(_folder.Root, "shop"), Path.Combine(_folder.Root, checkout));
            workspace = Workspace.Open(Path.Combine(_folder.Root, "ws2"), options);
        }

        workspace.Index([Path.Combine(_folder.Root, checkout)], embed: false);
        return workspace.Duplicates(new DuplicateQuery { Baseline = _baseline });
    }

    private void Write(string folder, string[] files)
    {
        foreach (var file in files)
        {
            var (path, letters) = (Path.Combine(folder, file.Split(':')[0]), file.Split(':')[1]);
            if (letters == "-")
            {
                File.Delete(Path.Combine(_folder.Root, path));
            }
            else
            {
                _folder.Write(path, $"import {Path.GetFileNameWithoutExtension(path)}_names\n\n\n" + string.Join("\n\n", letters.Select(Code)));
            }
        }
    }

    private static string Describe(DuplicateGroup group) =>
        $"{(group.Change!.IsNewGroup ? "new" : "grown")} {group.Kept().Path} < {string.Join(' ', group.Members.Where(member => group.Change.NewMembers.Contains(member.Id) && member.Id != group.Representative).Select(member => member.Path))}";

    private static string Sorted(string text) => string.Join("; ", text.Split("; ").Order());

    private static string? Uri(JsonElement location) => location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString();

    private static string Json(DuplicateGroup group)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            DuplicateGroupJson.Write(json, group, null);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Text(DuplicateBaseline baseline)
    {
        using var stream = new MemoryStream();
        baseline.Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
