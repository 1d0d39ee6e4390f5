using XCoder.Analysis.Concepts;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Reports;

namespace XCoder.Tests.Analysis.Reports;

/// <summary>Reports with a map and a matrix of concepts.</summary>
internal static class SampleMap
{
    internal const string HostileLabel = "<img src=x onerror=window.hit=1>";

    /// <summary>A small one whose names try to act.</summary>
    internal static AnalysisReport Make()
    {
        var report = SampleReport.Make();
        var snippets = report.Groups.SelectMany(group => group.Members).ToArray();
        return report with
        {
            Concepts = Gaps(new ConceptMatrix
            {
                Languages = [new ConceptLanguage("python", 60, 12, 2), new ConceptLanguage("typescript", 20, 9, 1), new ConceptLanguage("javascript", 9, 2, 1)],
                Rows =
                [
                    Row(1, "sum values", snippets[4], ("typescript", new ConceptCell(9, 2, 1)), ("javascript", new ConceptCell(2, 0, 0))),
                    Row(2, HostileLabel, snippets[1], ("python", new ConceptCell(12, 0, 3))),
                    Row(3, "read file", snippets[0], ("python", new ConceptCell(1, 1, 0))),
                ],
                Noise = 66,
                Model = "</script><b>model",
                Margin = 0,
                MinTokens = 25,
            }),
            ConceptSamples =
            [
                new ConceptSample(Id(1), "typescript", [snippets[4]]),
                new ConceptSample(Id(1), "javascript", [snippets[5], snippets[6]]),
                new ConceptSample(Id(2), "python", [snippets[1]]),
            ],
            Map = new MapData { Points = [.. snippets.Select((snippet, i) => new MapPoint(snippet, i % 3, i / 3, i is 1 ? 1 : i is 4 or 5 or 6 ? 0 : -1))], Concepts = ["sum values", HostileLabel], All = 20 },
        };
    }

    /// <summary>Concepts in twelve languages, some of them gaps.</summary>
    internal static AnalysisReport Concepts(int count)
    {
        string[] languages = [.. Enumerable.Range(0, 12).Select(i => $"language{i}")];
        var snippet = SampleReport.Make().Groups[0].Members[0];
        return SampleReport.Make() with
        {
            Concepts = Gaps(new ConceptMatrix
            {
                Languages = [.. languages.Select(language => new ConceptLanguage(language, count * 4, count * 3, count / 2))],
                Rows = [.. Enumerable.Range(0, count).Select(i => Row(i, $"concept {i}", snippet, [.. languages.Where((_, l) => (i * 7 + l) % (2 + (i % 5)) == 0).Select((language, l) => (language, new ConceptCell(1 + (i * l % 40), l % 2, i % 2)))]))],
                Noise = count,
                Model = "model",
                Margin = 0,
                MinTokens = 25,
            }),
        };
    }

    /// <summary>Points with paths and names as long and as varied as real ones.</summary>
    internal static AnalysisReport Points(int count) => SampleReport.Make() with
    {
        Map = new MapData
        {
            Points = [.. Enumerable.Range(0, count).Select(i => new MapPoint(
                SampleReport.Snippet(i + 1, $"repository-{i % 90}", $"src/main/component_{i % 300}/feature_{i / 4}/implementation.{i % 20}", $"language{i % 20}", $"calculate_something_{i / 2}", 40),
                MathF.Cos(i) * (i % 997), MathF.Sin(i * 1.7f) * (i % 991), i % 3 == 0 ? i % 500 : -1))],
            Concepts = [.. Enumerable.Range(0, 500).Select(i => $"concept number {i}")],
            All = 20 * count,
        },
    };

    internal static string Id(int number) => number.ToString("x16");

    private static ConceptReport Gaps(ConceptMatrix matrix) => new() { Matrix = matrix, Gaps = [], Basis = new SemanticBasis { Model = matrix.Model, Threshold = 0.12, Source = "default" } };

    private static ConceptRow Row(int number, string label, XCoder.Analysis.Model.Snippet representative, params (string Language, ConceptCell Cell)[] cells) => new()
    {
        Concept = Id(number),
        Label = label,
        Words = ["one", "two"],
        Representative = representative,
        Cells = cells.ToDictionary(cell => cell.Language, cell => cell.Cell),
        Total = cells.Aggregate(default(ConceptCell), (sum, cell) => sum + cell.Cell),
    };
}
