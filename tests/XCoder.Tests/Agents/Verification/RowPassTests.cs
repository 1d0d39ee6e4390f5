using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Agents.Verification;
using XCoder.Analysis.Model;
using XCoder.Tests.Agents.Export;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Verification;

public sealed class RowPassTests : IDisposable
{
    private const int Rows = 70, Portion = 64;

    private readonly TemporaryFolder _folder = new();

    public RowPassTests() => SampleRows.Store(_folder.Root, [.. Enumerable.Range(1, Rows).Select(number => SampleRows.Make(number))]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task RunAsync_TwoSteps_TakesEachRowThroughBothAndTellsHowFarItIs()
    {
        using var store = GenerationStore.Open(_folder.Root);
        var (first, second, told) = (new Step(RowStatus.Verified), new Step(RowStatus.Failed, row => row.Verification.Status == RowStatus.Verified), new Told());
        await new RowPass(store, [first, second]).RunAsync(null, told);

        Assert.Equal((Rows, Rows, Rows, Rows), (first.Asked, first.Counted, second.Asked, second.Counted));
        Assert.All(store.Rows(new RowSelection(null)), row => Assert.Equal(RowStatus.Failed, row.Verification.Status));
        Assert.Equal([(Portion, Rows), (Rows, Rows)], told.Reports.Select(report => ((int)report.Done, (int)report.Total)));
    }

    [Fact]
    public async Task RunAsync_RowsThatNoStepWants_AreAskedAboutOnceAndLeft()
    {
        using var store = GenerationStore.Open(_folder.Root);
        var (first, second, told) = (new Step(RowStatus.Verified, _ => false), new Step(RowStatus.Failed, _ => false), new Told());
        await new RowPass(store, [first, second]).RunAsync(null, told);

        Assert.Equal((Rows, 0, Rows, 0), (first.Asked, first.Counted, second.Asked, second.Counted));
        Assert.Empty(told.Reports);
    }

    [Fact]
    public async Task RunAsync_ThatIsEnded_KeepsThePortionsThatAreDoneAndGoesOnThere()
    {
        using var store = GenerationStore.Open(_folder.Root);
        using var ending = new CancellationTokenSource();
        var told = new Told { Ending = ending };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new RowPass(store, [new Step(RowStatus.Verified)]).RunAsync(null, told, ending.Token));
        Assert.Equal(Portion, store.Rows(new RowSelection(null)).Count(row => row.Verification.Status == RowStatus.Verified));

        var rest = new Step(RowStatus.Verified, row => row.Verification.Status != RowStatus.Verified);
        await new RowPass(store, [rest]).RunAsync(null);
        Assert.Equal(Rows - Portion, rest.Counted);
    }

    // Gives each row a status.
    private sealed class Step(RowStatus status, Func<InstructionRow, bool>? wants = null) : IRowStep
    {
        public int Concurrency => 2;

        public int Asked { get; private set; }

        public int Counted { get; private set; }

        public bool Wants(InstructionRow row, CancellationToken cancellation)
        {
            Asked++;
            return wants?.Invoke(row) ?? true;
        }

        public Task<StepResult> WorkAsync(InstructionRow row, CancellationToken cancellation) =>
            Task.FromResult(new StepResult(row with { Verification = row.Verification with { Status = status } }, () => Counted++));
    }

    private sealed class Told : IProgress<StageProgress>
    {
        public List<StageProgress> Reports { get; } = [];

        public CancellationTokenSource? Ending { get; init; }

        public void Report(StageProgress value)
        {
            Reports.Add(value);
            Ending?.Cancel();
        }
    }
}
