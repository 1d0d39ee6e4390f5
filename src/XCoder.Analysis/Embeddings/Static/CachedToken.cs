namespace XCoder.Analysis.Embeddings.Static;

/// <summary>A token and its terms; in the snippet that is being read, the number of its name.</summary>
internal sealed class CachedToken(byte[] token, string[] terms, int[] ids, bool isName)
{
    public byte[] Token { get; } = token;

    public string[] Terms { get; } = terms;

    /// <summary>Ids of the terms; none without a vocabulary.</summary>
    public int[] Ids { get; } = ids;

    public bool IsName { get; } = isName;

    /// <summary>The snippet that <see cref="Word"/> is of.</summary>
    public int Serial { get; set; }

    public int Word { get; set; }
}
