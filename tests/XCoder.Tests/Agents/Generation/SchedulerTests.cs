using FsCheck;
using FsCheck.Fluent;
using XCoder.Agents.Generation;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;

namespace XCoder.Tests.Agents.Generation;

public class SchedulerTests
{
    private static readonly string[] Languages = ["aa", "bb", "cc"];

    private static readonly GenerationOptions Options = new() { Epoch = 8 };

    // Concept c0 stands in all languages, c1 in two, c2 in one; x is in none.
    private static readonly List<PlannedSeed> Seeds =
    [
        Seed(0, "aa", "c0", "aa", "bb", "cc"), Seed(1, "bb", "c0", "aa", "bb", "cc"), Seed(2, "aa", "c1", "aa", "bb"), Seed(3, "bb", "c1", "aa", "bb"), Seed(4, "cc", "c2", "cc"), Seed(5, "aa", null, "aa"),
    ];

    [Fact]
    public void Plan_FirstEpoch_HoldsNoDiscussion() =>
        Assert.DoesNotContain(new Scheduler(Seeds, Options).Plan(8), item => item.Kind == RowKind.Discussion);

    [Fact]
    public void Plan_LaterEpochs_CatchUpToTheShares()
    {
        var items = PlanAll(new Scheduler(Seeds, Options), 10, 8, _ => true);
        Assert.Equal((20, 20, 40), (items.Count(item => item.Kind == RowKind.Forward), items.Count(item => item.Kind == RowKind.Reverse), items.Count(item => item.Kind == RowKind.Discussion)));
    }

    [Fact]
    public void Plan_Discussions_ServeWhatALanguageLacksFirst()
    {
        var items = new Scheduler(Seeds, Options with { Kinds = [RowKind.Discussion] }).Plan(6);
        Assert.All(items, item => Assert.NotEqual(item.Seed.Language, item.Target));
        Assert.All(items.Take(3), item => Assert.DoesNotContain(item.Target, item.Seed.Languages));
        Assert.Equal(Languages, items.Take(3).Select(item => item.Target).Order());

        // Each seed feeds a row before any feeds a second one.
        Assert.Equal(6, items.Select(item => item.Seed.Id).Distinct().Count());
    }

    [Fact]
    public void Plan_RejectedRows_LeaveTheirCellEmpty()
    {
        var options = Options with { Kinds = [RowKind.Forward], Languages = ["aa"] };
        var adaptive = PlanAll(new Scheduler(Seeds, options), 1, 3, item => item.Seed.Concept != "c0");
        Assert.Equal(["c0", "c1", null], adaptive.Select(item => item.Seed.Concept));

        var scheduler = new Scheduler(Seeds, options);
        Take(scheduler, scheduler.Plan(3), item => item.Seed.Concept != "c0");
        Assert.Equal("c0", scheduler.Plan(1)[0].Seed.Concept);
    }

    [Fact]
    public void Plan_NotAdaptive_DependsOnNoOutcome()
    {
        var options = Options with { IsAdaptive = false };
        Assert.Equal(PlanAll(new Scheduler(Seeds, options), 6, 8, _ => true), PlanAll(new Scheduler(Seeds, options), 6, 8, item => item.Seed.Row % 2 == 0));
    }

    [Fact]
    public void Plan_AfterReplay_IsThatOfTheSchedulerThatWentOn() => Prop.ForAll(
        ArbMap.Default.ArbFor<bool[]>().Filter(outcomes => outcomes.Length > 0), ArbMap.Default.ArbFor<byte>(), (outcomes, epochs) =>
        {
            var (going, done) = (new Scheduler(Seeds, Options), new List<IReadOnlyList<EpochItem>>());
            for (var epoch = 0; epoch < epochs % 6; epoch++)
            {
                var items = going.Plan(5);
                Take(going, items, item => outcomes[(int)(item.Seed.Row + epoch) % outcomes.Length]);
                done.Add([.. items.Select(item => new EpochItem(item.Kind.Name, item.Seed.Id, item.Seed.Language, item.Target, item.Seed.Concept, outcomes[(int)(item.Seed.Row + epoch) % outcomes.Length] ? Outcomes.Accept : Outcomes.Reject, null, null, 0))]);
            }

            var fresh = new Scheduler(Seeds, Options);
            fresh.Replay(done);
            return going.Plan(9).SequenceEqual(fresh.Plan(9));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Plan_Languages_AreServedAlike()
    {
        var items = PlanAll(new Scheduler(Seeds, Options with { Kinds = [RowKind.Discussion] }), 9, 10, _ => true);
        Assert.All(items.CountBy(item => item.Target), count => Assert.Equal(30, count.Value));
    }

    [Fact]
    public void Plan_NoSeed_IsEmpty() => Assert.Empty(new Scheduler([], Options).Plan(4));

    private static List<WorkItem> PlanAll(Scheduler scheduler, int epochs, int size, Func<WorkItem, bool> isAccepted)
    {
        var all = new List<WorkItem>();
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            var items = scheduler.Plan(size);
            Take(scheduler, items, isAccepted);
            all.AddRange(items);
        }

        return all;
    }

    private static void Take(Scheduler scheduler, IReadOnlyList<WorkItem> items, Func<WorkItem, bool> isAccepted)
    {
        foreach (var item in items)
        {
            scheduler.Add(item.Kind, item.Seed.Id, item.Seed.Concept, item.Target, isAccepted(item));
        }
    }

    private static PlannedSeed Seed(long row, string language, string? concept, params string[] languages) => new(row, $"s{row}", language, concept, concept ?? "", languages.ToHashSet());
}
