using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;

namespace XCoder.Tests.Analysis.Reports;

/// <summary>A report of many groups, with paths and code as long as real ones.</summary>
internal static class LargeReport
{
    private static readonly string[] Languages = ["python", "java", "typescript", "go", "rust"];

    internal static AnalysisReport Make(int groups) => SampleReport.Make() with
    {
        ComparedSnippets = groups * 10,
        Groups = [.. Enumerable.Range(0, groups).Select(Group)],
    };

    internal static string Code(string id) => string.Join('\n', Enumerable.Range(0, 12).Select(line => $"    statement {line} of snippet {(line % 5 == 0 ? id : "")} calls(something, with, arguments)"));

    private static DuplicateGroup Group(int index)
    {
        var language = Languages[index % Languages.Length];
        var members = Enumerable.Range(0, 2 + (index % 4)).Select(member => SampleReport.Snippet(
            (index * 10) + member + 1,
            $"repository-{(index + member) % 20}",
            $"src/main/component_{index % 300}/feature_{(index + member) % 2_000}/implementation_file_{index % 1_500}.{language}",
            language,
            $"calculate_something_{index % 4_000}",
            25 + (index * 7919 % 500)));
        return SampleReport.Group(index.ToString("x16"), (DuplicateKind)(index % 3), index % 3 == 2 ? 0.7 + (index % 30 / 100.0) : 1, [.. members]);
    }
}
