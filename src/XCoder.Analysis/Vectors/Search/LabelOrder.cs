namespace XCoder.Analysis.Vectors.Search;

/// <summary>
/// Labels by number of rows, the commonest first, ties by number: rows of a rarer label look into a commoner one, never the other way.
/// </summary>
internal sealed class LabelOrder
{
    /// <summary>Labels are numbers below this.</summary>
    public const int MaxLabels = 32;

    private readonly byte[] _ranks;

    private LabelOrder(byte[] ranks) => _ranks = ranks;

    /// <summary>Place of each label of <see cref="MaxLabels"/>, 0 for the commonest.</summary>
    public ReadOnlySpan<byte> Ranks => _ranks;

    /// <summary>The order that <see cref="Ranks"/> gave.</summary>
    public static LabelOrder Ranked(ReadOnlySpan<byte> ranks) => new(ranks.ToArray());

    /// <summary>The order of the labels of a table's rows.</summary>
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

    /// <summary>Whether a label has more rows than another.</summary>
    public bool IsCommoner(int label, int than) => _ranks[label] < _ranks[than];

    /// <summary>Whether a label's rows look into one here that they did not look into in another order.</summary>
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
