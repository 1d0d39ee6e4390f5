using System.Globalization;
using XCoder.Analysis;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;
using XCoder.Tests.Cli.Commands;

namespace XCoder.Tests.Analysis.Engine;

public sealed class WorkspaceTests(ConceptCorpus corpus) : IClassFixture<ConceptCorpus>
{
    private static readonly WorkspaceOptions OnCpu = new() { Device = Device.Cpu, Threads = 2 };

    [Fact]
    public void Concepts_LimitedInNumber_HaveThoseOfMostLanguages()
    {
        var workspace = Open();
        var all = workspace.Concepts();
        var first = workspace.Concepts(new ConceptQuery { MostConcepts = 1 });

        Assert.Equal(3, all.Matrix.Rows.Count);
        Assert.Equal(all.Matrix.Rows[0].Concept, Assert.Single(first.Matrix.Rows).Concept);
        Assert.Equal(all.Matrix.Functions, first.Matrix.Functions);
        Assert.Equal(all.AllGaps, first.AllGaps);
    }

    [Fact]
    public void Page_OfFewConcepts_HasSamplesOfThoseAlone()
    {
        var page = Open().Page(new ConceptQuery { MostConcepts = 1 });

        Assert.NotEmpty(page.ConceptSamples);
        Assert.Empty(page.Kinds);
        Assert.All(page.ConceptSamples, sample => Assert.Equal(page.Concepts!.Matrix.Rows.Single().Concept, sample.Concept));
    }

    [Fact]
    public void HasFiles_OfARepository_TellsWhetherAnyWasParsed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("full/a.py", "def first(items):\n    return sum(items)\n");
        folder.Write("empty/notes.txt", "Nothing to parse.\n");
        var workspace = Workspace.Open(Path.Combine(folder.Root, "ws"), OnCpu);
        workspace.Index([Path.Combine(folder.Root, "full"), Path.Combine(folder.Root, "empty")], embed: false);

        Assert.True(workspace.HasFiles());
        Assert.True(workspace.HasFiles("full"));
        Assert.False(workspace.HasFiles("empty"));
        Assert.Contains("It has: ", Assert.Throws<RequestException>(() => workspace.HasFiles("other")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Index_OfOneRepository_LeavesTheOthersAsTheyAre()
    {
        using var folder = new TemporaryFolder();
        Write(1);
        var workspace = Workspace.Open(Path.Combine(folder.Root, "ws"), OnCpu);
        string[] paths = [Path.Combine(folder.Root, "one"), Path.Combine(folder.Root, "two")];
        workspace.Index(paths, embed: false);
        Write(2);
        workspace.Index(paths, new IndexOptions { Repository = "two" }, embed: false);

        Assert.Equal(["one1", "two2"], workspace.Snippets().Select(snippet => snippet.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["two"], workspace.Analyze(paths, new AnalysisOptions { Embed = false, Index = new() { Repository = "two" } }).Report!.Coverage.Repositories.Select(row => row.Repository));
        Assert.Contains("'two' is not in the given paths", Assert.Throws<RequestException>(() => workspace.Index([paths[0]], new IndexOptions { Repository = "two" }, embed: false)).Message, StringComparison.Ordinal);
        Assert.Equal(["one1", "two2"], workspace.Snippets().Select(snippet => snippet.Name).Order(StringComparer.Ordinal));

        void Write(int number)
        {
            foreach (var name in (string[])["one", "two"])
            {
                folder.Write($"{name}/a.py", string.Create(CultureInfo.InvariantCulture, $"def {name}{number}(items):\n    return sum(items) + {number}\n"));
            }
        }
    }

    [Fact]
    public void OpenStore_AfterTheStoreIsGone_SaysSo()
    {
        using var folder = new TemporaryFolder();
        folder.Write("one/a.py", "def first(items):\n    return sum(items)\n");
        var workspace = Workspace.Open(Path.Combine(folder.Root, "ws"), OnCpu);
        Assert.Throws<StoreException>(() => workspace.OpenStore());
        workspace.Index([Path.Combine(folder.Root, "one")], embed: false);
        workspace.OpenStore().Dispose();
        Directory.Delete(workspace.Folder, recursive: true);

        Assert.Throws<StoreException>(() => workspace.OpenStore());
    }

    private Workspace Open() => Workspace.Open(Path.Combine(corpus.Root, "ws"), OnCpu);
}
