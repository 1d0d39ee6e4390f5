using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining;

/// <summary>
/// The order of rows: by turns one of each task and direction, within these at random. So the first hundred are as various
/// as all.
/// </summary>
internal static class MinedOrder
{
    /// <summary>Puts items in order.</summary>
    /// <param name="items">The items.</param>
    /// <param name="language">Number of a node's language.</param>
    /// <param name="key">A number that is a node's own, the same on every machine.</param>
    /// <param name="seed">Another order for another one.</param>
    public static IReadOnlyList<MinedItem> Of(IReadOnlyList<MinedItem> items, Func<int, int> language, Func<int, ulong> key, int seed)
    {
        var turns = items.GroupBy(item => (item.Task, Source: language(item.Source), Target: language(item.Target)))
            .SelectMany(bucket => bucket.OrderBy(item => Hash(item, key, seed)).ThenBy(item => item.Source).ThenBy(item => item.Target).Select((item, turn) => (item, turn)));
        return [.. turns.OrderBy(entry => entry.turn).ThenBy(entry => Hash(entry.item, key, seed)).ThenBy(entry => entry.item.Task).ThenBy(entry => entry.item.Source).ThenBy(entry => entry.item.Target).Select(entry => entry.item)];
    }

    private static ulong Hash(MinedItem item, Func<int, ulong> key, int seed) =>
        SpanHash.Spread(key(item.Source) ^ SpanHash.Spread(key(item.Target) + (ulong)item.Task) ^ SpanHash.Spread((ulong)(uint)seed + 1));
}
