using XCoder.Agents.Rows;

namespace XCoder.Agents.Generation;

/// <summary>What follows from the kind of a row.</summary>
internal static class RowKinds
{
    /// <summary>The data set that its rows belong to.</summary>
    public static Dataset Dataset(this RowKind kind) => kind switch
    {
        RowKind.Reverse => Rows.Dataset.Reverse,
        RowKind.Discussion => Rows.Dataset.Discussion,
        _ => Rows.Dataset.Forward,
    };

    /// <summary>Whether the response is in another language than the seed.</summary>
    public static bool Crosses(this RowKind kind) => kind is RowKind.Discussion or RowKind.Translation;
}
