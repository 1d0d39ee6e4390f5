namespace XCoder.Analysis.Repositories.Ignore;

/// <summary>The patterns of one ignore file.</summary>
internal sealed class IgnoreList
{
    private readonly IgnorePattern[] _patterns;

    private IgnoreList(IgnorePattern[] patterns) => _patterns = patterns;

    /// <summary>Reads an ignore file; null where it holds no pattern.</summary>
    public static IgnoreList? Parse(ReadOnlySpan<byte> text)
    {
        var patterns = new List<IgnorePattern>();
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }

        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            if (IgnorePattern.Parse(line.EndsWith("\r"u8) ? line[..^1] : line) is { } pattern)
            {
                patterns.Add(pattern);
            }
        }

        return patterns.Count == 0 ? null : new IgnoreList([.. patterns]);
    }

    /// <summary>The verdict of the last matching pattern.</summary>
    public IgnoreVerdict Judge(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, bool isFolder)
    {
        var patterns = _patterns;
        for (var i = patterns.Length - 1; i >= 0; i--)
        {
            if (patterns[i].IsMatch(path, name, isFolder))
            {
                return patterns[i].Negates ? IgnoreVerdict.Kept : IgnoreVerdict.Ignored;
            }
        }

        return IgnoreVerdict.None;
    }
}
