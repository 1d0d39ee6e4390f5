namespace XCoder.Analysis.Repositories.Detect;

/// <summary>
/// Tells minified code by its layout. A text of at least 2 KiB is minified if half of it stands in lines of more than
/// 5,000 bytes, or in lines of more than 300 bytes where the average line has more than 200; and if those lines are
/// code: at least 1 byte in 25 is one of <c>( ) ; =</c>, which tables of numbers and embedded data are not.
/// </summary>
internal static class MinifiedText
{
    private const int MinBytes = 2048;
    private const int LongLine = 300;
    private const int VeryLongLine = 5000;
    private const int AverageLine = 200;
    private const int BytesAPunctuation = 25;

    /// <summary>Whether the text is minified.</summary>
    public static bool IsMinified(ReadOnlySpan<byte> text)
    {
        if (text.Length < MinBytes)
        {
            return false;
        }

        var (lines, inLong, inVeryLong) = (0, 0, 0);
        for (var rest = text; !rest.IsEmpty; lines++)
        {
            var line = Cut(ref rest);
            inLong += line.Length > LongLine ? line.Length : 0;
            inVeryLong += line.Length > VeryLongLine ? line.Length : 0;
        }

        var hasLongLines = inVeryLong * 2 >= text.Length || (inLong * 2 >= text.Length && text.Length / lines > AverageLine);
        return hasLongLines && CountPunctuation(text) * BytesAPunctuation >= inLong;
    }

    private static int CountPunctuation(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (!text.IsEmpty)
        {
            var line = Cut(ref text);
            if (line.Length > LongLine)
            {
                count += line.Count((byte)'(') + line.Count((byte)')') + line.Count((byte)';') + line.Count((byte)'=');
            }
        }

        return count;
    }

    private static ReadOnlySpan<byte> Cut(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var line = end < 0 ? text : text[..end];
        text = end < 0 ? [] : text[(end + 1)..];
        return line;
    }
}
