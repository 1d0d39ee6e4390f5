using XCoder.Analysis.Extraction;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using Xunit;

namespace XCoder.Tests.Analysis.Languages;

/// <summary>
/// Every language of the manifest has a sample and an approved snapshot of what extraction finds in it
/// (<c>tests/languages/ID/sample.EXT</c>, <c>approved.txt</c>). XCODER_APPROVE=1 writes the snapshots anew.
/// </summary>
public class LanguageSampleTests
{
    private static readonly LanguageCatalog Catalog = LanguageCatalog.Open();

    public static TheoryData<string> TreeSitterLanguages() =>
        new(Catalog.Languages.Where(language => language.Parser == "tree-sitter").Select(language => language.Id));

    [Theory]
    [MemberData(nameof(TreeSitterLanguages))]
    public void Extract_Sample_EqualsApprovedSnapshot(string id)
    {
        var folder = Path.Combine(TestPaths.Tests, "languages", id);
        var sample = Assert.Single(Directory.GetFiles(folder, "sample.*"));
        using var extractor = new TreeSitterExtractor(Catalog);

        var file = new SourceFile(Path.GetFileName(sample), File.ReadAllBytes(sample), 0);
        var extracted = extractor.Extract(file, Catalog.Find(id)!);

        Assert.NotNull(extracted);
        var actual = SnippetListing.Format(extracted, withTokens: true, file.Text);
        var approved = Path.Combine(folder, "approved.txt");
        if (Environment.GetEnvironmentVariable("XCODER_APPROVE") == "1")
        {
            File.WriteAllText(approved, actual);
        }

        Assert.True(File.Exists(approved), $"There is no snapshot {approved}; look at the sample's extraction, then approve it with XCODER_APPROVE=1.");
        Assert.Equal(File.ReadAllText(approved), actual);
    }
}
