using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Benchmarks;

/// <summary>The sample of each language (<c>tests/languages/ID/sample.EXT</c>).</summary>
internal static class Samples
{
    /// <summary>The sample's bytes, or null where the language has none.</summary>
    public static byte[]? Of(Language language)
    {
        var folder = Path.Combine(SourceTree.Root, "tests", "languages", language.Id);
        return Directory.Exists(folder) && Directory.GetFiles(folder, "sample.*") is [var file, ..] ? File.ReadAllBytes(file) : null;
    }

    /// <summary>Languages that tree-sitter parses and that have a sample.</summary>
    public static IEnumerable<Language> Languages(LanguageCatalog catalog) =>
        catalog.Languages.Where(language => language.Parser == "tree-sitter" && Of(language) is not null);
}
