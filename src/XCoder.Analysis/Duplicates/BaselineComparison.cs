namespace XCoder.Analysis.Duplicates;

/// <summary>What changed since a baseline was written.</summary>
/// <param name="New">Groups the baseline does not know.</param>
/// <param name="Grown">Known groups with more members than the baseline knows, and the number it knows.</param>
/// <param name="Known">Known groups with as many members or fewer.</param>
/// <param name="Gone">Groups of the baseline that are no more.</param>
public sealed record BaselineComparison(
    IReadOnlyList<FoundGroup> New,
    IReadOnlyList<(FoundGroup Group, int Before)> Grown,
    IReadOnlyList<FoundGroup> Known,
    IReadOnlyList<BaselineGroup> Gone)
{
    /// <summary>Whether duplicates were added: what <c>--fail-on new</c> fails on.</summary>
    public bool HasNew => New.Count > 0 || Grown.Count > 0;
}
