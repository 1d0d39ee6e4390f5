using XCoder.Agents.Reports;
using XCoder.Agents.Rows;
using XCoder.Tests.Agents.Export;

namespace XCoder.Tests.Agents.Reports;

public class RunComparisonTests
{
    [Fact]
    public void Of_RunsWhoseRowsWereVerified_ComparesTheShareVerified()
    {
        // Pairs count where both rows went through the gates with a result.
        RowStatus[] first = [RowStatus.Verified, RowStatus.Failed, RowStatus.ParsedOnly, RowStatus.Unverifiable];
        RowStatus[] second = [RowStatus.Verified, RowStatus.Verified, RowStatus.Verified, RowStatus.Verified];
        var measure = Compare(first, second, "check: passed: Python accepts it").Measures.Single(measure => measure.Name == "verified");
        Assert.Equal(3, measure.Pairs);
        Assert.Equal(1 / 3.0, measure.First!.Value, 9);
        Assert.Equal(1, measure.Second!.Value, 9);
        Assert.Equal(2 / 3.0, measure.Difference!.Value, 9);
    }

    [Fact]
    public void Of_RunsThatOnlyAParserRead_DoesNotSpeakOfVerifying() =>
        Assert.DoesNotContain(Compare([RowStatus.ParsedOnly], [RowStatus.Failed], "parse: passed: no syntax error").Measures, measure => measure.Name == "verified");

    private static RunComparison Compare(RowStatus[] first, RowStatus[] second, string evidence) => RunComparison.Of(("none", Rows(first, evidence)), ("embedding", Rows(second, evidence)), 1);

    private static IEnumerable<InstructionRow> Rows(RowStatus[] statuses, string evidence) => statuses.Select((status, i) => SampleRows.Make(i) with { Verification = new RowVerification(status, [EvidenceMigration.Read(evidence)]) });
}
