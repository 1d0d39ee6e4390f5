using System.Diagnostics;
using System.Globalization;
using XCoder.Agents.Chat;
using XCoder.Agents.Prompts;
using XCoder.Agents.Store;
using XCoder.Tests.Agents.Chat;

namespace XCoder.Benchmarks.Chat;

/// <summary>
/// What the gateway itself takes a request: the server runs in a process of its own, so the processor time is ours alone. Every
/// question is new; its reply is recorded on the disk before it counts.
/// </summary>
internal static class ChatRun
{
    public const string ServerCommand = "chat-server";
    private const int EarlyMark = 2000;

    private static readonly PromptTemplate Prompt = PromptTemplate.Parse("""
        name: propose
        template_format: handlebars
        template: |
          <message role="system">You write tasks.</message>
          <message role="user">{{text}}</message>
        input_variables:
          - name: text
        output_variable:
          json_schema: |
            {"type": "object", "additionalProperties": false, "required": ["instruction", "response", "score", "tags"], "properties": {
              "instruction": {"type": "string", "minLength": 400}, "response": {"type": "string", "minLength": 1500},
              "score": {"type": "integer", "minimum": 1, "maximum": 10}, "tags": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "string"}}}}
        """, "propose.yaml");

    public static int Run(Arguments arguments) => RunAsync(
        (int)arguments.Number("requests", 10_000), (int)arguments.Number("in-flight", 64), arguments.Number("delay", 100), (int)arguments.Number("bytes", 6000), arguments.Number("streaming", 0) == 1, arguments.Number("faults", 0)).GetAwaiter().GetResult();

    /// <summary>The server alone; it ends with its standard input.</summary>
    public static int Serve(Arguments arguments)
    {
        var delay = TimeSpan.FromMilliseconds(arguments.Number("delay", 100));
        Func<LoopbackRequest, LoopbackAnswer> answer = request => LoopbackAnswers.BySchema(request) with { Delay = delay };
        using var server = new LoopbackChatServer(answer.WithFaults(1, arguments.Number("faults", 0) / 100.0, LoopbackFault.ServerError, LoopbackFault.TooManyRequests, LoopbackFault.CutStream), keepsRequests: false);
        Console.WriteLine(server.Endpoint);
        Console.In.ReadToEnd();
        return 0;
    }

    private static async Task<int> RunAsync(int requests, int inFlight, long delay, int bytes, bool isStreaming, long faults)
    {
        using var server = Process.Start(new ProcessStartInfo("dotnet", [typeof(ChatRun).Assembly.Location, ServerCommand, "--delay", $"{delay}", "--faults", $"{faults}"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var folder = Directory.CreateTempSubdirectory("xcoder-chat-").FullName;
        try
        {
            var endpoint = new Uri((await server.StandardOutput.ReadLineAsync())!);
            await using var replies = ReplyStore.Open(folder);
            using var model = new OpenAIEndpoint(new OpenAIChatOptions { Endpoint = endpoint, Model = "loopback", IsStreaming = isStreaming });
            using var gateway = new ChatGateway(model.Kernel, replies, new ChatGatewayOptions { Model = "loopback", MaxConcurrency = inFlight, FirstDelay = TimeSpan.FromMilliseconds(100), PromptPrice = 1, CompletionPrice = 1, MaxCost = 1_000_000 });
            await AskAsync(gateway, -200, 200, inFlight, bytes);
            var (watch, busy, before, done, early) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, gateway.Statistics, 0, "");
            foreach (var (from, count) in requests > EarlyMark ? new[] { (0, EarlyMark), (EarlyMark, requests - EarlyMark) } : [(0, requests)])
            {
                await AskAsync(gateway, from, count, inFlight, bytes);
                done += count;
                early += Memory(done);
            }

            var (wall, used, after) = (watch.Elapsed, Environment.CpuUsage.TotalTime - busy, gateway.Statistics);
            var latency = after.MeanLatency.TotalMilliseconds;
            Say($"{requests:N0} requests, {inFlight} in flight, {delay} ms at the server{(isStreaming ? ", streamed" : "")}, {faults} % faults, questions of {bytes:N0} bytes");
            Say($"processor time of this process a request: {used.TotalMilliseconds / requests:0.000} ms; {wall.TotalSeconds:0.0} s of wall time, {requests / wall.TotalSeconds:N0} requests a second");
            Say($"wall time a request beyond the server's: {(wall.TotalMilliseconds * inFlight / requests) - delay:0.00} ms, of which sending and receiving {latency - delay:0.00} ms");
            Say($"tries {after.Requests - before.Requests:N0}, retried {after.Retried:N0}, answered {after.Answered - before.Answered:N0}, failures {after.Failures.Values.Sum():N0}");
            Say($"{early}");
            (watch, busy) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            await AskAsync(gateway, 0, requests, inFlight, bytes);
            Say($"replayed {gateway.Statistics.Replayed:N0} in {watch.Elapsed.TotalSeconds:0.0} s, {(Environment.CpuUsage.TotalTime - busy).TotalMilliseconds / requests:0.000} ms of processor time each");
            return after.Answered - before.Answered == requests ? 0 : 1;
        }
        finally
        {
            server.StandardInput.Close();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Task AskAsync(ChatGateway gateway, int from, int count, int inFlight, int bytes) =>
        Parallel.ForEachAsync(Enumerable.Range(from, count), new ParallelOptions { MaxDegreeOfParallelism = inFlight }, async (i, cancellation) =>
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"Question {i}. ").PadRight(bytes, 'x');
            var reply = await gateway.AskAsync(new ChatQuery { Prompt = Prompt, Values = new Dictionary<string, object?> { ["text"] = text }, Sample = 0, Repositories = ["benchmark"] }, cancellation);
            if (reply.Failure is { } failure)
            {
                Say($"{failure.Kind}: {failure.Message}");
            }
        });

    private static string Memory(int done)
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"after {done:N0}: {process.PeakWorkingSet64 >> 20:N0} MiB at most, {GC.GetTotalMemory(forceFullCollection: true) >> 10:N0} KiB of objects; ");
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
