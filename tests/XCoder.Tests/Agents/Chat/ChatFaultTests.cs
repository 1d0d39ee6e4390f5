using XCoder.Agents.Chat;

namespace XCoder.Tests.Agents.Chat;

public sealed class ChatFaultTests
{
    [Theory]
    [InlineData(LoopbackFault.TooManyRequests, 2, 1)]
    [InlineData(LoopbackFault.TooManyRequestsWithRetryAfter, 2, 1)]
    [InlineData(LoopbackFault.ServerError, 2, 1)]
    [InlineData(LoopbackFault.Unavailable, 2, 1)]
    [InlineData(LoopbackFault.HtmlErrorPage, 2, 1)]
    [InlineData(LoopbackFault.HtmlPage, 2, 1)]
    [InlineData(LoopbackFault.BrokenProtocol, 2, 1)]
    [InlineData(LoopbackFault.CutStream, 2, 1)]
    [InlineData(LoopbackFault.Hang, 2, 1)]
    [InlineData(LoopbackFault.MalformedJson, 2, 0)]
    [InlineData(LoopbackFault.WrongSchema, 2, 0)]
    [InlineData(LoopbackFault.Empty, 2, 0)]
    [InlineData(LoopbackFault.Truncated, 2, 0)]
    public async Task AskAsync_FaultOnce_IsAskedAgain(LoopbackFault fault, long requests, long retried)
    {
        foreach (var isStreaming in new[] { false, true })
        {
            await using var setup = new ChatSetup(client: options => options with { IsStreaming = isStreaming, Timeout = TimeSpan.FromSeconds(fault == LoopbackFault.Hang ? 3 : 20) });
            setup.Server.Script.Enqueue(fault);
            var reply = await setup.AskAsync();
            Assert.Null(reply.Failure);
            Assert.Equal(requests, setup.Server.Count);
            Assert.Equal(retried, setup.Gateway.Statistics.Retried);
            Assert.Equal(1 - retried, setup.Gateway.Statistics.Repaired);
        }
    }

    [Theory]
    [InlineData(LoopbackFault.Refusal, ChatFailureKind.Refused, 1)]
    [InlineData(LoopbackFault.ContentFilter, ChatFailureKind.Refused, 1)]
    [InlineData(LoopbackFault.Empty, ChatFailureKind.Empty, 3)]
    [InlineData(LoopbackFault.MalformedJson, ChatFailureKind.Malformed, 3)]
    [InlineData(LoopbackFault.WrongSchema, ChatFailureKind.WrongSchema, 3)]
    [InlineData(LoopbackFault.Truncated, ChatFailureKind.Truncated, 3)]
    [InlineData(LoopbackFault.Endless, ChatFailureKind.TooLarge, 1)]
    [InlineData(LoopbackFault.ServerError, ChatFailureKind.Unavailable, 3)]
    public async Task AskAsync_FaultAlways_IsACountedReason(LoopbackFault fault, ChatFailureKind kind, long requests)
    {
        foreach (var isStreaming in new[] { false, true })
        {
            await using var setup = new ChatSetup(_ => fault, options => options with { MaxRetries = 2 }, options => options with { IsStreaming = isStreaming, MaxReplyBytes = 100_000 });
            var reply = await setup.AskAsync();
            Assert.Equal(kind, reply.Failure?.Kind);
            Assert.Equal(requests, setup.Server.Count);
            Assert.Equal(1, setup.Gateway.Statistics.Failures[kind]);
        }
    }

    [Theory]
    [InlineData(LoopbackFault.Unauthorized, "--api-key-variable")]
    [InlineData(LoopbackFault.NotFound, "--chat-model")]
    [InlineData(LoopbackFault.Redirect, "redirects are not followed")]
    [InlineData(LoopbackFault.Exhausted, "no money")]
    public async Task AskAsync_WhatNoRetryHelps_EndsTheRunAtOnce(LoopbackFault fault, string says)
    {
        await using var setup = new ChatSetup(_ => fault);
        var exception = await Assert.ThrowsAsync<EndpointException>(() => setup.AskAsync());
        Assert.Contains(says, exception.Message);
        Assert.Contains("Run the same command again", exception.Message);
        await Assert.ThrowsAsync<EndpointException>(() => setup.AskAsync("another"));
        Assert.Equal(1, setup.Server.Count);
    }

