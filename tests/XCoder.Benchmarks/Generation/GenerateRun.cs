using System.Diagnostics;
using System.Globalization;
using XCoder.Agents.Generation;
using XCoder.Tests.Agents.Chat;

namespace XCoder.Benchmarks.Generation;

/// <summary>
/// Rows by agents over a copy of an indexed workspace: processor time a request, memory early and late, where the time goes.
/// With faults: the same run with and without them, and whether the rows are equal.
/// </summary>
internal static class GenerateRun
{
    public const string ServerCommand = "generate-server";
    private const int EarlyMark = 2000;
    private const double MostMilliseconds = 5;

    /// <summary>Everything of an endpoint or a model that a further try may mend.</summary>
    private static readonly LoopbackFault[] Faults =
    [
        LoopbackFault.TooManyRequests, LoopbackFault.TooManyRequestsWithRetryAfter, LoopbackFault.ServerError, LoopbackFault.Unavailable, LoopbackFault.CutStream,
        LoopbackFault.HtmlErrorPage, LoopbackFault.HtmlPage, LoopbackFault.BrokenProtocol, LoopbackFault.MalformedJson, LoopbackFault.WrongSchema, LoopbackFault.Empty,
    ];

    public static int Run(Arguments arguments)
    {
        var workspace = arguments.Require("WORKSPACE");
        var (delay, faults) = (arguments.Number("delay", 100), arguments.Number("faults", 0));
        var options = new GenerationOptions
        {
            Count = (int)arguments.Number("rows", 10_000),
            Epoch = (int)arguments.Number("epoch", 256),
            Concurrency = (int)arguments.Number("in-flight", 64),
            Languages = (arguments.Text("languages") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries),
            Context = new ContextOptions(),
            Licences = "any",
        };
        return (faults > 0 ? CompareAsync(workspace, options, delay, faults) : MeasureAsync(workspace, options, delay)).GetAwaiter().GetResult();
    }

    /// <summary>The server alone; it ends with its standard input.</summary>
    public static int Serve(Arguments arguments)
    {
        var delay = TimeSpan.FromMilliseconds(arguments.Number("delay", 100));
        Func<LoopbackRequest, LoopbackAnswer> answer = request => GenerateAnswers.Of(request) with { Delay = delay };
        using var server = new LoopbackChatServer(answer.WithFaults(1, arguments.Number("faults", 0) / 100.0, Faults), keepsRequests: false);
        Console.WriteLine(server.Endpoint);
        Console.In.ReadToEnd();
        return 0;
    }

    private static async Task<int> MeasureAsync(string workspace, GenerationOptions options, long delay)
    {
        using var copy = new WorkspaceCopy(workspace);
        var session = new GenerateSession(copy.Folder, options);
        var memory = new MemoryMarks(EarlyMark, options.Count);
        var (summary, statistics, wall, busy) = await session.RunAsync(delay, 0, memory);
        var each = busy.TotalMilliseconds / Math.Max(1, statistics.Requests);
        var ideal = TimeSpan.FromMilliseconds(statistics.Requests * delay / (double)options.Concurrency);
        Say($"generate: {summary.Outcomes.Values.Sum():N0} rows ({Shares(summary.Outcomes.ToDictionary(outcome => outcome.Key, outcome => (double)outcome.Value))}), {summary.Seeds:N0} seeds, {statistics.Requests:N0} requests, {options.Concurrency} in flight, epochs of {options.Epoch}");
        Say($"generate: {each:0.00} ms of our processor time a request (must {MostMilliseconds}), {busy.TotalSeconds:0.0} s in all; {wall.TotalSeconds:0.0} s of wall time, {ideal.TotalSeconds:0.0} s of them the server's {delay} ms at full load");
        Say($"generate: wall time {string.Join(", ", summary.Timings.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Key} {stage.Value:0.0} s ({stage.Value / wall.TotalSeconds:0.0 %})")))}");
        Say($"generate: memory {memory}");
        var again = await session.RunAsync(delay, 0);
        Say($"generate: the finished run begun again: {again.Wall.TotalSeconds:0.0} s ({string.Join(", ", again.Summary.Timings.Select(stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Key} {stage.Value:0.0} s")))}), {again.Statistics.Requests} requests");
        return each <= MostMilliseconds && summary.Outcomes.Values.Sum() == options.Count ? 0 : 1;
    }

    private static async Task<int> CompareAsync(string workspace, GenerationOptions options, long delay, long faults)
    {
        using var calmCopy = new WorkspaceCopy(workspace);
        using var roughCopy = new WorkspaceCopy(workspace);
        var (calm, rough) = (new GenerateSession(calmCopy.Folder, options), new GenerateSession(roughCopy.Folder, options));
        var undisturbed = await calm.RunAsync(delay, 0);
        var disturbed = await rough.RunAsync(delay, faults);
        var (wanted, found) = (calm.Rows(), rough.Rows());
        var (lost, other, doubled) = (wanted.Except(found).Count(), found.Except(wanted).Count(), found.Count - found.Distinct().Count());
        Say($"faults: {faults} % of answers spoilt: {disturbed.Statistics.Requests:N0} tries for {undisturbed.Statistics.Requests:N0} requests, {disturbed.Statistics.Retried:N0} after failures, {disturbed.Statistics.Repaired:N0} after answers that could not be used");
        Say($"faults: {found.Count:N0} rows of {wanted.Count:N0}: {lost} lost or changed, {other} others, {doubled} doubled; {(wanted.SequenceEqual(found) ? "equal in order" : "not equal")}; outcomes {Shares(disturbed.Summary.Outcomes.ToDictionary(outcome => outcome.Key, outcome => (double)outcome.Value))}");
        return wanted.SequenceEqual(found) && doubled == 0 ? 0 : 1;
    }

    private static string Shares(Dictionary<string, double> parts) => string.Join(", ", parts.OrderBy(part => part.Key, StringComparer.Ordinal).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Value:N0} {part.Key}")));

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
