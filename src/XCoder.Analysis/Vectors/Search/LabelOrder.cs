namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// Labels by number of rows, the most common first, ties by label. Rows of a rarer label search among a more common
/// one, never the other way round, so that each pair of labels is searched once.
/// </summary>
internal sealed class LabelOrder
{
    /// <summary>Number of possible labels: a label is in [0, 32).</summary>
    public const int MaxLabels = 32;

    private readonly byte[] _ranks;

    private LabelOrder(byte[] ranks) => _ranks = ranks;

    /// <summary>Rank of each label, 0 for the most common; <see cref="MaxLabels"/> values.</summary>
    public ReadOnlySpan<byte> Ranks => _ranks;

    /// <summary>The order with the given <see cref="Ranks"/>.</summary>
    public static LabelOrder Ranked(ReadOnlySpan<byte> ranks) => new(ranks.ToArray());

    /// <summary>The order of labels by how many of the given rows have each.</summary>
    public static LabelOrder Of(ReadOnlySpan<byte> labels)
    {
        var counts = new int[MaxLabels];
        foreach (var label in labels)
        {
            counts[label]++;
        }

        var ranks = new byte[MaxLabels];
        foreach (var (rank, label) in Enumerable.Range(0, ranks.Length).OrderByDescending(label => counts[label]).Index())
        {
            ranks[label] = (byte)rank;
        }

        return new LabelOrder(ranks);
    }

    /// <summary>Whether <paramref name="label"/> has more rows than the label <paramref name="than"/>.</summary>
    public bool IsCommoner(int label, int than) => _ranks[label] < _ranks[than];

    /// <summary>
    /// Whether a label's rows search some other label in this order that they did not search in <paramref
    /// name="other"/>.
    /// </summary>
    public bool AsksMore(LabelOrder other, int label)
    {
        for (var into = 0; into < _ranks.Length; into++)
        {
            if (IsCommoner(into, label) && !other.IsCommoner(into, label))
            {
                return true;
            }
        }

        return false;
    }
}
