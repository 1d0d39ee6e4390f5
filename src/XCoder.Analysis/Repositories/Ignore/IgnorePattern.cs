namespace XCoder.Analysis.Repositories.Ignore;

/// <summary>One line of an ignore file. Most lines are a name or <c>*.ending</c> and need no wildcard matching.</summary>
internal readonly struct IgnorePattern
{
    // No path is longer, so no longer pattern without a star could match, and recursion stays shallow.
    private const int MaxLength = 4096;

    private readonly byte[] _text;
    private readonly int _literalLength;
    private readonly Shape _shape;
    private readonly bool _onlyFolders;

    private IgnorePattern(byte[] text, int literalLength, Shape shape, bool onlyFolders, bool negates)
    {
        (_text, _literalLength, _shape, _onlyFolders, Negates) = (text, literalLength, shape, onlyFolders, negates);
    }

    private enum Shape : byte
    {
        Name,
        Ending,
        NameGlob,
        Path,
        PathGlob,
    }

    /// <summary>Whether a match takes back an earlier one.</summary>
    public bool Negates { get; }

    /// <summary>Reads a line without its line end; null for comments, blank lines and lines that match nothing.</summary>
    public static IgnorePattern? Parse(ReadOnlySpan<byte> line)
    {
        line = TrimSpaces(line);
        if (line.IsEmpty || line[0] == '#' || line.Length > MaxLength)
        {
            return null;
        }

        var negates = line[0] == '!';
        line = negates ? line[1..] : line;
        var isEnding = !line.IsEmpty && line[0] == '*' && !line[1..].ContainsAny("*?[\\"u8);
        var onlyFolders = !line.IsEmpty && line[^1] == '/';
        line = onlyFolders ? line[..^1] : line;
        var isPath = line.Contains((byte)'/');
        if (isPath && line[0] == '/')
        {
            line = line[1..];
        }

        if (line.IsEmpty)
        {
            return null;
        }

        var wildcard = line.IndexOfAny("*?[\\"u8);
        var literal = wildcard < 0 ? line.Length : wildcard;
        var shape = isPath
            ? wildcard < 0 ? Shape.Path : Shape.PathGlob
            : wildcard < 0 ? Shape.Name : isEnding ? Shape.Ending : Shape.NameGlob;
        return new IgnorePattern((shape == Shape.Ending ? line[1..] : line).ToArray(), literal, shape, onlyFolders, negates);
    }

    /// <summary>Whether it matches a path below the ignore file's folder, whose last part is <paramref name="name"/>.</summary>
    public bool IsMatch(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name, bool isFolder)
    {
        if (_onlyFolders && !isFolder)
        {
            return false;
        }

        return _shape switch
        {
            Shape.Name => name.SequenceEqual(_text),
            Shape.Ending => name.EndsWith(_text),
            Shape.NameGlob => Wildmatch.IsMatch(_text, name, slashIsSpecial: false),
            Shape.Path => path.SequenceEqual(_text),
            // As git does, the literal beginning is cut off before matching: `a**/b` sees `**/b`.
            _ => path.StartsWith(_text.AsSpan(0, _literalLength))
                && Wildmatch.IsMatch(_text.AsSpan(_literalLength), path[_literalLength..], slashIsSpecial: true),
        };
    }

    private static ReadOnlySpan<byte> TrimSpaces(ReadOnlySpan<byte> line)
    {
        var end = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                i++;
                end = Math.Min(i + 1, line.Length);
            }
            else if (line[i] != ' ')
            {
                end = i + 1;
            }
        }

        return line[..end];
    }
}
