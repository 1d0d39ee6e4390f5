using XCoder.Analysis.Concepts;
using XCoder.Tests.Analysis.Reports;

namespace XCoder.Tests.Analysis.Concepts;

/// <summary>Concepts made by hand: of Python and Java, of Python alone, of nothing that counts.</summary>
internal static class SampleConcepts
{
    public const string ParseDate = "00000000000000c2";

    public static ConceptMatrix Matrix(bool everythingTested = false)
    {
        var builder = new ConceptMatrixBuilder([Concept("00000000000000c1", "sort list"), Concept(ParseDate, "parse date"), Concept("00000000000000c3", "open door"), Concept("00000000000000c4", "only tests")]);
        Add(0, "python", 40, documented: 30, tested: 20);
        Add(0, "java", 30, documented: 0, tested: 0);
        Add(1, "java", 20, documented: 1, tested: 1);
        Add(1, "python", 10, documented: 0, tested: 0);
        Add(2, "python", 60, documented: 60, tested: 60);
        Add(-1, "go", 10, documented: 10, tested: 10);
        Add(-1, "python", 50, documented: 0, tested: 0);
        Add(2, "lua", 1, documented: 1, tested: 1);
        return builder.Build(concept => SampleReport.Snippet(concept + 1, "app", SampleReport.HostilePath, "python", concept == 1 ? SampleReport.HostileName : "name", 30), "default", 0, 25);

        void Add(int concept, string language, int count, int documented, int tested)
        {
            for (var i = 0; i < count; i++)
            {
                builder.Add(concept, language, everythingTested || i < documented, everythingTested || i < tested);
            }
        }
    }

    private static Concept Concept(string id, string label) => new()
    {
        Id = id, Label = label, Words = label.Split(' '), Members = [0], Strengths = [1], Representative = 0, Languages = ["python"], Cohesion = 0.1f,
    };
}
