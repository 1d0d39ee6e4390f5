using XCoder.Agents.Dialogue;
using XCoder.Agents.Generation;
using XCoder.Tests.Agents.Chat;
using XCoder.Tests.Agents.Generation;

namespace XCoder.Tests.Agents.Purge;

/// <summary>Rows by agents that say again what they were shown, made once; each test has a copy.</summary>
public sealed class PurgeCorpus : IDisposable
{
    public const string Repository = "py";

    public static readonly GenerationOptions Options = new() { Count = 16, Epoch = 4, Dialogue = new DialogueOptions { Candidates = 2 } };

    private readonly Lazy<Task<string>> _generated;

    public PurgeCorpus() => _generated = new(async () =>
    {
        using var server = new LoopbackChatServer(Echo);
        var session = await Agents.RunAsync(server, Options);
        Assert.Contains(session.Rows, row => row.Lineage.Any(place => place.Repository == Repository));
        return session.Folder;
    });

    public AgentCorpus Agents { get; } = new();

    public void Dispose() => Agents.Dispose();

    /// <summary>A workspace with the rows.</summary>
    internal async Task<string> GenerateAsync() => Agents.Copy(await _generated.Value);

    // Says again what it was shown, so that rows, transcripts and replies hold the sources.
    internal static LoopbackAnswer Echo(LoopbackRequest request)
    {
        var answer = AgentAnswers.Answer(request);
        if (answer.ContainsKey("explanation"))
        {
            var asked = request.Messages.First(message => message.Role == "user").Text;
            answer["explanation"] = asked[..Math.Min(asked.Length, 3000)];
        }

        return answer.ToJsonString();
    }
}
