using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Tests.Analysis.Repositories;
using Xunit;

namespace XCoder.Tests.Analysis.Languages;

/// <summary>The query files, and what is said of wrong ones.</summary>
public class QueryTests
{
    private static readonly LanguageCatalog Catalog = LanguageCatalog.Open();

    public static TheoryData<string> LanguageIds() => new(Catalog.Languages.Where(language => language.Grammar is not null).Select(language => language.Id));

    [Theory]
    [MemberData(nameof(LanguageIds))]
    public void Compile_EveryQuery_KnowsItsNodesAndCaptures(string id)
    {
        var language = Catalog.Find(id)!;

        var compiled = Catalog.Compile(language);

        Assert.InRange(compiled.AbiVersion, 13u, 15u);
        Assert.NotEqual("", Catalog.QueryText(language));
        Assert.Contains(CaptureRole.Name, compiled.Roles);
    }

    [Theory]
    [MemberData(nameof(LanguageIds))]
    public void Parse_EveryQuery_GivesNoTypeBothAClassAndADefinition(string id)
    {
        var patterns = QueryFile.Parse(Catalog.QueryText(Catalog.Find(id)!));

        var classes = patterns.Where(pattern => pattern.Class is not null).SelectMany(pattern => pattern.Roots).ToList();
        var definitions = patterns.Where(pattern => pattern.Class is null).SelectMany(pattern => pattern.Roots);

        Assert.Empty(definitions.Intersect(classes));
        Assert.Empty(classes.GroupBy(root => root).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Theory]
    [InlineData("(identifier) @identifier\n(no_such_node) @comment", "queries/python.scm, line 2: the grammar has no node type 'no_such_node'")]
    [InlineData("\n(function_definition nam: (identifier) @name) @function", "queries/python.scm, line 2: unknown field at 'nam")]
    [InlineData("(function_definition name: (identifier) @nmae) @function", "unknown capture '@nmae'")]
    [InlineData("((function_definition name: (identifier) @name) @function (#like? @name \"x\"))", "predicate '#like?' is not known")]
    [InlineData("((function_definition name: (identifier) @name) @function (#set! colour \"red\"))", "predicate '#set!' is not known")]
    [InlineData("(function_definition name: (identifier @name) @function", "line 1: the bracket is not closed")]
    public void Compile_WrongQuery_SaysWhereAndWhat(string query, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("languages.json", File.ReadAllText(Path.Combine(LanguageCatalog.DefaultFolder, "languages.json")));
        folder.Write("queries/python.scm", query);
        var library = Native.LibraryPath(LanguageCatalog.DefaultFolder, "tree_sitter_python");
        File.CreateSymbolicLink(Path.Combine(folder.Root, Path.GetFileName(library)), library);
        var catalog = LanguageCatalog.Open(folder.Root);

        var exception = Assert.Throws<InvalidDataException>(() => catalog.Compile(catalog.Find("python")!));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compile_InAnotherCatalog_IsSharedUntilTheQueryChanges()
    {
        using var folder = new TemporaryFolder();
        folder.Write("languages.json", File.ReadAllText(Path.Combine(LanguageCatalog.DefaultFolder, "languages.json")));
        const string Query = "queries/python.scm";
        folder.Write(Query, "(identifier) @nonsense");
        var library = Native.LibraryPath(LanguageCatalog.DefaultFolder, "tree_sitter_python");
        Assert.Throws<InvalidDataException>(Compiled);

        File.CreateSymbolicLink(Path.Combine(folder.Root, Path.GetFileName(library)), library);
        folder.Write(Query, Catalog.QueryText(Catalog.Find("python")!));
        var first = Compiled();
        Assert.Same(first, Compiled());
        Assert.NotSame(first, Catalog.Compile(Catalog.Find("python")!));

        folder.Write(Query, Catalog.QueryText(Catalog.Find("python")!) + "\n; changed\n");
        Assert.NotSame(first, Compiled());

        CompiledLanguage Compiled()
        {
            var catalog = LanguageCatalog.Open(folder.Root);
            return catalog.Compile(catalog.Find("python")!);
        }
    }

    [Fact]
    public void Compile_MissingGrammar_SaysWhichFile()
    {
        using var folder = new TemporaryFolder();
        folder.Write("languages.json", File.ReadAllText(Path.Combine(LanguageCatalog.DefaultFolder, "languages.json")));
        var catalog = LanguageCatalog.Open(folder.Root);

        Assert.Contains("tree_sitter_python", Assert.Throws<InvalidDataException>(() => catalog.Compile(catalog.Find("python")!)).Message, StringComparison.Ordinal);
    }

    // What 'doctor' asks.
    [Fact]
    public void Load_OfEachLanguage_WorksAndNamesAMissingGrammar()
    {
        using var folder = new TemporaryFolder();
        folder.Write("languages.json", File.ReadAllText(Path.Combine(LanguageCatalog.DefaultFolder, "languages.json")));
        folder.Write(Path.GetFileName(Native.LibraryPath(folder.Root, "tree_sitter_go")), "no library");
        var broken = LanguageCatalog.Open(folder.Root);

        Assert.All(Catalog.Languages, language => Assert.Null(LanguageCheck.Load(Catalog, language).Problem));
        Assert.Contains("tree_sitter_python", LanguageCheck.Load(broken, broken.Find("python")!).Problem, StringComparison.Ordinal);
        Assert.Contains("tree_sitter_go", LanguageCheck.Load(broken, broken.Find("go")!).Problem, StringComparison.Ordinal);
        Assert.Null(LanguageCheck.Load(broken, broken.Find("csharp")!).Problem);
    }
}
