using XCoder.Analysis.Extraction.Roslyn;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>The C# extractor against tree-sitter's C# grammar, an independent reference, over this project's own sources.</summary>
public class CSharpAgainstTreeSitterTests
{
    private const double Required = 0.98;

    [Trait(FullRun.Category, FullRun.Heavy)]
    [Fact]
    public void Extract_OwnSources_AgreesWithTreeSitter()
    {
        var catalog = LanguageCatalog.Open();
        var language = catalog.Find("csharp")!;
        var files = Directory.GetFiles(TestPaths.Root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/") && !path.Contains("/bin/") && !path.Contains("/node_modules/"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllBytes(path), 0))
            .ToList();
        var ours = new HashSet<string>();
        RoslynProject.Extract(files, language, new RoslynOptions { Resolve = false }, file => Add(ours, file.Source, file.Extracted!));

        var reference = new HashSet<string>();
        using var extractor = new TreeSitterExtractor(catalog);
        foreach (var file in files)
        {
            Add(reference, file, extractor.Extract(file, language)!);
        }

        var common = ours.Intersect(reference).Count();
        Assert.True(reference.Count > 500, $"Only {reference.Count} snippets in the reference.");
        var difference = string.Join('\n', ours.Except(reference).Take(20).Select(item => "only Roslyn: " + item).Concat(reference.Except(ours).Take(20).Select(item => "only tree-sitter: " + item)));
        Assert.True(common >= Required * reference.Count && common >= Required * ours.Count, $"{common} common of {ours.Count} and {reference.Count}.\n{difference}");
    }

    private static void Add(HashSet<string> found, SourceFile source, ExtractedFile extracted)
    {
        foreach (var snippet in extracted.Snippets)
        {
            found.Add($"{source.Path}:{snippet.Span.EndLine} {snippet.Name}");
        }
    }
}
