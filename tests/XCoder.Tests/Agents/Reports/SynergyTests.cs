using XCoder.Agents.Reports;
using XCoder.Agents.Rows;
using XCoder.Tests.Agents.Export;

namespace XCoder.Tests.Agents.Reports;

/// <summary>Synergy over rows made by hand; what is expected was worked out by hand.</summary>
public class SynergyTests
{
    private const string ParsedOnly = "parse: passed: The parser finds no syntax error; 1 functions and structures.";
    private const string Checked = "check: passed: It accepts it; /usr/bin/x /code/main; exit code 0; 9 ms";
    private const string TestsPass = "tests: passed: They pass.; /work/main; exit code 0; 4 ms";
    private const string TestsFail = "tests: failed: They fail.; /work/main; exit code 1; 4 ms; no";

    [Fact]
    public void Matrix_AcceptanceAlone_IsGoodLessBaseAndSaysSo()
    {
        // 14 of 20 with a best neighbour in python, 10 of 25 held out: .70 - .40. Wilson: .4810 to .8545 and .2340 to .5926,
        // so -sqrt(.2190² + .1926²) and +sqrt(.1545² + .1660²) about it.
        var matrix = Matrix([.. Shown("python", 20, 14), .. HeldOut(25, 10)]);
        var cell = Assert.Single(matrix.Cells);
        Assert.False(matrix.IsExecuted);
        Assert.Equal(("python", "go", 20L, 14L, 25L, 10L), (cell.Source, cell.Target, cell.Rows, cell.Good, cell.HeldOut, cell.HeldOutGood));
        Assert.Equal(0.3, cell.Synergy!.Value, 12);
        Assert.Equal(0.0084, cell.Interval!.Low, 1e-4);
        Assert.Equal(0.5268, cell.Interval.High, 1e-4);
    }

    [Theory]
    [InlineData(19, 40)]
    [InlineData(40, 19)]
    [InlineData(40, 0)]
    public void Matrix_FewerThanTwentyRowsOnASide_IsUnknownAndNotZero(int shown, int heldOut)
    {
        var cell = Assert.Single(Matrix([.. Shown("python", shown, shown), .. HeldOut(heldOut, 0)]).Cells);
        Assert.Null(cell.Synergy);
        Assert.False(cell.IsKnown);
        Assert.Equal(heldOut > 0, cell.Interval is not null);
    }

    [Fact]
    public void Matrix_AfterTestsRan_AsksForAcceptanceAndTests()
    {
        // Of 24 shown: 12 accepted and verified, 6 accepted and failed, 6 verified and rejected. Held out: 5 of 20 are both.
        var matrix = Matrix([
            .. Shown("python", 12, 12, RowStatus.Verified), .. Shown("python", 6, 6, RowStatus.Failed), .. Shown("python", 6, 0, RowStatus.Verified),
            .. HeldOut(5, 5, RowStatus.Verified), .. HeldOut(15, 15, RowStatus.Failed)]);
        var cell = Assert.Single(matrix.Cells);
        Assert.True(matrix.IsExecuted);
        Assert.Equal((24L, 12L, 20L, 5L), (cell.Rows, cell.Good, cell.HeldOut, cell.HeldOutGood));
        Assert.Equal(0.25, cell.Synergy!.Value, 12);
    }

    [Fact]
    public void Matrix_AfterTestsRan_LeavesOutWhatNothingIsKnownOf()
    {
        var matrix = Matrix([
            .. Shown("python", 20, 20, RowStatus.Verified), .. Shown("python", 3, 3, RowStatus.Unverifiable), .. Shown("python", 4, 4, null),
            .. HeldOut(20, 20, RowStatus.Failed), .. HeldOut(2, 2, RowStatus.Unverifiable)]);
        var cell = Assert.Single(matrix.Cells);
        Assert.Equal((20L, 20L, (double?)1), (cell.Rows, cell.HeldOut, cell.Synergy));
        Assert.Equal((49L, 5L, 4L), (matrix.Rows, matrix.Unverifiable, matrix.NotVerified));
    }

    [Fact]
    public void Matrix_WhereNoTestRan_DoesNotCallItExecution()
    {
        // 'verify' without a sandbox: gates have spoken, but no test ran.
        var matrix = Matrix([.. Shown("python", 20, 20, RowStatus.Unverifiable), .. HeldOut(20, 0, RowStatus.Unverifiable)]);
        Assert.False(matrix.IsExecuted);
        Assert.Equal(((double?)1, 0L), (matrix.Cells[0].Synergy, matrix.Unverifiable));
    }

