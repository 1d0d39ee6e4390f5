using System.Text;
using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Gates;
using XCoder.Analysis.Languages;

namespace XCoder.Tests.Agents.Verification.Compiling;

/// <summary>Answers that would end or hold up the process that parses them.</summary>
public class TrialReaderTests
{
    public static TheoryData<string> Bombs => [.. FullRun.Of(All, [All[0], All[^1]])];

    private static string[] All =>
    [
        $"class C {{ {Repeat("A<", 200_000)}int{Repeat(">", 200_000)} x; }}",
        $"class C {{ void M() {{ {Repeat("A</*>*/", 100_000)}int x; }} }}",
        $"class C {{ bool M(int a) => {Repeat("a<", 200_000)}a; }}",
        $"using X = {Repeat("A<", 200_000)}int{Repeat(">", 200_000)};",
        $"class C {{ string M() => {Repeat("$\"{ ", 3_000)}1{Repeat(" }\"", 3_000)}; }}",
    ];

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Check_OfWhatKillsTheParser_IsUnknown(string bomb)
    {
        using var gate = new ParserGate(LanguageCatalog.Open());
        Assert.Equal(GateOutcome.Unknown, gate.Check("csharp", bomb).Outcome);
    }

    [Fact]
    public void Check_OfLongSoundCode_Passes()
    {
        using var gate = new ParserGate(LanguageCatalog.Open());
        var code = $"class C {{ {string.Concat(Enumerable.Range(0, 2_000).Select(i => $"List<int> F{i}(int[] a) => [a[{i}], (1 + 2)]; "))}}}";
        Assert.Equal(GateOutcome.Passed, gate.Check("csharp", code).Outcome);
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
