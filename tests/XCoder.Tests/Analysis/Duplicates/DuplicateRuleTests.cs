using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;

namespace XCoder.Tests.Analysis.Duplicates;

public class DuplicateRuleTests
{
    [Fact]
    public void All_Kinds_HaveARuleInTheirOrder()
    {
        Assert.Equal(Enum.GetValues<DuplicateKind>(), DuplicateRule.All.Select(rule => rule.Kind));
        Assert.Equal(["exact", "renamed", "near", "semantic", "file"], DuplicateRule.All.Select(rule => rule.Name));
        Assert.All(DuplicateRule.All, rule => Assert.Same(rule, DuplicateRule.Of(rule.Kind)));
        Assert.All(DuplicateRule.All, rule => Assert.Same(rule, DuplicateRule.Find(rule.Name)));
        Assert.Null(DuplicateRule.Find("Exact"));
        Assert.Null(DuplicateRule.Find(null));
    }

    [Fact]
    public void All_Rules_SayWhatTheyMeanAndWhatToDo() => Assert.All(DuplicateRule.All, rule =>
    {
        Assert.EndsWith(".", rule.Meaning(new DuplicateOptions()), StringComparison.Ordinal);
        Assert.EndsWith(".", rule.Advice, StringComparison.Ordinal);
        Assert.Contains(rule.Precision, (string[])["low", "medium", "high", "very-high"]);
    });

    // The page's script colours kinds by their place in a list of its own.
    [Fact]
    public void Script_OfThePage_ListsTheSameKinds() =>
        Assert.Contains($"const KINDS = [{string.Join(", ", DuplicateRule.All.Select(rule => $"\"{rule.Name}\""))}];",
            File.ReadAllText(Path.Combine(TestPaths.Root, "src", "XCoder.Analysis", "Reports", "Html", "report.groups.js")), StringComparison.Ordinal);
}
