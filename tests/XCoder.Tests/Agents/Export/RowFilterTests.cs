using XCoder.Agents.Export;
using XCoder.Agents.Licences;
using XCoder.Agents.Rows;

namespace XCoder.Tests.Agents.Export;

public class RowFilterTests
{
    // One set of tests passes, the other does not.
    private static readonly RowVerification Disputed =
        new(RowStatus.ParsedOnly, [new GateEvidence(GateNames.Tests, GateOutcome.Passed, null, null, 0, 1, null), new GateEvidence(GateNames.Independent, GateOutcome.Failed, GateReason.TestsFail, null, 1, 1, null)]);

    public static TheoryData<DropReason?, RowFilterOptions, InstructionRow> Cases
    {
        get
        {
            var (any, row) = (LicencePolicy.Parse("any"), SampleRows.Make(1));
            var scored = row with { Critique = new RowCritique { Verdict = Verdict.Accept, Scores = new Dictionary<string, double>(), Total = 6 } };
            return new()
            {
                { null, new RowFilterOptions(), row },
                { DropReason.Verdict, new RowFilterOptions(), SampleRows.Make(1, verdict: Verdict.Reject) },
                { null, new RowFilterOptions { Verdicts = null }, SampleRows.Make(1, verdict: Verdict.Reject) },
                { DropReason.Dataset, new RowFilterOptions { Datasets = new HashSet<Dataset> { RowKind.Forward.Dataset } }, row },
                { DropReason.Task, new RowFilterOptions { Tasks = new HashSet<RowTask> { RowTask.Port } }, row },
                { DropReason.Failed, new RowFilterOptions(), row with { Verification = new RowVerification(RowStatus.Failed, []) } },
                { DropReason.Failed, new RowFilterOptions(), row with { Verification = Disputed } },
                { null, new RowFilterOptions { KeepsFailed = true }, row with { Verification = Disputed } },
                { null, new RowFilterOptions { Statuses = new HashSet<RowStatus> { RowStatus.ParsedOnly } }, row with { Verification = Disputed } },
                { DropReason.Status, new RowFilterOptions { Statuses = new HashSet<RowStatus> { RowStatus.Verified } }, row },
                { DropReason.Language, new RowFilterOptions { Languages = new HashSet<string> { "go" } }, row },
                { null, new RowFilterOptions { Languages = new HashSet<string> { "go", "python" } }, row },
                { null, new RowFilterOptions { Languages = new HashSet<string> { "go", "typescript" }, Family = id => id == "tsx" ? "typescript" : id }, SampleRows.Make(1, "tsx") },
                { DropReason.Repository, new RowFilterOptions { Repository = "other" }, row },
                { null, new RowFilterOptions { Repository = "repository1" }, row },
                { DropReason.LicenceUnknown, new RowFilterOptions(), SampleRows.Make(1, licence: null) },
                { DropReason.LicenceUnknown, new RowFilterOptions(), row with { Lineage = [.. row.Lineage, row.Lineage[0] with { Licence = null }] } },
                { null, new RowFilterOptions { Licences = any }, SampleRows.Make(1, licence: null) },
                { DropReason.Total, new RowFilterOptions { MinTotal = 7 }, scored },
                { DropReason.Total, new RowFilterOptions { MinTotal = 0 }, row },
                { null, new RowFilterOptions { MinTotal = 6 }, scored },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reject_ARow_GivesTheReason(DropReason? reason, RowFilterOptions options, InstructionRow row) =>
        Assert.Equal(reason, new RowFilter(options).Reject(row));

    [Fact]
    public void Reject_SameInstructionAndResponse_IsADuplicateOfWhatWasExported()
    {
        var filter = new RowFilter(new RowFilterOptions());
        var row = SampleRows.Make(1);

        Assert.Equal(DropReason.Verdict, filter.Reject(SampleRows.Make(1, verdict: Verdict.Reject)));
        Assert.Null(filter.Reject(row));
        Assert.Equal(DropReason.Duplicate, filter.Reject(row with { Id = "other", Seeds = ["other"], Response = row.Response + "\n" }));
        Assert.Null(filter.Reject(row with { Instruction = row.Instruction + row.Response[..1], Response = row.Response[1..] }));
    }

    [Fact]
    public void Drops_OfAnExport_AreCountedByReason()
    {
        using var stream = new MemoryStream();
        var summary = new DatasetExporter(new ExportOptions(), ExportRun.Of([SampleRows.Make(1), SampleRows.Make(1), SampleRows.Make(2, licence: null), SampleRows.Make(3, verdict: Verdict.Reject)])).WriteTo(stream, CancellationToken.None);

        Assert.Equal((4, 1), (summary.Seen, summary.Exported));
        Assert.Equal([(DropReason.Verdict, 1), (DropReason.LicenceUnknown, 1), (DropReason.Duplicate, 1)], summary.Dropped.OrderBy(drop => drop.Key).Select(drop => (drop.Key, drop.Value)));
    }
}
