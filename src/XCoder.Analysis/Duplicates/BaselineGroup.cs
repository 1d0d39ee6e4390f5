using XCoder.Analysis.Model;

namespace XCoder.Analysis.Duplicates;

/// <summary>A known duplicate group: no names, no places, so that it is recognised wherever its members move.</summary>
/// <param name="Kind">Kind of the group.</param>
/// <param name="Contents">Its distinct contents, by hash.</param>
public sealed record BaselineGroup(DuplicateKind Kind, IReadOnlyList<GroupContent> Contents)
{
    /// <summary>Number of members.</summary>
    public int Members { get; } = Contents.Sum(static content => content.Count);
}
