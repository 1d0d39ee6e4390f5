using System.Globalization;
using System.Text;
using System.Text.Json;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Cli;
using Xunit.Abstractions;

namespace XCoder.Tests.Agents.Generation;

/// <summary>Kill -9, again and again in one run: while it starts, while answers are under way, while an epoch ends. XCODER_KILLS says how often.</summary>
public class GenerateKillTests(AgentCorpus corpus, ITestOutputHelper output) : IClassFixture<AgentCorpus>
{
    private const int Epoch = 4, LooksOfQuiet = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Trait(FullRun.Category, FullRun.Heavy)]
    [Fact]
    public void Generate_Killed_EndsWithTheRowsOfAnUndisturbedRun()
    {
        // A session that is killed brings the run on by less than an epoch, most of them by far less.
        var kills = int.TryParse(Environment.GetEnvironmentVariable("XCODER_KILLS"), CultureInfo.InvariantCulture, out var number) ? number : 3;
        var count = Math.Max(14, 3 * kills);
        using var server = new LoopbackChatServer(request => AgentAnswers.Of(request) with { Delay = TimeSpan.FromMilliseconds(20) }, keepsRequests: false);
        var (calm, rough) = (corpus.NewWorkspace(), corpus.NewWorkspace());
        Run(calm, server, count).Expect(0);
        var asked = server.Count;

        var (random, phases) = (new Random(7), new SortedDictionary<string, int>(StringComparer.Ordinal));
        while (phases.Values.Sum() < kills)
        {
            using var process = Start(rough, server, count);
            var phase = Disturb(process, server, random);
            Assert.False(process.HasExited, $"The run ended after {phases.Values.Sum()} kills: it was too short.");
            process.Signal(9);
            process.Wait();
            phases[phase] = phases.GetValueOrDefault(phase) + 1;
        }

        Run(rough, server, count).Expect(0, $"Rows: {count} of {count}:");
        Assert.Equal(Contents(calm), Contents(rough));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"kills: {kills} in a run of {count} rows ({string.Join(", ", phases.Select(phase => $"{phase.Value} {phase.Key}"))}), rows and memories equal; {asked} requests undisturbed, {server.Count - asked} with kills"));
    }

    // Waits for a random moment of one of the phases, and says which one it has met.
    private static string Disturb(CliProcess process, LoopbackChatServer server, Random random)
    {
        var (kind, before) = (random.Next(3), server.Count);
        if (kind == 0)
        {
            process.HasWorked(TimeSpan.FromMilliseconds(random.Next(20, 1200)));
        }
        else
        {
            var wanted = before + random.Next(1, 16);
            process.HasCome(() => server.Count >= wanted);

            // No request at several looks, longer than an answer takes to be followed by the next: an epoch is being merged, or planned.
            var quiet = 0;
            process.HasCome(() => kind == 1 || (quiet = server.InFlight > 0 ? 0 : quiet + 1) > LooksOfQuiet);
        }

        return server.Count == before ? "before a request" : server.InFlight > 0 ? "with requests under way" : "between requests";
    }

    private CliResult Run(string workspace, LoopbackChatServer server, int count)
    {
        using var process = Start(workspace, server, count);
        return process.Wait(Limit);
    }

    private CliProcess Start(string workspace, LoopbackChatServer server, int count) => CliProcess.Start(corpus.Root, null,
        "generate", "--endpoint", server.Endpoint.ToString(), "--chat-model", "tiny", "--workspace", workspace, "--device", "cpu", "--count", $"{count}", "--epoch", $"{Epoch}");

    private static List<string> Contents(string workspace)
    {
        using var store = GenerationStore.Open(workspace);
        var run = store.Runs().Single().Id;
        return
        [
            .. store.Rows().Select(row => Encoding.UTF8.GetString(RowJson.Write(row with { CreatedAt = default }))),
            .. store.Epochs(run).Select(epoch => JsonSerializer.Serialize(epoch)),
            .. store.Memories(run).Select(memory => JsonSerializer.Serialize(memory)),
        ];
    }
}
