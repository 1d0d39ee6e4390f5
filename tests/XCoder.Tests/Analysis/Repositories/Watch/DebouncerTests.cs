using XCoder.Analysis.Repositories.Watch;
using XCoder.Tests.Agents.Chat;

namespace XCoder.Tests.Analysis.Repositories.Watch;

public sealed class DebouncerTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly Debouncer _debouncer;

    public DebouncerTests() => _debouncer = new Debouncer(_time, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(2));

    public void Dispose() => _debouncer.Dispose();

    [Fact]
    public void WithoutASignal_NothingComes()
    {
        Pass(10_000);
        Assert.False(_debouncer.TryTake());
    }

    [Fact]
    public void ASignal_ComesOnce_WhenItWasQuiet()
    {
        _debouncer.Signal();
        Pass(299);
        Assert.False(_debouncer.TryTake());
        Pass(1);
        Assert.True(_debouncer.TryTake());
        Pass(10_000);
        Assert.False(_debouncer.TryTake());
    }

    [Fact]
    public void LaterSignals_DelayTheWakeUp_AndJoinIt()
    {
        for (var i = 0; i < 5; i++)
        {
            _debouncer.Signal();
            Pass(200);
            Assert.False(_debouncer.TryTake());
        }

        Pass(100);
        Assert.True(_debouncer.TryTake());
        Pass(10_000);
        Assert.False(_debouncer.TryTake());
    }

    [Fact]
    public void SignalsWithoutEnd_DelayItNoLongerThanTheLongestTime()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.False(_debouncer.TryTake());
            _debouncer.Signal();
            Pass(100);
        }

        Assert.True(_debouncer.TryTake());

        // The next signals are new ones.
        _debouncer.Signal();
        Pass(299);
        Assert.False(_debouncer.TryTake());
        Pass(1);
        Assert.True(_debouncer.TryTake());
    }

    [Fact]
    public void Wait_ThatIsCancelled_IsNoWakeUp()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.False(_debouncer.Wait(cancelled.Token));
    }

    [Fact]
    public void Signal_AfterDispose_IsIgnored()
    {
        _debouncer.Dispose();
        _debouncer.Signal();
        Pass(10_000);
        Assert.False(_debouncer.TryTake());
    }

    private void Pass(int milliseconds) => _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
