using System.Text.Json;
using XCoder.Agents.Rows;

namespace XCoder.Agents.Generation;

/// <summary>Describes the options that must not change when a run is continued: everything that changes rows.</summary>
internal static class RunKey
{
    private const string Prefix = "agents:";

    /// <summary>Returns the key of a run by agents in the store.</summary>
    public static string Of(string run) => Prefix + run;

    /// <summary>Returns the name of the run with a key, or null when agents did not write it.</summary>
    public static string? NameOf(string key) => key.StartsWith(Prefix, StringComparison.Ordinal) ? key[Prefix.Length..] : null;

    /// <summary>Returns the options that change rows, by name, as JSON.</summary>
    /// <param name="options">The options.</param>
    /// <param name="chatModel">Name of the chat model.</param>
    /// <param name="embeddingModel">Hash of the embedding model.</param>
    /// <param name="prompts">Hash of the prompts.</param>
    /// <param name="benchmarks">Hash of the benchmarks that rows must not contain.</param>
    /// <param name="variety">Hash of the table of what rows are asked to be like.</param>
    public static string Describe(GenerationOptions options, string chatModel, string embeddingModel, string prompts, string benchmarks,
        string variety) =>
        JsonSerializer.Serialize(new SortedDictionary<string, object>(StringComparer.Ordinal)
    {
        ["chat-model"] = chatModel,
        ["model"] = embeddingModel,
        ["prompts"] = prompts,
        ["benchmarks"] = benchmarks,
        ["datasets"] = options.Kinds.Select(kind => kind.Name),
        ["languages"] = options.Languages,
        ["protocol"] = options.Protocols.Select(protocol => protocol.Name),
        ["agents"] = options.Agents,
        ["seed"] = options.Seed,
        ["epoch"] = options.Epoch,
        ["hold-out"] = options.HoldOut,
        ["adaptive"] = options.IsAdaptive,
        ["licences"] = options.Licences,
        ["rounds"] = options.Dialogue.Rounds,
        ["decide"] = options.Dialogue.Decision,
        ["revisions"] = options.Dialogue.Revisions,
        ["independent-tests"] = options.Dialogue.HasIndependentTests,
        ["candidates"] = options.Dialogue.Candidates,
        ["weights"] = options.Dialogue.Weights.ByName,
        ["accept"] = options.Dialogue.Accept,
        ["reject"] = options.Dialogue.Reject,
        ["context"] = options.Context,
        ["memory"] = options.Memory,
        ["attempts"] = options.Attempts,
        ["variety"] = variety,
        ["rows-per-seed"] = options.RowsPerSeed,
        ["run-drafts"] = options.RunsDrafts,
    }, RowJson.Options);

    /// <summary>Returns the options that differ between two runs: name, value in the first, value in the second.</summary>
    public static IReadOnlyList<(string Name, string First, string Second)> Differences(string first, string second)
    {
        using var a = JsonDocument.Parse(first);
        using var b = JsonDocument.Parse(second);
        var (left, right) = (Values(a), Values(b));
        return [.. left.Keys.Union(right.Keys).Order(StringComparer.Ordinal)
            .Where(name => left.GetValueOrDefault(name) != right.GetValueOrDefault(name))
            .Select(name => (name, left.GetValueOrDefault(name) ?? "nothing", right.GetValueOrDefault(name) ?? "nothing"))];
    }

    private static Dictionary<string, string> Values(JsonDocument document) =>
        document.RootElement.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetRawText());
}
