using XCoder.Agents.Chat;
using XCoder.Agents.Store;

namespace XCoder.Tests.Agents.Chat;

/// <summary>This assembly run as a program: asks questions and prints each answer it would use, for tests that kill it.</summary>
internal static class ChatChild
{
    private const int Workers = 8;

    public static async Task<int> Main(string[] args)
    {
        if (args is not [var endpoint, var folder, var count])
        {
            return 2;
        }

        await using var replies = ReplyStore.Open(folder);
        using var model = new OpenAIEndpoint(new OpenAIChatOptions { Endpoint = new Uri(endpoint), Model = "tiny" });
        using var gateway = new ChatGateway(model.Kernel, replies, new ChatGatewayOptions { Model = "tiny", MaxConcurrency = Workers });
        await Parallel.ForEachAsync(Enumerable.Range(0, int.Parse(count)), new ParallelOptions { MaxDegreeOfParallelism = Workers }, async (i, cancellation) =>
        {
            var reply = await gateway.AskAsync(ChatSetup.Query($"question {i}"), cancellation);
            Console.WriteLine($"{i} {reply.Answer?.Value.GetRawText()}");
        });
        return 0;
    }
}
