using XCoder.Agents.Chat;

namespace XCoder.Tests.Agents.Chat.Dialects;

/// <summary>Servers that cannot answer: what ends a run, how soon, and with which sentence.</summary>
public sealed class ServerFaultTests
{
    private const string Good = """{"answer": "right", "score": 8}""";

    [Theory]
    [InlineData(404, """{"error": "The model tiny is currently loading", "estimated_time": 0.001}""")]
    [InlineData(503, """{"error": {"message": "Loading model", "type": "unavailable_error", "code": 503}}""")]
    [InlineData(400, """{"detail": "Model is not ready yet"}""")]
    [InlineData(200, """{"error": {"message": "model is still being downloaded", "code": 503}}""")]
    public async Task AskAsync_AModelThatIsBeingLoaded_IsWaitedFor(int status, string body)
    {
        await using var setup = new ChatSetup(request => request.Number <= 9 ? new LoopbackAnswer { Status = status, Body = body } : Good, options => options with { UselessToStop = 3, FailuresToStop = 3, FailuresToStopAtStart = 3 });
        Assert.NotNull((await setup.AskAsync()).Answer);
        Assert.Equal(10, setup.Server.Count);
    }

    [Fact]
    public async Task AskAsync_AModelThatIsNeverLoaded_EndsTheRunWithTheServersSentence()
    {
        await using var setup = new ChatSetup(_ => new LoopbackAnswer { Status = 503, Body = """{"error": "the cat is still loading"}""" }, options => options with { MaxRetries = 1000, LoadingPatience = TimeSpan.FromMilliseconds(50) });
        Assert.Contains("the cat is still loading", (await Assert.ThrowsAsync<EndpointException>(() => setup.AskAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6p1\r\n", "SSH-2.0")]
    [InlineData("220 mail.example ESMTP ready\r\n", "220 mail.example")]
    [InlineData("-ERR unknown command 'POST'\r\n", "-ERR unknown command")]
    [InlineData("\u0001\u0002 binary data\u0003\n and more of it \r\n\r\n", "not in HTTP")]
    [InlineData("HTTP/1.1 200 OK\r\nno header\r\n\r\n", "not in HTTP")]
    public async Task AskAsync_AServerThatDoesNotSpeakHttp_IsNamedAsThat(string banner, string shown)
    {
        await using var setup = new ChatSetup(_ => new LoopbackAnswer { Raw = banner });
        var ended = await Assert.ThrowsAsync<EndpointException>(() => setup.AskAsync());
        Assert.Contains(shown, ended.Message, StringComparison.Ordinal);
        Assert.Contains("--endpoint", ended.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", ended.Message, StringComparison.Ordinal);
        Assert.Equal(5, setup.Server.Count);
    }

    [Theory]
    [InlineData(400, """{"error": {"message": "the cat refuses all"}}""")]
    [InlineData(422, """{"detail": [{"loc": ["body", "temperature"], "msg": "the cat refuses all"}]}""")]
    [InlineData(400, """{"error": {"message": "the cat refuses all: temperature, seed, stop, messages and response_format"}}""")]
    [InlineData(200, """{"error": {"message": "the cat refuses all", "code": 400}}""")]
    public async Task AskAsync_AServerThatRefusesEverything_EndsTheRunInFifteenRequests(int status, string body)
    {
        await using var setup = new ChatSetup(_ => new LoopbackAnswer { Status = status, Body = body }, options => options with { UselessToStop = 15, MaxConcurrency = 16 }, time: new ManualTime()); // on which no call waits too long for the first
        var all = Enumerable.Range(0, 40).Select(async i =>
        {
            for (var sample = 0; sample < 3; sample++)
            {
                await setup.AskAsync($"{i}", sample);
            }
        });
        var ended = await Assert.ThrowsAsync<EndpointException>(() => Task.WhenAll(all));
        Assert.Contains("the cat refuses all", ended.Message, StringComparison.Ordinal);
        Assert.InRange(setup.Server.Count, 1, 15);
    }

    [Fact]
    public async Task AskAsync_ManyAtTheStart_OneLearnsTheDialectForAll()
    {
        await using var setup = new ChatSetup(request => request.FormatType.Length > 0 || request.Json.TryGetProperty("temperature", out _) ? new LoopbackAnswer { Status = 400, Body = """{"error": "unsupported"}""" } : Good, options => options with { UselessToStop = 15 });
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 40).Select(i => setup.AskAsync($"{i}"))), reply => Assert.NotNull(reply.Answer));
        Assert.InRange(setup.Server.Count, 40, 46);
    }

    [Fact]
    public async Task AskAsync_ASlowFirstReply_HoldsNobodyBack()
    {
        var second = new TaskCompletionSource();
        await using var setup = new ChatSetup(request => new LoopbackAnswer { Text = Good, Until = request.Number == 1 ? second.Task : Task.Run(second.TrySetResult) });
        Assert.All(await Task.WhenAll(setup.AskAsync("1"), setup.AskAsync("2")), reply => Assert.NotNull(reply.Answer));
    }

    [Theory]
    [InlineData("""{"choices": [{"message": {"content": ""}, "finish_reason": "error", "error": {"message": "the cat sleeps", "code": 502}}]}""")]
    [InlineData("""{"choices": [{"message": {"content": null}}], "error": {"message": "the cat sleeps"}}""")]
    public async Task AskAsync_AnErrorBesideAnEmptyReply_IsSaid(string body)
    {
        await using var setup = new ChatSetup(_ => new LoopbackAnswer { Body = body }, options => options with { MaxRetries = 1 });
        Assert.Contains("the cat sleeps", (await setup.AskAsync()).Failure?.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"answer\": \"right, but cu", "stop")]
    [InlineData("```json\n{\"answer\": \"right, but cu", "stop")]
    [InlineData("## Answer\n\n```python\nright = 1\ndef", "stop")]
    [InlineData("{\"answer\": \"right\", \"sco", "eos")]
    [InlineData("answer: |\n  right\n```python\nx", "")]
    public async Task AskAsync_ACutReplyThatIsCalledWhole_RaisesTheLimit(string text, string finish)
    {
        await using var setup = new ChatSetup(request => request.Json.GetProperty("max_completion_tokens").GetInt32() < 200 ? new LoopbackAnswer { Text = text, Finish = finish } : Good);
        Assert.Equal("right", (await setup.AskAsync()).Answer?.Value.GetProperty("answer").GetString());
        Assert.Equal([100, 200], setup.Server.Requests.Select(request => request.Json.GetProperty("max_completion_tokens").GetInt32()));
        Assert.Equal(["system", "user"], setup.Server.Requests.Last().Messages.Select(message => message.Role));
    }

    [Fact]
    public async Task AskAsync_ARaisedLimitThatHelpsNothing_AsksForAShorterAnswer()
    {
        await using var setup = new ChatSetup(request => request.Body.Contains("much shorter", StringComparison.Ordinal) ? Good : LoopbackFault.Truncated);
        Assert.NotNull((await setup.AskAsync()).Answer);
        Assert.Equal(3, setup.Server.Count);
    }
}
