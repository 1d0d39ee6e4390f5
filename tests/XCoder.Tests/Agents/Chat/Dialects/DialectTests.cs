using System.Text;
using System.Text.Json;
using XCoder.Agents.Chat;

namespace XCoder.Tests.Agents.Chat.Dialects;

public sealed class DialectTests
{
    [Fact]
    public async Task AskAsync_NewNameOfTheLimitRejected_IsSentByItsOldNameForTheRun()
    {
        await using var setup = new ChatSetup(request => request.Json.TryGetProperty("max_completion_tokens", out _)
            ? new LoopbackAnswer { Fault = LoopbackFault.Rejected, Text = "Unrecognized request argument supplied: max_completion_tokens" } : LoopbackAnswers.BySchema(request));
        Assert.NotNull((await setup.AskAsync("first")).Answer);
        Assert.NotNull((await setup.AskAsync("second")).Answer);
        Assert.Equal([0, 100, 100], setup.Server.Requests.Select(request => request.Json.TryGetProperty("max_tokens", out var limit) ? limit.GetInt32() : 0));
        Assert.All(setup.Server.Requests, request => Assert.Equal("json_schema", request.FormatType));
    }

    [Theory]
    [InlineData("Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is supported.")]
    [InlineData("`temperature` is deprecated for this model.")]
    [InlineData("Unrecognized request argument supplied: temperature")]
    public async Task AskAsync_ParameterRejected_IsLeftOutForTheRun(string message)
    {
        await using var setup = new ChatSetup(request => request.Json.TryGetProperty("temperature", out _)
            ? new LoopbackAnswer { Fault = LoopbackFault.Rejected, Text = message } : LoopbackAnswers.BySchema(request));
        Assert.NotNull((await setup.AskAsync("first")).Answer);
        Assert.NotNull((await setup.AskAsync("second")).Answer);
        Assert.Equal([true, false, false], setup.Server.Requests.Select(request => request.Json.TryGetProperty("temperature", out _)));
        Assert.All(setup.Server.Requests, request => Assert.Equal("json_schema", request.FormatType));
    }

    [Fact]
    public async Task AskAsync_BothNamesOfTheLimitWanted_SendsBoth()
    {
        await using var setup = new ChatSetup(client: options => options with { SendsMaxTokens = true });
        Assert.NotNull((await setup.AskAsync()).Answer);
        var json = Assert.Single(setup.Server.Requests).Json;
        Assert.Equal((100, 100), (json.GetProperty("max_tokens").GetInt32(), json.GetProperty("max_completion_tokens").GetInt32()));
    }

    [Fact]
    public async Task AskAsync_QuestionAlwaysRejected_LeavesTheDialectAsItWas()
    {
        await using var setup = new ChatSetup(request => request.Messages[^1].Text.StartsWith("long", StringComparison.Ordinal) ? LoopbackFault.BadRequest : LoopbackAnswers.BySchema(request));
        Assert.Equal(ChatFailureKind.Rejected, (await setup.AskAsync("long")).Failure?.Kind);
        Assert.NotNull((await setup.AskAsync("short")).Answer);
        Assert.Equal(["json_schema", "json_schema"], setup.Server.Requests.Select(request => request.FormatType));
    }

    [Fact]
    public async Task AskAsync_SchemaRejectedForManyAtOnce_AllAreAnsweredInThePlainerForm()
    {
        // The first eight are all under way before one of them is rejected.
        var eight = new TaskCompletionSource();
        await using var setup = new ChatSetup(request =>
        {
            _ = request.Number == 8 && eight.TrySetResult();
            return request.FormatType == "json_schema" ? new LoopbackAnswer { Fault = LoopbackFault.RejectedSchema, Until = eight.Task } : """{"answer": "a", "score": 3}""";
        }, options => options with { MaxConcurrency = 8 });
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => setup.AskAsync($"{i}")));
        Assert.All(replies, reply => Assert.NotNull(reply.Answer));
        Assert.Equal(40, setup.Server.Requests.Count(request => request.FormatType == "json_object"));
        Assert.Equal(0, setup.Server.Requests.Count(request => request.FormatType.Length == 0));
        Assert.Equal(setup.Server.Count, setup.Gateway.Statistics.Requests);
        Assert.Equal(8, setup.Server.MostInFlight);
    }

    [Fact]
    public async Task AskAsync_DialectRejected_EveryTryCountsAgainstTheLimit()
    {
        await using var setup = new ChatSetup(_ => LoopbackFault.RejectedSchema, options => options with { MaxRequests = 2 });
        var reply = await setup.AskAsync();
        Assert.Equal((ChatFailureKind.Budget, 2L), (reply.Failure?.Kind, setup.Server.Count));
        Assert.Equal((2, 0, 0), (setup.Gateway.Statistics.Requests, setup.Gateway.Statistics.Retried, setup.Gateway.Statistics.InFlight));
    }

    [Fact]
    public async Task AskAsync_Streaming_CountsTheTokensOfTheStream()
    {
        await using var setup = new ChatSetup(client: options => options with { IsStreaming = true });
        var answer = (await setup.AskAsync()).Answer!;
        Assert.Equal((100, 50), (answer.PromptTokens, answer.CompletionTokens));
        Assert.True(Assert.Single(setup.Server.Requests).Json.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}""", "a", "stop", null)]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"finish_reason":null}],"usage":null}""", "ab", "stop", null)]
    [InlineData("""{"id":7,"choices":[{"message":{"content":null,"refusal":"no"},"finish_reason":"tool_calls"}]}""", "", "stop", "no")]
    [InlineData("""{"choices":[{"message":{"content":"a"},"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":1e99}}""", "a", "length", null)]
    public void Read_FormsOfAReply_AreOne(string body, string text, string finish, string? refusal)
    {
        var choice = JsonElement.Parse(Completion.Read(Encoding.UTF8.GetBytes(body), "host")!.Write("")).GetProperty("choices")[0];
        var message = choice.GetProperty("message");
        Assert.Equal((text, finish), (message.GetProperty("content").GetString(), choice.GetProperty("finish_reason").GetString()));
        Assert.Equal(refusal, message.TryGetProperty("refusal", out var said) ? said.GetString() : null);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"choices":[]}""")]
    [InlineData("""{"choices":{}}""")]
    [InlineData("""{"error":{"message":"no"}}""")]
    public void Read_NoReply_IsNone(string body) => Assert.Null(Completion.Read(Encoding.UTF8.GetBytes(body), "host"));

    [Fact]
    public void Read_StreamWithoutItsEnd_IsCut()
    {
        var body = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\r\n\r\n: ping\n\n"u8.ToArray();
        Assert.Equal(ChatCallError.Cut, Assert.Throws<ChatCallException>(() => Completion.Read(body, "host")).Error);
    }
}
