using XCoder.Agents.Chat;

namespace XCoder.Tests.Agents.Chat;

public sealed class ChatLimitTests
{
    [Fact]
    public async Task AskAsync_LimitOfRequests_IsNeverExceeded()
    {
        await using var setup = new ChatSetup(LoopbackAnswers.WithFaults(LoopbackAnswers.BySchema, 1, 0.3, LoopbackFault.ServerError), options => options with { MaxRequests = 100 });
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => setup.AskAsync($"{i}")));
        Assert.Equal(100, setup.Server.Count);
        Assert.All(replies.Where(reply => reply.Answer is null), reply => Assert.Equal(ChatFailureKind.Budget, reply.Failure!.Kind));
    }

    [Fact]
    public async Task AskAsync_LimitOnCost_IsNeverExceededAndNearlyReached()
    {
        // A reply costs 100 · 10 + 50 · 20 = 2,000 millionths; what it may cost at most is far more.
        const decimal Most = 0.1m, Each = 0.002m;
        await using var setup = new ChatSetup(options: options => options with { MaxCost = Most, PromptPrice = 10, CompletionPrice = 20 });
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => setup.AskAsync($"{i}")));
        var spent = setup.Server.Count * Each;
        Assert.InRange(spent, Most - 0.01m, Most);
        Assert.Equal(spent, setup.Gateway.Statistics.Cost);
        Assert.Equal(200 - setup.Server.Count, setup.Gateway.Statistics.Failures[ChatFailureKind.Budget]);

        // Replays cost nothing.
        var known = Array.FindIndex(replies, reply => reply.Answer is not null);
        Assert.True((await setup.AskAsync($"{known}")).Answer!.Recorded);
        Assert.Equal(spent, setup.Gateway.Statistics.Cost);
    }

    [Fact]
    public async Task AskAsync_RunGoesOn_CountsWhatItSpentBefore()
    {
        await using var setup = new ChatSetup(options: options => options with { Run = 1, MaxRequests = 5 });
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => setup.AskAsync($"{i}")));
        await using var again = new ChatSetup(options: options => options with { Run = 1, MaxRequests = 5 }, folder: setup.Workspace);
        await Task.WhenAll(Enumerable.Range(0, 9).Select(i => again.AskAsync($"{i}")));
        Assert.Equal(5, setup.Server.Count + again.Server.Count);
    }

    [Fact]
    public async Task AskAsync_Concurrency_IsLimited()
    {
        await using var setup = new ChatSetup(request => LoopbackAnswers.BySchema(request) with { Delay = TimeSpan.FromMilliseconds(20) }, options => options with { MaxConcurrency = 4 });
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => setup.AskAsync($"{i}")));
        Assert.Equal(4, setup.Server.MostInFlight);
    }

    [Fact]
    public async Task AskAsync_GivenUpInFlightAndInLine_GivesAllPlacesAndMoneyBack()
    {
        var release = new TaskCompletionSource();
        await using var setup = new ChatSetup(request => LoopbackAnswers.BySchema(request) with { Until = release.Task }, options => options with { MaxConcurrency = 3, MaxCost = 1, PromptPrice = 10, CompletionPrice = 20 });
        using var end = new CancellationTokenSource();
        var given = Enumerable.Range(0, 12).Select(i => setup.Gateway.AskAsync(ChatSetup.Query($"{i}"), end.Token)).ToList();
        await setup.ArriveAsync(3);
        await end.CancelAsync();
        foreach (var one in given)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        }

        Assert.Equal((3, 0), (setup.Gateway.Statistics.Requests, setup.Gateway.Statistics.InFlight));
        release.SetResult();
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => setup.AskAsync($"{i}")));
        Assert.All(replies, reply => Assert.NotNull(reply.Answer));
        Assert.Equal(15, setup.Server.Count);
    }

    [Fact]
    public async Task AskAsync_RequestsAMinute_AreSpreadEvenly()
    {
        var time = new ManualTime();
        await using var setup = new ChatSetup(options: options => options with { RequestsPerMinute = 60 }, time: time);
        var all = Task.WhenAll(Enumerable.Range(0, 6).Select(i => setup.AskAsync($"{i}")));
        await setup.ArriveAsync(1);
        await time.PendingAsync(5, TimeSpan.FromSeconds(6));
        for (var second = 2; second <= 6; second++)
        {
            time.Advance(TimeSpan.FromMilliseconds(900));
            Assert.Equal(second - 1, setup.Server.Count);
            time.Advance(TimeSpan.FromMilliseconds(100));
            await setup.ArriveAsync(second);
        }

        await all;
    }

    [Fact]
    public void Take_MoreThanTheBucketHolds_GoesIntoDebtAndCorrectionsCount()
    {
        var time = new ManualTime();
        var bucket = new TokenBucket(6000, time);
        Assert.Equal(TimeSpan.Zero, bucket.Take(1000));
        Assert.Equal(9.5, bucket.Take(50).TotalSeconds, 0.001);
        bucket.Return(950);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, bucket.Take(100));
    }

    [Theory]
    [InlineData("7")]
    [InlineData("Thu, 01 Jan 2026 00:00:07 GMT")]
    public async Task AskAsync_RetryAfter_IsWaitedFor(string value)
    {
        var time = new ManualTime();
        await using var setup = new ChatSetup(options: options => options with { MaxDelay = TimeSpan.FromMinutes(1) }, time: time);
        setup.Server.Script.Enqueue(new LoopbackAnswer { Fault = LoopbackFault.TooManyRequestsWithRetryAfter, RetryAfter = value });
        var asked = setup.AskAsync();
        await time.PendingAsync(1, TimeSpan.FromSeconds(8));
        time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Equal(1, setup.Server.Count);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Null((await asked).Failure);
    }

    [Fact]
    public void Gateway_LimitOnCostWithoutPrices_IsRefused() =>
        Assert.Contains("prices", Assert.Throws<ArgumentException>(() => new ChatGatewayOptions { Model = "m", MaxCost = 1 }.Check()).Message);
}
