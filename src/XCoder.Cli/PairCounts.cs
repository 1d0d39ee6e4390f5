using System.Globalization;
using XCoder.Agents.Rows;
using XCoder.Agents.Storage;
using XCoder.Analysis.Pipeline;
using XCoder.Analysis.Storage;

namespace XCoder.Cli;

/// <summary>Accepted instruction pairs of a workspace by concept and by the language they answer in.</summary>
internal static class PairCounts
{
    /// <summary>The counts; empty where nothing was generated, or where its store cannot be read, which is said.</summary>
    public static IReadOnlyDictionary<(string Concept, string Language), int> Of(CommandContext context, WorkspaceFolder workspace)
    {
        var counts = new Dictionary<(string, string), int>();
        if (!GenerationStore.Exists(workspace.Folder))
        {
            return counts;
        }

        try
        {
            using var store = GenerationStore.OpenExisting(workspace.Folder);
            var accepted = RowNames.Of(Verdict.Accept);
            foreach (var count in store.Counts().Where(count => count.Concept is not null && count.Verdict == accepted))
            {
                var key = (count.Concept!, context.Catalog.FamilyOf(count.TargetLanguage));
                counts[key] = counts.GetValueOrDefault(key) + (int)count.Rows;
            }
        }
        catch (StoreException exception)
        {
            context.Say($"Instruction pairs are not counted: {exception.Message}");
        }

        return counts;
    }

    /// <summary>Stands for counts in the key of a cache; empty for none.</summary>
    public static string Fingerprint(IReadOnlyDictionary<(string Concept, string Language), int> counts) => string.Join('\n', counts
        .OrderBy(count => count.Key.Concept, StringComparer.Ordinal).ThenBy(count => count.Key.Language, StringComparer.Ordinal).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key.Concept} {count.Key.Language} {count.Value}")));
}
