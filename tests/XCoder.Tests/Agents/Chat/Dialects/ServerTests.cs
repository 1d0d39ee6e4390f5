using System.Text.Json;
using XCoder.Agents.Chat;

namespace XCoder.Tests.Agents.Chat.Dialects;

/// <summary>Servers as they are: what they refuse, in which words, and the forms in which they answer.</summary>
public sealed class ServerTests
{
    private const string Good = """{\"answer\": \"right\", \"score\": 8}""";

    private static readonly string[] Parameters = ["temperature", "max_completion_tokens", "response_format"];

    [Theory]
    [InlineData("temperature", 400, """{"error": {"message": "Unsupported parameter: 'temperature' is not supported with this model.", "param": "temperature"}}""")]
    [InlineData("temperature", 422, """{"detail": [{"type": "extra_forbidden", "loc": ["body", "temperature"], "msg": "Extra inputs are not permitted"}]}""")]
    [InlineData("temperature", 400, """{"object": "error", "message": "temperature must be 1 for this model", "code": 400}""")]
    [InlineData("temperature", 400, "\"unknown field `temperature`\"")]
    [InlineData("temperature", 400, "json: unknown field \"temperature\"")]
    [InlineData("temperature", 500, """{"error": "unsupported option temperature"}""")]
    [InlineData("max_completion_tokens", 400, """{"message": "property 'max_completion_tokens' is unsupported"}""")]
    [InlineData("max_completion_tokens", 400, """{"error": {"message": "maxCompletionTokens is not allowed"}}""")]
    [InlineData("max_completion_tokens", 400, """{"success": false, "error": {"issues": [{"keys": ["max_completion_tokens"], "message": "Unrecognized key(s) in object: 'max_completion_tokens'"}], "name": "ZodError"}}""")]
    [InlineData("max_completion_tokens", 422, """{"errors": [{"message": "max_completion_tokens: unexpected"}]}""")]
    [InlineData("response_format", 400, """{"error": {"message": "'response_format' of type 'json_schema' is not supported with this model"}}""")]
    [InlineData("response_format", 400, """[{"error": {"code": 400, "message": "Invalid JSON payload: response_format.json_schema", "status": "INVALID_ARGUMENT"}}]""")]
    [InlineData("response_format", 501, "structured output is not implemented")]
    [InlineData("response_format", 400, """{"error": {"message": "bad request"}}""")]
    [InlineData("temperature", 200, """{"error": {"message": "temperature is not allowed", "code": 400}}""")]
    public async Task AskAsync_AParameterThatIsRefused_IsLeftOutOrRenamedForTheRun(string name, int status, string body)
    {
        await using var setup = new ChatSetup(request => Refuses(request, name) ? new LoopbackAnswer { Status = status, Body = body } : new LoopbackAnswer { Body = Reply(Good) });
        Assert.Equal("right", (await setup.AskAsync("first")).Answer?.Value.GetProperty("answer").GetString());
        var asked = setup.Server.Count;
        Assert.NotNull((await setup.AskAsync("second")).Answer);
        Assert.Equal(asked + 1, setup.Server.Count);
    }

