using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Embeddings;

public sealed class SnippetInputsTests
{
    // The rule as it reads, at structures times snippets a file.
    private static IEnumerable<(string, int, int)> Members(FileSnippets file, SnippetTokens structure)
    {
        var prefix = structure.Snippet.QualifiedName;
        return file.Snippets
            .Where(other => !other.Snippet.Kind.IsStructure() && (other.Parent == structure.Ordinal
                || (other.Parent < 0 && other.Snippet.QualifiedName.Length > prefix.Length && other.Snippet.QualifiedName.StartsWith(prefix, StringComparison.Ordinal) && !char.IsLetterOrDigit(other.Snippet.QualifiedName[prefix.Length]))))
            .OrderBy(other => other.FirstToken)
            .Select(other => (other.Snippet.Signature, other.FirstToken, other.Snippet.Tokens));
    }

    [Fact]
    public void Members_OfEverySampleOfALanguage_AreThoseOfTheRule()
    {
        using var folder = new TemporaryFolder();
        var workspace = WorkspaceFolder.Create(Path.Combine(folder.Root, "ws"));
        new Indexer(workspace, LanguageCatalog.Open(), new IndexOptions { Threads = 2, Resolve = false }).Run([Path.Combine(TestPaths.Tests, "languages")]);
        using var store = workspace.OpenStore();

        var members = store.FilesWithSnippets(StoreSelection.All).Sum(Check);

        Assert.True(members > 100, $"{members} members in all samples");
    }

    [Fact]
    public void Members_OfRandomNames_AreThoseOfTheRule()
    {
        var random = new Random(11);
        string[] parts = ["A", "Ab", "b", "9", "_", ".", "::", "", "é"];
        var members = 0;
        for (var round = 0; round < 200; round++)
        {
            var snippets = Enumerable.Range(0, 30).Select(i => new SnippetTokens(i + 1, i, random.Next(-8, i) is >= 0 and var parent ? parent : -1, random.Next(40), new Snippet
            {
                Id = $"{i}",
                Repository = "r",
                Path = "p",
                Language = "l",
                Kind = (SnippetKind)random.Next(6),
                Name = "n",
                QualifiedName = string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => parts[random.Next(parts.Length)])),
                Span = new SourceSpan(0, 1, 1, 1),
                Signature = $"s{i}",
                Tokens = random.Next(9),
            })).ToList();
            members += Check(new FileSnippets(new StoredFile(1, [], TokenStream.Decode([0])), snippets));
        }

        Assert.True(members > 1000, $"{members} members");
    }

    private static int Check(FileSnippets file)
    {
        var inputs = new SnippetInputs(file);
        var count = 0;
        foreach (var snippet in file.Snippets)
        {
            var members = inputs.Of(snippet).Members;
            Assert.Equal(snippet.Snippet.Kind.IsStructure() ? Members(file, snippet) : [], members);
            count += members.Count;
        }

        return count;
    }
}
