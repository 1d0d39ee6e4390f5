namespace XCoder.Analysis.Extraction.Source;

/// <summary>Handles white space, lines and qualified names in extracted texts.</summary>
internal static class Layout
{
    private const int QualifierLimit = 1000;

    /// <summary>
    /// Collapses runs of white space to one space, trims both ends, and cuts at <paramref name="limit"/> characters.
    /// </summary>
    public static string Collapse(string text, int limit = 1000)
    {
        var result = new System.Text.StringBuilder(Math.Min(text.Length, limit));
        var gap = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                gap = result.Length > 0;
                continue;
            }

            if (result.Length + (gap ? 2 : 1) > limit)
            {
                break;
            }

            if (gap)
            {
                result.Append(' ');
                gap = false;
            }

            result.Append(c);
        }

        return result.ToString();
    }

    /// <summary>
    /// A name qualified by its scope. The scope is cut after 1,000 characters, because the total length of nested names
    /// grows with the square of their depth.
    /// </summary>
    public static string Qualify(string scope, string separator, string name) =>
        (scope.Length > QualifierLimit ? scope[..QualifierLimit] + "…" : scope) + separator + name;

    /// <summary>Offsets at which lines begin; the first is 0. Line n (1-based) begins at element n - 1.</summary>
    public static int[] LineStarts(ReadOnlySpan<byte> text)
    {
        var starts = new int[text.Count((byte)'\n') + 1];
        var (line, at) = (1, 0);
        while (text[at..].IndexOf((byte)'\n') is var next and >= 0)
        {
            at += next + 1;
            starts[line++] = at;
        }

        return starts;
    }

    /// <summary>The line of <paramref name="offset"/>, 1-based.</summary>
    public static int Line(int[] lineStarts, int offset)
    {
        var index = Array.BinarySearch(lineStarts, offset);
        return index >= 0 ? index + 1 : ~index;
    }
}
