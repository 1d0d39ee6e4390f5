using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Languages;
using Xunit;

namespace XCoder.Tests.Analysis.Languages;

public class LanguageManifestTests
{
    private static readonly LanguageCatalog Catalog = LanguageCatalog.Open();

    [Theory]
    [InlineData("", "cannot be read")]
    [InlineData("{", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("{}", "cannot be read")]
    [InlineData("{\"languages\": 1}", "cannot be read")]
    [InlineData("{\"languages\": [{}]}", "cannot be read")]
    [InlineData("{\"languages\": [{\"id\": 1}]}", "cannot be read")]
    [InlineData("{\"languages\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}", "two rows 'a'")]
    [InlineData("{\"languages\": [{\"id\": \"a\", \"dialectOf\": \"b\"}]}", "'a' is a dialect of 'b'")]
    [InlineData("{\"languages\": [{\"id\": \"a\", \"dialectOf\": \"a\"}]}", "'a' is a dialect of 'a'")]
    [InlineData("{\"languages\": [{\"id\": \"a\"}, {\"id\": \"b\", \"dialectOf\": \"a\"}, {\"id\": \"c\", \"dialectOf\": \"b\"}]}", "'c' is a dialect of 'b'")]
    public void Parse_NoManifest_Throws(string json, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => LanguageManifest.Parse(Encoding.UTF8.GetBytes(json))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("{\"containers\": [{}]}", "cannot be read")]
    [InlineData("{\"containers\": [{\"name\": \"a\", \"parts\": \"pages\", \"language\": \"python\"}]}", "cannot be read")]
    [InlineData("{\"containers\": [{\"name\": \"a\", \"parts\": \"cells\", \"language\": \"klingon\"}]}", "names the language 'klingon'")]
    [InlineData("{\"containers\": [{\"name\": \"a\", \"parts\": \"cells\", \"language\": \"python\", \"languages\": {\"k\": \"klingon\"}}]}", "names the language 'klingon'")]
    [InlineData("{\"containers\": [{\"name\": \"a\", \"parts\": \"cells\", \"language\": \"python\", \"magics\": [{\"languages\": [], \"commands\": [\"(\"]}]}]}", "cannot be read")]
    public void Parse_NoTableOfContainers_Throws(string json, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => ContainerManifest.Parse(json, Catalog.Languages)).Message, StringComparison.Ordinal);

    [Fact]
    public void Containers_OfTheTable_ShareNoEndingWithALanguage()
    {
        var endings = Catalog.Containers.SelectMany(container => container.Extensions).ToList();

        Assert.Equal([".vue", ".svelte", ".ipynb"], endings);
        Assert.Empty(endings.Intersect(Catalog.Languages.SelectMany(language => language.Extensions.Concat(language.Signs.Keys))));
    }

    [Fact]
    public void Parse_RowWithIdOnly_HasDefaults()
    {
        var language = Assert.Single(LanguageManifest.Parse("{\"languages\": [{\"id\": \"a\"}]}"u8.ToArray()));

        Assert.Equal(("a", "a", "tree-sitter", "."), (language.Id, language.Name, language.Parser, language.Separator));
        Assert.Null(language.Grammar);
        Assert.Empty(language.Extensions);
        Assert.Empty(language.Keywords);
    }

    [Theory]
    [InlineData("tsx", "typescript")]
    [InlineData("typescript", "typescript")]
    [InlineData("javascript", "javascript")]
    [InlineData("unknown", "unknown")]
    public void FamilyOf_ALanguage_IsWhatItIsADialectOf(string id, string family) => Assert.Equal(family, Catalog.FamilyOf(id));

    [Fact]
    public void Open_FolderWithoutManifest_SaysWhere() =>
        Assert.Contains("languages.json", Assert.Throws<InvalidDataException>(() => LanguageCatalog.Open("/nowhere")).Message, StringComparison.Ordinal);

    [Fact]
    public void Rows_OfTheManifest_AreWellFormed()
    {
        foreach (var language in Catalog.Languages)
        {
            Assert.Matches("^[a-z]+$", language.Id);
            Assert.NotNull(language.Grammar);
            Assert.True(language.Extensions.Count > 0 || language.Signs.Count > 0, $"{language.Id} has no file names");
            Assert.All(language.Extensions, extension => Assert.Equal(extension.ToLowerInvariant(), extension));
            Assert.DoesNotContain(' ', language.Separator);
            foreach (var expression in new[] { language.Tests.Paths, language.Tests.Names, language.Tests.Decorators }.Concat(language.Signs.Values))
            {
                _ = expression is null ? null : new Regex(expression, RegexOptions.NonBacktracking);
            }
        }

        var twice = Catalog.Languages.SelectMany(language => language.Extensions).GroupBy(extension => extension).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Empty(twice);
    }
}
