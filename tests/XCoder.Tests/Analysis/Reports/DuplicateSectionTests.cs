using XCoder.Analysis.Model;
using XCoder.Analysis.Reports;

namespace XCoder.Tests.Analysis.Reports;

public class DuplicateSectionTests
{
    [Theory]
    [InlineData("exact", "python python", DuplicateSection.Remove)]
    [InlineData("renamed", "python python", DuplicateSection.Remove)]
    [InlineData("near", "python python", DuplicateSection.Remove)]
    [InlineData("file", "python python", DuplicateSection.Remove)]
    [InlineData("exact", "python pythonTest", DuplicateSection.Tests)]
    [InlineData("near", "pythonTest pythonTest", DuplicateSection.Tests)]
    [InlineData("exact", "c cpp", DuplicateSection.Ports)]
    [InlineData("exact", "c c cpp", DuplicateSection.Remove)]
    [InlineData("near", "c cTest cpp", DuplicateSection.Ports)]
    [InlineData("near", "c cTest cppTest", DuplicateSection.Tests)]
    [InlineData("semantic", "go java", DuplicateSection.Ports)]
    [InlineData("semantic", "go go java", DuplicateSection.Ports)]
    [InlineData("semantic", "go javaTest", DuplicateSection.Tests)]
    [InlineData("semantic", "go go javaTest", DuplicateSection.Tests)]
    [InlineData("semantic", "go go", DuplicateSection.Similar)]
    [InlineData("semantic", "goTest goTest", DuplicateSection.Tests)]
    public void Section_OfAGroup_IsWhatCanBeDone(string kind, string members, DuplicateSection expected) =>
        Assert.Equal(expected, Group(kind, members).Section());

    [Fact]
    public void Section_OfUnrelatedProjects_IsItsOwn()
    {
        Assert.Equal(DuplicateSection.Unrelated, (Group("semantic", "go java") with { IsUnrelated = true }).Section());
        Assert.Equal(DuplicateSection.Tests, (Group("semantic", "go javaTest") with { IsUnrelated = true }).Section());
    }

    [Theory]
    [InlineData("exact", "python python python", 2)]
    [InlineData("exact", "python pythonTest python", 1)]
    [InlineData("exact", "c c cpp cpp cpp", 3)]
    [InlineData("exact", "typescript tsx", 1)] // a dialect is no other language
    [InlineData("semantic", "python python", 0)]
    public void Removable_OfAGroup_IsAllButOneOfEachLanguageOutsideTests(string kind, string members, int expected) =>
        Assert.Equal(expected, Group(kind, members).Removable().Count);

    [Fact]
    public void Removable_NeverHoldsTheRepresentative()
    {
        var group = Group("exact", "python python python");

        Assert.DoesNotContain(group.Representative, (group with { Representative = group.Members[2].Id }).Removable().Select(member => member.Id).Except([group.Members[0].Id, group.Members[1].Id]));
        Assert.Equal([group.Members[0].Id, group.Members[1].Id], (group with { Representative = group.Members[2].Id }).Removable().Select(member => member.Id));
    }

    [Fact]
    public void Of_CopiesInCopies_CountsThemOnce()
    {
        // Two equal classes of 200 tokens; a method of one of them is also equal to a function elsewhere.
        var classes = SampleReport.Group("a", DuplicateKind.Near, 0.9, At(1, "a.py", 0, 900, 200), At(2, "b.py", 0, 900, 200));
        var methods = SampleReport.Group("b", DuplicateKind.Exact, 1, At(3, "c.py", 0, 100, 40), At(4, "b.py", 100, 200, 40));
        var nested = SampleReport.Group("c", DuplicateKind.Exact, 1, At(5, "a.py", 300, 400, 30), At(6, "b.py", 300, 400, 30)) with { Within = "a" };

        Assert.Equal(new SectionTotal(DuplicateSection.Remove, 2, 4, 1, 200), SectionTotal.Of(DuplicateSection.Remove, [classes, methods, nested]));
    }

    [Fact]
    public void Of_AnEqualFile_HoldsItsFunctions()
    {
        var files = SampleReport.Group("a", DuplicateKind.File, 1, Group("file", "python python").Members.Select((member, i) => member with { Path = $"{i}.py", Tokens = 500 }).ToArray());
        var functions = SampleReport.Group("b", DuplicateKind.Exact, 1, At(3, "c.py", 0, 100, 40), At(4, "1.py", 0, 100, 40));

        Assert.Equal((1, 500), (SectionTotal.Of(DuplicateSection.Remove, [files, functions]).Copies, SectionTotal.Of(DuplicateSection.Remove, [files, functions]).Tokens));
    }

    [Fact]
    public void Headline_OfAReport_IsTheSameSentence()
    {
        var report = SampleReport.Make();
        Assert.Equal("To remove: 2 copies in 2 groups, 132 tokens, 6.6 % of the code outside tests", HeadlineText.Of(report, new DuplicateTotals(report)));
        var none = report with { Groups = [] };
        Assert.Equal("To remove: nothing that was found", HeadlineText.Of(none, new DuplicateTotals(none)));
        var nothing = none with { ComparedSnippets = 0 };
        Assert.StartsWith("Nothing was compared", HeadlineText.Of(nothing, new DuplicateTotals(nothing)), StringComparison.Ordinal);
    }

    [Fact]
    public void All_Sections_AreInTheirOrder() =>
        Assert.Equal(Enum.GetValues<DuplicateSection>(), SectionRule.All.Select(rule => rule.Section));

    private static Snippet At(int id, string path, int start, int end, int tokens) =>
        SampleReport.Snippet(id, "app", path, "python", "f", tokens) with { Span = new SourceSpan(start, end, 1, 2) };

    private static DuplicateGroup Group(string kind, string members)
    {
        var family = (string language) => language == "tsx" ? "typescript" : language;
        var snippets = members.Split(' ').Select((word, i) =>
        {
            var isTest = word.EndsWith("Test", StringComparison.Ordinal);
            var snippet = SampleReport.Snippet(i + 1, "app", $"{i}.x", isTest ? word[..^4] : word, "f", 50) with { IsTest = isTest };
            return kind == "file" ? snippet with { Id = $"app/{i}.x" } : snippet;
        }).ToArray();
        return SampleReport.Group("g", Enum.Parse<DuplicateKind>(kind, ignoreCase: true), 1, snippets)
            with { CrossLanguage = snippets.Select(snippet => family(snippet.Language)).Distinct().Count() > 1 };
    }
}