    [Fact]
    public void Matrix_BestNeighbour_IsTheFirstAndHitsAreOfSeeds()
    {
        // Two rows of one seed, and a row of another: python is shown to both seeds, rust above .5 to one.
        var row = Row(1, true, null) with { Context = "embedding" };
        var matrix = Matrix([
            row with { Seeds = ["a"], Neighbours = [new RowNeighbour("1", 0.6, "python"), new RowNeighbour("2", 0.9, "rust")] },
            row with { Seeds = ["a"], Neighbours = [new RowNeighbour("1", 0.6, "python")] },
            row with { Seeds = ["b"], Neighbours = [new RowNeighbour("3", 0.5, "python"), new RowNeighbour("4", 0.4, "rust")] },
            row with { Seeds = ["c"], Neighbours = [] }]);
        Assert.Equal([("python", 3L, 2L, 3L), ("rust", 3L, 1L, 0L)], matrix.Cells.Select(cell => (cell.Source, cell.Seeds, cell.Hits, cell.Rows)));
        Assert.Equal(((double?)(2 / 3.0), 3L), (matrix.Cells[0].Hit, matrix.Rows));
    }

    [Fact]
    public void Matrix_RowsThatFoundNoNeighbours_AreNoBase() =>
        Assert.Equal(0, Assert.Single(Matrix([.. Shown("python", 20, 20), .. HeldOut(30, 30).Select(row => row with { Context = "embedding" })]).Cells).HeldOut);

    [Fact]
    public void Matrix_MinedRows_DoNotCount() =>
        Assert.Empty(Matrix([.. Shown("python", 20, 20).Concat(HeldOut(20, 20)).Select(row => row with { Dataset = RowKind.Mined.Dataset })]).Cells);

    [Fact]
    public void Matrix_NeighboursOfUnknownLanguage_AreCountedApart()
    {
        var matrix = Matrix([.. Shown("python", 3, 3).Select(row => row with { Neighbours = [new RowNeighbour("old", 0.9)] })]);
        Assert.Equal((3L, 3L), (matrix.Unplaced, matrix.Rows));
        Assert.Empty(matrix.Cells);
    }

    internal static IEnumerable<InstructionRow> Shown(string source, int count, int accepted, RowStatus? status = null) => Enumerable.Range(0, count)
        .Select(i => Row(i, i < accepted, status) with { Context = "embedding", Neighbours = [new RowNeighbour("best", 0.8, source), new RowNeighbour("other", 0.3, source)] });

    internal static IEnumerable<InstructionRow> HeldOut(int count, int accepted, RowStatus? status = null) => Enumerable.Range(0, count)
        .Select(i => Row(10_000 + i, i < accepted, status) with { Context = InstructionRow.NoContext, Neighbours = [] });

    // Null: read by a parser alone, as when it was written.
    private static InstructionRow Row(int number, bool isAccepted, RowStatus? status)
    {
        var row = SampleRows.Make(number, "lua", "go", isAccepted ? Verdict.Accept : Verdict.Reject) with
        {
            Dataset = RowKind.Discussion.Dataset,
            Verification = status switch
            {
                null => new RowVerification(RowStatus.ParsedOnly, [EvidenceMigration.Read(ParsedOnly)]),
                RowStatus.Unverifiable => new RowVerification(status.Value, [EvidenceMigration.Read(ParsedOnly), EvidenceMigration.Read("check: unknown: Nothing is run without isolation: no bwrap.")]),
                _ => new RowVerification(status.Value, [EvidenceMigration.Read(ParsedOnly), EvidenceMigration.Read(Checked), EvidenceMigration.Read(status == RowStatus.Verified ? TestsPass : TestsFail)]),
            },
        };
        return row with { Id = RowId.Hash(row.Id, status is { } named ? RowNames.Of(named) : "", isAccepted ? "a" : "r") };
    }

    private static SynergyMatrix Matrix(IEnumerable<InstructionRow> rows)
    {
        var counter = new SynergyCounter(0.5);
        foreach (var row in rows)
        {
            counter.Add(row);
        }

        return counter.Matrix();
    }
}
