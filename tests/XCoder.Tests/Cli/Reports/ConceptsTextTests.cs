using System.Text;
using System.Text.Json;
using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Reports;
using XCoder.Analysis.Seeds;
using XCoder.Analysis.Text;
using XCoder.Cli.Reports;
using XCoder.Tests.Analysis.Concepts;
using XCoder.Tests.Analysis.Reports;

namespace XCoder.Tests.Cli.Reports;

public class ConceptsTextTests
{
    private static readonly SemanticBasis Basis = new() { Model = "default", Threshold = 0.12, Source = "calibrated", Precision = new Estimate(0.96, 0.93, 0.99), Recall = new Estimate(0.7, 0.6, 0.8) };

    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void Write_Matrix_IsAsApproved(int width) => Snapshot.Matches(ConsoleText.Of(console => ConceptsText.WriteMatrix(console, Report(null), 2), width), $"concepts-{width}.txt");

    [Fact]
    public void Write_Gaps_AreAsApproved() => Snapshot.Matches(ConsoleText.Of(console => ConceptsText.WriteGaps(console, Report(null), 20)), "gaps.txt");

    [Fact]
    public void Write_GapsOfALanguage_AreAsApproved() => Snapshot.Matches(ConsoleText.Of(console => ConceptsText.WriteGaps(console, Report("go"), 1), 140), "gaps-of-a-language.txt");

    [Fact]
    public void Write_Seeds_AreAsApproved() => Snapshot.Matches(ConsoleText.Of(console => SeedsText.Write(console, Seeds(), Basis, _ => "def f():\n\treturn '\e[2J'"), 120), "seeds.txt");

    [Fact]
    public void Write_Json_HasAllFields()
    {
        using var stream = new MemoryStream();
        JsonLines.WriteDocument(stream, json => CoverageJson.Write(json, SampleReport.Make().Coverage, Report("go")));
        using var document = JsonDocument.Parse(stream.ToArray());

        var concepts = document.RootElement.GetProperty("concepts");
        Assert.Equal(["model", "margin", "minTokens", "functions", "noise", "languages", "rows"], Names(concepts));
        Assert.Equal(["concept", "label", "words", "representative", "languages", "snippets", "documented", "tested", "pairs", "cells"], Names(concepts.GetProperty("rows")[0]));
        Assert.Equal(["snippets", "documented", "tested", "pairs"], Names(concepts.GetProperty("rows")[0].GetProperty("cells").GetProperty("python")));
        var gaps = document.RootElement.GetProperty("gaps");
        Assert.Equal(["threshold", "thresholdSource", "model", "expectedPrecision", "unrelated", "language", "allGaps", "rows", "allFunctions", "functions"], Names(gaps));
        Assert.Equal(["concept", "label", "language", "score", "languages", "projects", "nearest"], Names(gaps.GetProperty("rows")[0]));
        Assert.Equal(JsonValueKind.Null, gaps.GetProperty("rows")[1].GetProperty("nearest").ValueKind);
        Assert.DoesNotContain(Encoding.UTF8.GetString(stream.ToArray()), character => character is '\e' or '\u202E');
    }

    private static ConceptReport Report(string? language)
    {
        var matrix = SampleConcepts.Matrix();
        var near = new NearSnippet(SampleReport.Snippet(9, "lib", "go/near.go", "go", SampleReport.HostileName, 40), 0.034);
        return new ConceptReport
        {
            Matrix = matrix,
            Gaps = [.. GapFinder.Find(matrix, (_, _) => null, new GapOptions()).Select((gap, i) => new ConceptGap(gap.Row, gap.Language, gap.Score, gap.Languages, i == 0 ? ["lib"] : [], i == 0 ? near : null))],
            AllGaps = 2,
            Basis = Basis,
            Language = language,
            Functions = language is null ? null : [new FunctionGap(matrix.Rows[0].Representative with { Documentation = "Sorts." }, matrix.Rows[0].Concept, "sort list", 2, true, near), new FunctionGap(near.Snippet, null, null, 1, false, null)],
            AllFunctions = 12,
        };
    }

    private static SeedSelection Seeds() => new()
    {
        Seeds =
        [
            new Seed(SampleReport.Snippet(1, "app", "src/io.py", "python", "read_all", 90), new SeedQuality(1, 0.5, 1, 1, 0), "00000000000000c1", "read file", "00000000000000a1"),
            new Seed(SampleReport.Snippet(2, "lib", SampleReport.HostilePath, "java", SampleReport.HostileName, 1000), new SeedQuality(0, 1, 0.5, 0.4, 1), null, null, null),
        ],
        Candidates = 1234,
        Concepts = 56,
        Rejected = new Dictionary<SeedRejection, int> { [SeedRejection.Generated] = 3, [SeedRejection.Test] = 2000 },
        Model = "default",
    };

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
