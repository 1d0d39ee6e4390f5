using System.Globalization;
using XCoder.Agents.Generation;
using XCoder.Agents.Storage;
using XCoder.Analysis.Languages;

namespace XCoder.Cli;

/// <summary><c>--run</c>: a run by its name, or by its number as reports show it.</summary>
internal static class RunOption
{
    /// <summary>What help says of it where it selects rows.</summary>
    public const string Only = "Only rows of this run, by its name or number (default: all)";

    /// <summary>The run with a name or number, which must exist.</summary>
    public static StoredRun Find(GenerationStore store, string name)
    {
        if (store.FindRun(RunKey.Of(name)) is { } named)
        {
            return named;
        }

        var runs = store.Runs();
        return runs.FirstOrDefault(run => run.Id.ToString(CultureInfo.InvariantCulture) == name)
            ?? throw new UsageException($"There is no run '{name}'.{Suggestion.For(name, runs.Select(NameOf))} There are: {string.Join(", ", runs.Select(run => $"{NameOf(run)} ({run.Id})").DefaultIfEmpty("none"))}.");
    }

    private static string NameOf(StoredRun run) => RunKey.NameOf(run.Key) ?? run.Kind;
}
