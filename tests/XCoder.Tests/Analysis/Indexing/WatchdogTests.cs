using XCoder.Analysis.Indexing;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Analysis.Indexing;

/// <summary>What is past a limit of time or memory is marked in the journal.</summary>
public sealed class WatchdogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(8L << 30, 2, (2L << 30) + (256L << 20))]
    [InlineData(64L << 30, 64, 10L << 30)]
    [InlineData(1L << 30, 2, 7L << 27)]
    public void MemoryLimit_OfAMachine_LeavesARest(long available, int threads, long limit) => Assert.Equal(limit, Watchdog.MemoryLimit(available, threads));

    [Fact]
    public void Look_WhileMemoryIsPastItsLimit_MarksTheFileThatIsRead()
    {
        using (var journal = InFlightJournal.Open(_folder.Root, 2, out _))
        {
            // Of a megabyte this process has more.
            using var watchdog = new Watchdog(journal, TimeSpan.FromHours(1), 1 << 20, CancellationToken.None);
            journal.Enter(1, "repository", "large.cs", "00");
            Assert.True(SpinWait.SpinUntil(() => journal.Visit(1) == 0, TimeSpan.FromMinutes(1)));
        }

        InFlightJournal.Open(_folder.Root, 2, out var left).Dispose();
        Assert.Equal([("repository", "large.cs", "00", "its parser took too much memory")], left);
    }

    [Fact]
    public void Look_WhileNobodyReads_MarksNothing()
    {
        using (var journal = InFlightJournal.Open(_folder.Root, 1, out _))
        {
            var watchdog = new Watchdog(journal, TimeSpan.FromHours(1), 1 << 20, CancellationToken.None);
            journal.Enter(0, "repository", "small.cs", "00");
            journal.Leave(0);
            watchdog.Dispose();
        }

        InFlightJournal.Open(_folder.Root, 1, out var left).Dispose();
        Assert.Empty(left);
    }

    [Fact]
    public void Open_OfAJournalThatKeeps_RemembersWhatEarlierRunsLeft()
    {
        for (var run = 0; run < 3; run++)
        {
            using var journal = InFlightJournal.Open(_folder.Root, 1, out var left, keeps: true);
            Assert.Equal(Enumerable.Range(0, run).Select(i => $"answer{i}"), left.Select(entry => entry.Path).Order(StringComparer.Ordinal));
            journal.Enter(0, "row", $"answer{run}", "");
            Assert.True(journal.MarkHung(0));
        }
    }
}
