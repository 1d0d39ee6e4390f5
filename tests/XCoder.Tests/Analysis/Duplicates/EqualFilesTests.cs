using System.Text;
using System.Text.Json;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;
using XCoder.Tests.Analysis.Repositories;
using Xunit;

namespace XCoder.Tests.Analysis.Duplicates;

/// <summary>Files with equal bytes are a group, whether or not they hold snippets; what is not compared is told.</summary>
public sealed class EqualFilesTests : IDisposable
{
    private const string Script = "import sys\nfor line in sys.stdin:\n    name, size, owner = line.split(',')\n    if int(size) > 4096 and owner != 'root':\n        print(name, size, owner)\n";
    private const string Routes = "const app = require('./app');\nmodule.exports = app;\napp.set('port', 8080);\napp.set('views', './pages');\nobject.level = { one: 1, two: 2, three: [1, 2, 3] };\n";
    private const string Sums = "def sums(values, limit):\n    total = 0\n    for value in values:\n        if value > limit:\n            total += value * 2\n    return total, limit, values\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Duplicates_OfEqualFiles_AreGroupsOfTheirOwnKind()
    {
        _folder.Write("a/tools/script.py", Script);
        _folder.Write("b/script.py", Script);
        _folder.Write("b/other/renamed.py", Script);
        _folder.Write("a/run.sh", "#!/bin/sh\nset -e\ncd /srv/app\nnpm ci\nnpm run build --silent\n");
        _folder.Write("b/run.sh", "#!/bin/sh\nset -e\ncd /srv/app\nnpm ci\nnpm run build --silent\n");
        _folder.Write("a/routes.js", Routes);
        _folder.Write("b/routes.js", Routes);
        _folder.Write("a/sums.py", Sums);
        _folder.Write("b/sums.py", Sums);
        _folder.Write("b/again.py", "# another file\n" + Sums);
        foreach (var small in (string[])["__init__.py", "x/__init__.py", "tiny.js", "x/tiny.js", "notes.py", "x/notes.py"])
        {
            var text = small.EndsWith("__init__.py", StringComparison.Ordinal) ? "" : small.EndsWith(".js", StringComparison.Ordinal) ? "'use strict';\n" : "# " + new string('n', 400) + "\n";
            _folder.Write($"a/{small}", text);
        }

        var workspace = Index("a", "b");
        var found = workspace.Duplicates();
        var files = found.Groups.Where(group => group.Kind == DuplicateKind.File).ToList();
        Assert.Equal(["a/routes.js b/routes.js", "a/run.sh b/run.sh", "a/sums.py b/sums.py", "a/tools/script.py b/other/renamed.py b/script.py"], files.Select(group => string.Join(' ', group.Members.Select(member => member.Id))).Order());
        Assert.Equal("b/script.py", files.Single(group => group.Members.Count == 3).Representative);

        // A third copy of the function stands in a file that is not equal: its group says more than the group of files.
        var exact = Assert.Single(found.Groups, group => group.Kind == DuplicateKind.Exact);
        Assert.Null(exact.Within);
        Assert.Equal(3, exact.Members.Count);

        using var json = JsonDocument.Parse(Json(files[0]));
        Assert.Equal("file", json.RootElement.GetProperty("kind").GetString());
        Assert.All(json.RootElement.GetProperty("members").EnumerateArray(), member =>
        {
            Assert.False(member.TryGetProperty("id", out _) || member.TryGetProperty("name", out _));
            Assert.Equal(1, member.GetProperty("startLine").GetInt32());
            Assert.True(member.GetProperty("endLine").GetInt32() >= 5);
        });

        Assert.DoesNotContain(workspace.Duplicates(new DuplicateQuery { Kinds = [DuplicateKind.Exact] }).Groups, group => group.Kind == DuplicateKind.File);
        var report = workspace.Report(new DuplicateQuery(), found);
        foreach (var format in ReportFormat.All)
        {
            using var stream = new MemoryStream();
            format.Writer(stream, report, _ => null);
            Assert.Contains(format == ReportFormat.Json ? "\"files\": 9" : "routes.js", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
        }
    }

    // All functions of equal files repeat what the group of files says; without that kind they stand for themselves.
    [Fact]
    public void Duplicates_WithinEqualFiles_SayThatTheyAre()
    {
        _folder.Write("a/sums.py", Sums);
        _folder.Write("b/sums.py", Sums);
        var workspace = Index("a", "b");
        var groups = workspace.Duplicates().Groups;
        Assert.Equal(groups.Single(group => group.Kind == DuplicateKind.File).Group, groups.Single(group => group.Kind == DuplicateKind.Exact).Within);
        Assert.Null(Assert.Single(workspace.Duplicates(new DuplicateQuery { Kinds = [DuplicateKind.Exact] }).Groups).Within);
    }

    [Theory]
    [InlineData("one.py", "import os\nprint(os.getcwd())\n", 0, "Nothing was compared", "python 29 of 29")]
    [InlineData("two.js", "app.get('/a', 1);\napp.get('/b', 2);\n", 0, "Nothing was compared", "javascript 36 of 36")]
    [InlineData("three.py", Sums + "print(sums([1], 2))\n", 1, "No duplicates among 1 snippet of", "python")]
    public void Uncompared_Code_IsTold(string file, string text, int compared, string nothing, string uncompared)
    {
        _folder.Write($"a/{file}", text);
        var found = Index("a").Duplicates();
        Assert.Empty(found.Groups);
        Assert.Equal(compared, found.Compared);
        Assert.StartsWith(nothing, UncomparedText.Nothing(found.Compared, 25, false), StringComparison.Ordinal);
        Assert.Contains(uncompared, UncomparedText.Of(found.Coverage, DuplicateKinds), StringComparison.Ordinal);
        Assert.Contains("compared as whole files only", UncomparedText.Of(found.Coverage, DuplicateKinds), StringComparison.Ordinal);
        Assert.Contains("not compared", UncomparedText.Of(found.Coverage, [DuplicateKind.Exact]), StringComparison.Ordinal);
    }

    private static DuplicateKind[] DuplicateKinds => Enum.GetValues<DuplicateKind>();

    private Workspace Index(params string[] folders)
    {
        var workspace = Workspace.Open(Path.Combine(_folder.Root, "ws"), new WorkspaceOptions { Device = Device.Cpu, Threads = 1 });
        workspace.Index([.. folders.Select(folder => Path.Combine(_folder.Root, folder))], embed: false);
        return workspace;
    }

    private static string Json(DuplicateGroup group)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            DuplicateGroupJson.Write(json, group, null);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