    [Fact]
    public async Task AskAsync_QuestionRejected_FailsAloneAndTheNextIsAnswered()
    {
        await using var setup = new ChatSetup();
        Assert.Null((await setup.AskAsync("first")).Failure);
        setup.Server.Script.Enqueue(LoopbackFault.BadRequest);
        var reply = await setup.AskAsync("second");
        Assert.Equal(ChatFailureKind.Rejected, reply.Failure?.Kind);
        Assert.Contains("longer than the context", reply.Failure!.Message);
        Assert.Null((await setup.AskAsync("third")).Failure);
        Assert.Equal(3, setup.Server.Count);
    }

    [Fact]
    public async Task AskAsync_SchemaNotSupported_FallsBackOnceForTheRun()
    {
        await using var setup = new ChatSetup(request => request.FormatType.Length > 0 ? LoopbackFault.RejectedSchema : """{"answer": "a", "score": 3}""");
        Assert.Null((await setup.AskAsync("first")).Failure);
        Assert.Null((await setup.AskAsync("second")).Failure);
        Assert.Equal(["json_schema", "json_object", "", ""], setup.Server.Requests.Select(request => request.FormatType));
        Assert.Contains("minLength", setup.Server.Requests.Last().Body);
    }

    [Fact]
    public async Task AskAsync_DeadEndpoint_EndsTheRunAndSaysHowToResume()
    {
        await using var setup = new ChatSetup(endpoint: new Uri("http://127.0.0.1:1/v1"));
        var exception = await Assert.ThrowsAsync<EndpointException>(() => setup.AskAsync());
        Assert.Contains("--endpoint", exception.Message);
    }

    [Fact]
    public async Task AskAsync_EndpointDiesLater_BreaksAfterFailuresInARow()
    {
        await using var setup = new ChatSetup(request => request.Number <= 3 ? LoopbackAnswers.BySchema(request) : LoopbackFault.ServerError, options => options with { FailuresToStop = 7, MaxRetries = 100, MaxConcurrency = 1 });
        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await setup.AskAsync($"{i}")).Failure);
        }

        var exception = await Assert.ThrowsAsync<EndpointException>(() => setup.AskAsync("more"));
        Assert.Contains("3 questions answered", exception.Message);
        Assert.Equal(10, setup.Server.Count);

        // What is recorded is still there.
        Assert.True((await setup.AskAsync("1")).Answer!.Recorded);
    }

    [Fact]
    public async Task AskAsync_EndpointStartsSlowly_IsWaitedFor()
    {
        await using var setup = new ChatSetup(request => request.Number <= 9 ? LoopbackFault.Unavailable : LoopbackAnswers.BySchema(request), options => options with { FailuresToStop = 3, Patience = TimeSpan.FromHours(1) });
        Assert.Null((await setup.AskAsync()).Failure);
        Assert.Equal(10, setup.Server.Count);
    }

    [Fact]
    public async Task AskAsync_RunEndsWhileOthersWait_EndsThemToo()
    {
        // One of the questions meets the end; the others wait an hour for a retry, for money or for a place.
        await using var setup = new ChatSetup(
            request => request.Messages[^1].Text == "0" ? new LoopbackAnswer { Fault = LoopbackFault.Unauthorized, Delay = TimeSpan.FromMilliseconds(300) } : new LoopbackAnswer { Fault = LoopbackFault.TooManyRequestsWithRetryAfter, RetryAfter = "3600" },
            options => options with { MaxDelay = TimeSpan.FromHours(2), MaxConcurrency = 8, MaxCost = 0.02m, PromptPrice = 10, CompletionPrice = 20 });
        var all = Enumerable.Range(0, 20).Select(i => setup.AskAsync($"{i}")).ToList();
        foreach (var asked in all)
        {
            await Assert.ThrowsAsync<EndpointException>(() => asked.WaitAsync(TimeSpan.FromSeconds(20)));
        }
    }

    [Fact]
    public async Task AskAsync_ThirtyPercentFaults_LosesNothing()
    {
        const int Questions = 300;
        LoopbackFault[] faults = [LoopbackFault.TooManyRequests, LoopbackFault.TooManyRequestsWithRetryAfter, LoopbackFault.ServerError, LoopbackFault.Unavailable, LoopbackFault.CutStream, LoopbackFault.BrokenProtocol, LoopbackFault.HtmlErrorPage];
        await using var setup = new ChatSetup(LoopbackAnswers.WithFaults(LoopbackAnswers.BySchema, 5, 0.3, faults));
        var replies = await Task.WhenAll(Enumerable.Range(0, Questions).Select(i => setup.AskAsync($"question {i}")));
        Assert.All(replies, reply => Assert.Null(reply.Failure));
        Assert.InRange(setup.Gateway.Statistics.Retried, 60, 300);
        Assert.Equal(Questions, setup.Replies.UsageOf().Requests);
        Assert.Equal(0, setup.Gateway.Statistics.InFlight);
    }
}
