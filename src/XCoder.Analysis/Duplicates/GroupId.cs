using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Duplicates;

/// <summary>Ids of duplicate groups.</summary>
internal static class GroupId
{
    /// <summary>
    /// 16 hex digits over the kind and the distinct contents of the members: the same across runs, machines and moves
    /// of files, however many copies there are.
    /// </summary>
    /// <param name="kind">Kind of the group.</param>
    /// <param name="areStructures">Whether the members are structures; a callable may have the tokens of one.</param>
    /// <param name="contents">Distinct contents, by hash.</param>
    public static string Of(DuplicateKind kind, bool areStructures, IEnumerable<GroupContent> contents)
    {
        var hash = SpanHash.Spread(((ulong)kind * 2) + (areStructures ? 2UL : 1UL));
        foreach (var content in contents)
        {
            hash = SpanHash.Spread(hash + (ulong)(content.Hash >> 64));
            hash = SpanHash.Spread(hash + (ulong)content.Hash);
        }

        return hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
    }
}
