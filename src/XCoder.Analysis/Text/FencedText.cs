namespace XCoder.Analysis.Text;

/// <summary>Text with code between fences (CommonMark, section 4.5), split into what is code and what is not.</summary>
internal static class FencedText
{
    private const int LeastTicks = 3, MostIndent = 3;

    /// <summary>The parts in order; an open fence reaches to the end.</summary>
    public static IEnumerable<(string Text, bool IsCode)> Split(string text)
    {
        var (lines, fence) = (new List<string>(), "");
        foreach (var line in text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n'))
        {
            var found = FenceOf(line);
            var closes = fence.Length > 0 && found.Length >= fence.Length && found[0] == fence[0] && line.Trim().Length == found.Length;
            if (closes || (fence.Length == 0 && found.Length > 0))
            {
                yield return (string.Join('\n', lines), fence.Length > 0);
                (lines, fence) = ([], closes ? "" : found);
            }
            else
            {
                lines.Add(line);
            }
        }

        yield return (string.Join('\n', lines), fence.Length > 0);
    }

    private static string FenceOf(string line)
    {
        var start = line.TrimStart(' ');
        if (line.Length - start.Length > MostIndent || start.Length < LeastTicks || start[0] is not ('`' or '~'))
        {
            return "";
        }

        var length = start.Length - start.TrimStart(start[0]).Length;

        // A backtick after them makes it code within a line.
        return length < LeastTicks || (start[0] == '`' && start.IndexOf('`', length) >= 0) ? "" : start[..length];
    }
}
