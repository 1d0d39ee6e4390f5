using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis.Store;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>Accepted instruction pairs of a workspace by concept and by the language they answer in.</summary>
internal static class PairCounts
{
    /// <summary>The counts; empty where nothing was generated, or where its store cannot be read, which is said.</summary>
    public static IReadOnlyDictionary<(string Concept, string Language), int> Of(CommandContext context)
    {
        var counts = new Dictionary<(string, string), int>();
        if (!GenerationStore.Exists(context.WorkspacePath))
        {
            return counts;
        }

        try
        {
            using var store = GenerationStore.OpenExisting(context.WorkspacePath);
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
}
