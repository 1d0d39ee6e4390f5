using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Marks for the directives between tokens (<c>#if DEBUG</c>, <c>#nullable disable</c>): they are no tokens, and code under
/// another condition is not the same.
/// </summary>
internal static class DirectiveMarks
{
    private const ulong Key = 0x8C5F2B7A91D3E64B;

    /// <summary>The marks of a file's tokens (<see cref="ExtractedFile.Layout"/>); empty if none has one.</summary>
    public static ulong[] Of(ReadOnlySpan<byte> text, TokenStream tokens)
    {
        if (text.IndexOf((byte)'#') < 0)
        {
            return [];
        }

        var marks = new ulong[tokens.Count];
        var (end, isMarked) = (0, false);
        for (var i = 0; i < marks.Length; i++)
        {
            var start = tokens.Starts[i];
            if (start > end && Hash(text[end..start]) is not 0 and var hash)
            {
                marks[i] = LayoutMark.Beside(hash);
                isMarked = true;
            }

            end = Math.Max(end, start + tokens.Lengths[i]);
        }

        return isMarked ? marks : [];
    }

    // Between tokens there are blanks, comments, directives, and text that no directive makes active.
    private static ulong Hash(ReadOnlySpan<byte> gap)
    {
        var hash = 0UL;
        while (gap.IndexOf((byte)'#') >= 0)
        {
            gap = gap.TrimStart(" \t\r\n\f\v"u8);
            if (gap.StartsWith("/*"u8))
            {
                var close = gap.IndexOf("*/"u8);
                gap = close < 0 ? [] : gap[(close + 2)..];
                continue;
            }

            var length = gap.IndexOfAny((byte)'\n', (byte)'\r') is var found and >= 0 ? found : gap.Length;
            var line = gap[..length];
            gap = gap[length..];
            if (line is [(byte)'#', .. var rest] && !IsRegion(rest.TrimStart(" \t"u8)))
            {
                hash = SpanHash.Mix(hash ^ SpanHash.Hash64(WithoutBlanks(line)), Key);
            }
        }

        return hash;
    }

    private static bool IsRegion(ReadOnlySpan<byte> directive) => directive.StartsWith("region"u8) || directive.StartsWith("endregion"u8);

    // A comment behind a directive is none of it, nor are the blanks around its words.
    private static byte[] WithoutBlanks(ReadOnlySpan<byte> line)
    {
        var comment = line.IndexOf("//"u8);
        line = comment < 0 ? line : line[..comment];
        var (result, count) = (new byte[line.Length], 0);
        foreach (var b in line.TrimEnd(" \t"u8))
        {
            if (b is not ((byte)' ' or (byte)'\t'))
            {
                result[count++] = b;
            }
        }

        return result[..count];
    }
}