    [Theory]
    [InlineData("""{"error": {"message": "System role not supported"}}""")]
    [InlineData("""{"error": {"message": "Conversation roles must alternate user/assistant/user/assistant/..."}}""")]
    [InlineData("""{"detail": "Developer instruction is not enabled for models/gemma"}""")]
    public async Task AskAsync_ASystemRoleThatIsRefused_GoesIntoTheUsersMessage(string body)
    {
        await using var setup = new ChatSetup(request => request.Messages.Any(message => message.Role is "system" or "developer") ? new LoopbackAnswer { Status = 400, Body = body } : new LoopbackAnswer { Body = Reply(Good) });
        Assert.NotNull((await setup.AskAsync("hello")).Answer);
        Assert.Equal(["user"], setup.Server.Requests.Last().Messages.Select(message => message.Role));
        Assert.Contains("You are terse.", setup.Server.Requests.Last().Messages[0].Text, StringComparison.Ordinal);
        Assert.Contains("hello", setup.Server.Requests.Last().Messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_AgainAfterACutReply_RolesAlternateAndTheLimitIsRaisedAndKept()
    {
        await using var setup = new ChatSetup(request => request.Json.GetProperty("max_completion_tokens").GetInt32() < 400 ? LoopbackFault.Truncated : new LoopbackAnswer { Body = Reply(Good) });
        Assert.NotNull((await setup.AskAsync("first")).Answer);
        Assert.NotNull((await setup.AskAsync("second")).Answer);
        Assert.Equal([100, 200, 400, 400], setup.Server.Requests.Select(request => request.Json.GetProperty("max_completion_tokens").GetInt32()));
        Assert.All(setup.Server.Requests, request => Assert.Equal(["system", "user"], request.Messages.Select(message => message.Role)));
    }

    [Theory]
    [InlineData("""{"detail": [{"loc": ["body", "max_tokens"], "msg": "Field required"}]}""")]
    [InlineData("""{"error": {"message": "Unsupported parameter: use 'max_tokens' instead of 'max_completion_tokens'"}}""")]
    public async Task AskAsync_TheOldNameOfTheLimitWanted_IsSent(string body)
    {
        await using var setup = new ChatSetup(request => request.Json.TryGetProperty("max_tokens", out _) ? new LoopbackAnswer { Body = Reply(Good) } : new LoopbackAnswer { Status = 422, Body = body });
        Assert.NotNull((await setup.AskAsync()).Answer);
        Assert.Equal(2, setup.Server.Count);
    }

    [Theory]
    [InlineData("Range of max_completion_tokens should be [1, 300]", 299)]
    [InlineData("max_completion_tokens must be less than or equal to 300", 299)]
    [InlineData("max_completion_tokens: 500 > 300, which is the maximum allowed number of output tokens", 299)]
    [InlineData("it has a maxOutputTokens value of 500 but the supported range is from 1 (inclusive) to 300 (exclusive)", 299)]
    [InlineData("This model's maximum context length is 2048 tokens. However, you requested 2172 tokens (1672 in the messages, 500 in the completion).", 250)]
    [InlineData("`inputs` tokens + `max_new_tokens` must be <= 2048. Given: 1772 `inputs` tokens and 500 `max_new_tokens`", 250)]
    public async Task AskAsync_ALimitThatIsTooHigh_IsLowered(string message, int expected)
    {
        await using var setup = new ChatSetup(request => request.Json.GetProperty("max_completion_tokens").GetInt32() > 300 ? new LoopbackAnswer { Status = 400, Body = JsonSerializer.Serialize(new { error = new { message } }) } : new LoopbackAnswer { Body = Reply(Good) });
        var query = ChatSetup.Query() with { Prompt = XCoder.Agents.Prompts.PromptTemplate.Parse(ChatSetup.Yaml.Replace("max_tokens: 100", "max_tokens: 500", StringComparison.Ordinal), "propose.yaml") };
        Assert.NotNull((await setup.Gateway.AskAsync(query, CancellationToken.None)).Answer);
        Assert.Equal([500, expected], setup.Server.Requests.Select(request => request.Json.GetProperty("max_completion_tokens").GetInt32()));
    }

    [Theory]
    [InlineData("max_completion_tokens must be at least 400 for such models", 400)]
    [InlineData("`max_tokens` must be greater than `thinking.budget_tokens` (200).", 400)]
    public async Task AskAsync_ALimitThatIsTooLow_IsRaisedForTheRun(string message, int expected)
    {
        await using var setup = new ChatSetup(request => request.Json.GetProperty("max_completion_tokens").GetInt32() < 300 ? new LoopbackAnswer { Status = 400, Body = JsonSerializer.Serialize(new { error = new { message } }) } : new LoopbackAnswer { Body = Reply(Good) });
        Assert.NotNull((await setup.AskAsync("first")).Answer);
        Assert.NotNull((await setup.AskAsync("second")).Answer);
        Assert.Equal([100, expected, expected], setup.Server.Requests.Select(request => request.Json.GetProperty("max_completion_tokens").GetInt32()));
    }

    [Fact]
    public async Task AskAsync_AnErrorWithinAStream_IsNoEndOfTheAnswer()
    {
        await using var setup = new ChatSetup(request => request.Number == 1
            ? new LoopbackAnswer { Body = "data: {\"choices\": [{\"delta\": {\"content\": \"{\\\"answer\\\": \\\"three times an\"}}]}\n\ndata: {\"error\": {\"message\": \"overloaded\", \"code\": 502}}\n\ndata: [DONE]\n\n" }
            : new LoopbackAnswer { Body = Reply(Good) });
        Assert.Equal("right", (await setup.AskAsync()).Answer?.Value.GetProperty("answer").GetString());
    }

    [Fact]
    public async Task AskAsync_AServerThatOnlyFails_EndsTheRunSoon()
    {
        await using var setup = new ChatSetup(_ => LoopbackFault.ServerError, options => options with { MaxRetries = 100 });
        Assert.Contains("internal error", (await Assert.ThrowsAsync<EndpointException>(() => setup.AskAsync())).Message, StringComparison.Ordinal);
        Assert.Equal(10, setup.Server.Count);
    }

    [Fact]
    public async Task AskAsync_ContentWantedInParts_IsSentInParts()
    {
        await using var setup = new ChatSetup(request => request.Json.GetProperty("messages")[0].GetProperty("content").ValueKind == JsonValueKind.String ? new LoopbackAnswer { Status = 422, Body = """{"detail": [{"loc": ["body", "messages", 0, "content"], "msg": "Input should be a valid list"}]}""" } : new LoopbackAnswer { Body = Reply(Good) });
        Assert.NotNull((await setup.AskAsync()).Answer);
    }

    [Fact]
    public async Task AskAsync_ASilentServerOfOldRequests_IsServedAtLast()
    {
        await using var setup = new ChatSetup(request => request.Json.EnumerateObject().All(property => property.Name is "model" or "messages" or "max_tokens") ? new LoopbackAnswer { Body = Reply(Good) } : new LoopbackAnswer { Status = 400, Body = """{"error": "Invalid request"}""" });
        Assert.NotNull((await setup.AskAsync("first")).Answer);
        var asked = setup.Server.Count;
        Assert.NotNull((await setup.AskAsync("second")).Answer);
        Assert.Equal(asked + 1, setup.Server.Count);
    }

    [Fact]
    public async Task AskAsync_ParametersNotFound_AreLeftOut()
    {
        await using var setup = new ChatSetup(request => request.FormatType == "json_schema" ? new LoopbackAnswer { Status = 404, Body = """{"error": {"message": "No endpoints found that support the requested parameters: response_format"}}""" } : new LoopbackAnswer { Body = Reply(Good) });
        Assert.NotNull((await setup.AskAsync()).Answer);
    }

    [Fact]
    public async Task AskAsync_AServerThatOnlyStreams_IsAskedForAStream()
    {
        await using var setup = new ChatSetup(request => request.IsStreaming ? """{"answer": "right", "score": 8}""" : new LoopbackAnswer { Status = 400, Body = """{"error": "This endpoint only supports streaming: set stream to true."}""" });
        Assert.NotNull((await setup.AskAsync()).Answer);
    }

    [Theory]
    [InlineData("\"8/10\"")]
    [InlineData("\"8 out of 10\"")]
    [InlineData("\"Eight\"")]
    [InlineData("\"eight out of ten\"")]
    [InlineData("\"eight/ten, nearly\"")]
    [InlineData("\"8 (good)\"")]
    [InlineData("\"8.0 points\"")]
    [InlineData("\"**8**\"")]
    [InlineData("\"about 8\"")]
    [InlineData("\"~8\"")]
    [InlineData("\"4/5\"")]
    [InlineData("\"80 / 100\"")]
    [InlineData("\"eighty percent, 80%\"")]
    [InlineData("\"Score: 8\"")]
    [InlineData("\"High (8/10)\"")]
    [InlineData("\"High\"")]
    [InlineData("\"good, but long\"")]
    [InlineData("\"\u2605\u2605\u2605\u2605\u2606\"")]
    [InlineData("{\"value\": \"8/10\", \"reason\": \"short\"}")]
    [InlineData("\"80%\"")]
    [InlineData("\"8 - good\"")]
    [InlineData("[8]")]
    [InlineData("{\"score\": 8, \"why\": \"short\"}")]
    public async Task AskAsync_AScoreInAnotherForm_IsRead(string score)
    {
        await using var setup = new ChatSetup(_ => $$"""{"answer": "right", "score": {{score}}}""");
        Assert.Equal(8, (await setup.AskAsync()).Answer?.Value.GetProperty("score").GetInt32());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AskAsync_Fields_AreNamedInWordsWhateverTheServerTakes(bool takesSchemas)
    {
        await using var setup = new ChatSetup(request => !takesSchemas && request.FormatType.Length > 0 ? LoopbackFault.RejectedSchema : new LoopbackAnswer { Body = Reply(Good) });
        Assert.NotNull((await setup.AskAsync()).Answer);
        var last = setup.Server.Requests.Last().Json.GetProperty("messages")[1].GetProperty("content").GetString();
        Assert.Contains("answer", last, StringComparison.Ordinal);
        Assert.Contains("score", last, StringComparison.Ordinal);
        Assert.Contains("10", last, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Replies() => new()
    {
        { "finish reason of its own", """{"choices": [{"message": {"content": "TEXT"}, "finish_reason": "eos_token"}]}""" },
        { "odd usage", """{"choices": [{"message": {"content": "TEXT"}}], "usage": {"prompt_tokens": 3.0, "completion_tokens": "7", "total_tokens": null}}""" },
        { "usage as a list", """{"choices": [{"message": {"content": "TEXT"}}], "usage": []}""" },
        { "float in created", """{"created": 1700000000.25, "choices": [{"message": {"content": "TEXT"}}]}""" },
        { "byte order mark", "\uFEFF" + """{"choices": [{"message": {"content": "TEXT"}}]}""" },
        { "end mark behind it", """{"choices": [{"message": {"content": "TEXT"}}]}""" + "\n\ndata: [DONE]\n\n" },
        { "parts", """{"choices": [{"message": {"content": [{"type": "thinking", "thinking": "no"}, {"type": "text", "text": "TEXT"}]}}]}""" },
        { "text with a value", """{"choices": [{"message": {"content": [{"type": "text", "text": {"value": "TEXT"}}]}}]}""" },
        { "tool call", """{"choices": [{"message": {"content": null, "tool_calls": [{"function": {"name": "f", "arguments": "TEXT"}}]}, "finish_reason": "tool_calls"}]}""" },
        { "tool call with an object", """{"choices": [{"message": {"tool_calls": [{"function": {"arguments": {"answer": "right", "score": 8}}}]}}]}""" },
        { "function call", """{"choices": [{"message": {"content": "", "function_call": {"arguments": "TEXT"}}}]}""" },
        { "answer among the thoughts", """{"choices": [{"message": {"content": "", "reasoning_content": "TEXT"}}]}""" },
        { "thoughts apart", """{"choices": [{"message": {"content": "TEXT", "reasoning_content": "{\"answer\": \"draft\", \"score\": 1}"}}]}""" },
        { "text of completions", """{"choices": [{"text": "TEXT"}]}""" },
        { "message at the root", """{"message": {"role": "assistant", "content": "TEXT"}, "done": true}""" },
        { "list of one", """[{"choices": [{"message": {"content": "TEXT"}}]}]""" },
        { "events with carriage returns", "data: {\"choices\": [{\"delta\": {\"content\": \"TEXT\"}}]}\r\rdata: [DONE]\r\r" },
        { "events of two choices", "data: {\"choices\": [{\"index\": 1, \"delta\": {\"content\": \"no\"}}]}\n\ndata: {\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"TEXT\"}}]}\n\ndata: [DONE]\n\n" },
        { "values of Ollama", "{\"message\": {\"content\": \"TEXT\"}, \"done\": false}\n{\"message\": {\"content\": \" \"}, \"done\": true, \"done_reason\": \"stop\"}\n" },
        { "comments before it", ": PROCESSING\n\n: PROCESSING\n\n" + """{"choices": [{"message": {"content": "TEXT"}}]}""" },
        { "content as an object", """{"choices": [{"message": {"content": {"answer": "right", "score": 8}}}]}""" },
        { "parsed alone", """{"choices": [{"message": {"content": null, "parsed": {"answer": "right", "score": 8}}}]}""" },
        { "first choice last", """{"choices": [{"index": 1, "message": {"content": "{\"answer\": \"draft\", \"score\": 1}"}}, {"index": 0, "message": {"content": "TEXT"}}]}""" },
        { "choices as an object", """{"choices": {"message": {"content": "TEXT"}}}""" },
        { "events unasked for", "event: message\ndata: {\"choices\": [{\"delta\": {\"content\": \"TEXT\"}}]}\n\ndata: {\"choices\": [{\"delta\": {}, \"finish_reason\": \"stop\"}]}\n\n" },
        { "events without a finish reason", "data: {\"choices\": [{\"delta\": {\"content\": \"TEXT\"}}]}\n\ndata: [DONE]\n\n" },
        { "a value a line", "{\"choices\": [{\"delta\": {\"role\": \"assistant\"}}]}\n{\"choices\": [{\"delta\": {\"content\": \"TEXT\"}}]}\n" },
        { "error that is null", """{"error": null, "choices": [{"message": {"content": "TEXT"}}]}""" },
        { "trailing comma", """{"choices": [{"message": {"content": "TEXT"},}],}""" },
    };

    [Theory]
    [MemberData(nameof(Replies))]
    public async Task AskAsync_AReplyInAnotherForm_IsRead(string form, string body)
    {
        foreach (var isStreaming in new[] { false, true })
        {
            await using var setup = new ChatSetup(_ => new LoopbackAnswer { Body = body.Replace("TEXT", Good, StringComparison.Ordinal) }, client: options => options with { IsStreaming = isStreaming });
            var reply = await setup.AskAsync();
            Assert.True(reply.Answer is not null, $"{form}: {reply.Failure}");
            Assert.Equal("right", reply.Answer.Value.GetProperty("answer").GetString());
            Assert.Equal(1, setup.Server.Count);
        }
    }

    public static TheoryData<string> Thoughts()
    {
        const string Draft = """{"answer": "draft", "score": 2}""", Answer = """{"answer": "right", "score": 8}""";
        return
        [
            .. new[] { "think", "thinking", "thought", "reasoning", "reflection", "analysis", "scratchpad", "inner_monologue", "plan", "seed:think" }
                .Select(name => $"<{name}>\nPerhaps {Draft}? No.\n</{name}>\n{Answer}"),
            $"[THINK]Perhaps {Draft}[/THINK]{Answer}",
            $"\u25C1think\u25B7{Draft}\u25C1/think\u25B7{Answer}",
            $"<|begin_of_thought|>{Draft}<|end_of_thought|>\n{Answer}",
            $"<|START_THINKING|>{Draft}<|END_THINKING|>{Answer}",
            $"<|channel|>analysis<|message|>{Draft}<|end|><|start|>assistant<|channel|>final<|message|>{Answer}<|return|>",
            $"analysis{Draft}assistantfinal{Answer}",
            $"<unused94>thought\n{Draft}<unused95>{Answer}",
            $"Perhaps {Draft}? No.\n</think>\n\n{Answer}",
            $"## Thoughts\n{Draft}\n\n## Answer\n{Answer}",
            $"First I would say {Draft}, but better is:\n\n```json\n{Answer}\n```",
            $"<think>a</think><think>{Draft}</think>\n{Answer}\nDone.",
            $"{Answer}\n<think>Perhaps {Draft}?</think>",
            $"<|channel>thought\n{Draft}<channel|>{Answer}",
            $$"""{"draft": {{Draft}}, "final": {{Answer}}}""",
            $$"""[{"type": "thinking", "thinking": {{Draft}}}, {"type": "text", "text": {{JsonSerializer.Serialize(Answer)}}}]""",
            $$"""{"result": {{JsonSerializer.Serialize(Answer)}}}""",
        ];
    }

    [Theory]
    [MemberData(nameof(Thoughts))]
    public async Task AskAsync_ADraftAmongTheThoughts_IsNotTheAnswer(string text)
    {
        await using var setup = new ChatSetup(_ => text);
        Assert.Equal("right", (await setup.AskAsync()).Answer?.Value.GetProperty("answer").GetString());
    }

    [Theory]
    [InlineData("## Answer\n\nright\n\n## Score\n\n8/10\n")]
    [InlineData("**Answer:** right\n**Score:** 8")]
    [InlineData("- answer: right\n- score: 8 out of 10\n")]
    [InlineData("Answer: right\n\nScore: 8/10 because it is short.\n")]
    [InlineData("1. **Answer**\n   right\n2. **Score**\n   8\n")]
    [InlineData("<answer>right</answer>\n<score>8</score>\n")]
    [InlineData("<answer>\nright\n</answer>\n<score>\n8\n</score>")]
    [InlineData("### Answer\n```python\nright\n```\n### Score\n8\n")]
    [InlineData("answer = right\nscore = 8\n")]
    public async Task AskAsync_AnAnswerInMarkdown_IsRead(string text)
    {
        await using var setup = new ChatSetup(_ => text);
        var reply = await setup.AskAsync();
        Assert.True(reply.Answer is not null, $"{reply.Failure}");
        Assert.Equal(("right", 8), (reply.Answer.Value.GetProperty("answer").GetString(), reply.Answer.Value.GetProperty("score").GetInt32()));
        Assert.Equal(1, setup.Server.Count);
    }

    [Theory]
    [InlineData(400, """{"error": {"message": "This model's maximum context length is 4096 tokens. However, your messages resulted in 9000 tokens."}}""", "4096")]
    [InlineData(400, """{"object": "error", "message": "The content was filtered by our policy."}""", "policy")]
    [InlineData(422, """{"detail": [{"loc": ["body", "messages", 0], "msg": "a cat is not a message"}]}""", "a cat is not")]
    [InlineData(400, """{"detail": "ask our cat"}""", "ask our cat")]
    [InlineData(400, """["first the cat", "then the dog"]""", "the cat; then the dog")]
    [InlineData(400, "the cat sleeps", "the cat sleeps")]
    [InlineData(400, """{"fault": {"faultstring": "the cat is out", "detail": {"errorcode": "x"}}}""", "the cat is out")]
    [InlineData(400, """{"success": false, "error": {"issues": [{"code": "x", "note": "a cat of no kind"}]}}""", "a cat of no kind")]
    [InlineData(400, "<?xml version='1.0'?><Error><Message>no cat in XML</Message></Error>", "no cat in XML")]
    [InlineData(400, "<html><body><h1>Bad</h1><p>the cat left</p></body></html>", "the cat left")]
    [InlineData(413, "<html><head><title>Too large for the cat</title></head></html>", "Too large for the cat")]
    [InlineData(400, """{"error": {"message": "Provider returned error", "metadata": {"raw": "the cat bit us"}}}""", "the cat bit us")]
    [InlineData(200, """{"error": {"message": "context is invalid for a cat"}}""", "for a cat")]
    [InlineData(200, """{"greeting": "I am no such server"}""", "protocol")]
    public async Task AskAsync_AQuestionThatIsRefused_IsLostWithTheServersOwnSentence(int status, string body, string sentence)
    {
        await using var setup = new ChatSetup(_ => new LoopbackAnswer { Status = status, Body = body }, options => options with { MaxRetries = 1 });
        var reply = await setup.AskAsync();
        Assert.Contains(sentence, reply.Failure?.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, Assert.Single(setup.Gateway.Statistics.Sentences).Value, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", reply.Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I would rather talk about cats.")]
    [InlineData("")]
    [InlineData("{\"cat\": 1}")]
    public async Task AskAsync_NoUsableReplyInFifteenRequests_EndsTheRunWithAReason(string text)
    {
        await using var setup = new ChatSetup(_ => text, options => options with { UselessToStop = 15, MaxConcurrency = 1 });
        var ended = await Assert.ThrowsAsync<EndpointException>(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await setup.AskAsync($"{i}");
            }
        });
        Assert.Equal(15, setup.Server.Count);
        Assert.Contains("15 in a row", ended.Message, StringComparison.Ordinal);
        Assert.Contains(text.Length > 20 ? text[..20] : "", ended.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AskAsync_AStreamThatIsRefused_IsAskedForAsAWhole()
    {
        await using var setup = new ChatSetup(request => request.Json.TryGetProperty("stream", out _) ? new LoopbackAnswer { Status = 400, Body = """{"error": "stream is not supported here"}""" } : new LoopbackAnswer { Body = Reply(Good) }, client: options => options with { IsStreaming = true });
        Assert.NotNull((await setup.AskAsync()).Answer);
    }

    private static bool Refuses(LoopbackRequest request, string name) => Parameters.Contains(name) && request.Json.TryGetProperty(name, out var value)
        && (name != "response_format" || value.GetProperty("type").GetString() == "json_schema");

    private static string Reply(string text) => JsonSerializer.Serialize(new { choices = new[] { new { message = new { content = text.Replace("\\\"", "\"", StringComparison.Ordinal) }, finish_reason = "stop" } } });
}
