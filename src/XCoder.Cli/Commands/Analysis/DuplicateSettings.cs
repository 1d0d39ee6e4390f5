using System.CommandLine;
using XCoder.Agents.Rows;
using XCoder.Agents.Store;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Store;

namespace XCoder.Cli.Commands.Analysis;

/// <summary>The options that control the search for duplicates.</summary>
internal static class DuplicateSettings
{
    private static readonly DuplicateOptions Defaults = new();

    public static readonly Option<double> Threshold =
        Number("--threshold", "Lowest Jaccard similarity of near duplicates, above 0, at most 1", Defaults.Threshold);

    public static readonly Option<int> Bands =
        Number("--bands", "LSH bands, 1 to 256; more find more pairs near the threshold", Defaults.Bands);

    public static readonly Option<int> Rows =
        Number("--rows", "MinHash values per band, 1 to 32; more give fewer candidates", Defaults.Rows);

    public static readonly Option<int> Shingle = Number("--shingle", "Tokens per shingle, 1 to 16", Defaults.ShingleSize);

    public static readonly Option<int> MinTokens = Number("--min-tokens", "Leave out snippets with fewer tokens", Defaults.MinTokens);

    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])[Threshold, Bands, Rows, Shingle, MinTokens])
        {
            command.Add(option);
        }
    }

    /// <summary>Adds <c>--min-tokens</c> only, for commands that compare by meaning.</summary>
    public static void AddMinTokensTo(Command command) => command.Add(MinTokens);

    public static DuplicateOptions Read(CommandContext context)
    {
        var options = new DuplicateOptions
        {
            Threshold = context.Get(Threshold),
            Bands = context.Get(Bands),
            Rows = context.Get(Rows),
            ShingleSize = context.Get(Shingle),
            MinTokens = context.Get(MinTokens),
            Threads = context.Threads,
        };
        try
        {
            options.Validate();
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new UsageException(exception.Message.Split('\n')[0]);
        }

        return options;
    }

    private static Option<T> Number<T>(string name, string description, T value) =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
}

/// <summary>Counts the accepted instruction pairs of a workspace by concept and language of the response.</summary>
internal static class PairCounts
{
    /// <summary>The counts. Empty if nothing was generated, or if the store of rows cannot be read; a message then says so.</summary>
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
