namespace XCoder.Analysis.Text;

/// <summary>Puts text into Markdown fences that nothing in the text can close, and finds text in them.</summary>
internal static class CodeFence
{
    private const int Least = 3;

    /// <summary>The text in a fence that is longer than any run of backticks in it.</summary>
    /// <param name="text">The text to enclose.</param>
    /// <param name="tag">Written after the opening fence: a language id, or <c>text</c>.</param>
    public static string Around(string text, string tag)
    {
        var fence = For(text);
        return $"{fence}{tag}\n{text}\n{fence}";
    }

    /// <summary>The text in the first fence with the given tag; null if there is none.</summary>
    /// <param name="text">Text that may contain fences.</param>
    /// <param name="tag">The tag to look for, ignoring case.</param>
    public static string? Find(string text, string tag)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var fence = lines[i][..lines[i].TakeWhile(c => c == '`').Count()];
            if (fence.Length < Least)
            {
                continue;
            }

            var end = Array.FindIndex(lines, i + 1, line => line.TrimEnd() == fence);
            if (end < 0)
            {
                return null;
            }

            if (lines[i][fence.Length..].Trim().Equals(tag, StringComparison.OrdinalIgnoreCase))
            {
                return string.Join('\n', lines[(i + 1)..end]);
            }

            i = end;
        }

        return null;
    }

    /// <summary>A run of backticks longer than any in the text, and at least 3 long.</summary>
    public static string For(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return new string('`', Math.Max(Least, longest + 1));
    }
}

/// <summary>Splits text into fenced code (CommonMark, section 4.5) and the rest.</summary>
internal static class FencedText
{
    private const int LeastTicks = 3, MostIndent = 3;

    /// <summary>The parts in order. A fence that is never closed reaches to the end.</summary>
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

        // A backtick after the opening run means inline code, not a fence.
        return length < LeastTicks || (start[0] == '`' && start.IndexOf('`', length) >= 0) ? "" : start[..length];
    }
}

/// <summary>Handles code in responses of chat models, which may or may not be fenced.</summary>
internal static class FencedCode
{
    private const int LeastTicks = 3;

    /// <summary>
    /// The code inside a fence that encloses the whole text; a text without such a fence is returned without outer line
    /// breaks.
    /// </summary>
    public static string Unfence(string text)
    {
        var trimmed = text.Trim('\n', '\r');
        var ticks = trimmed.TakeWhile(character => character == '`').Count();
        var first = trimmed.IndexOf('\n', StringComparison.Ordinal);
        var fence = new string('`', ticks);
        return ticks >= LeastTicks && first > 0 && first < trimmed.TrimEnd().Length - ticks
            && trimmed.TrimEnd().EndsWith("\n" + fence, StringComparison.Ordinal)
            ? trimmed.TrimEnd()[(first + 1)..Math.Max(first + 1, trimmed.TrimEnd().Length - ticks - 1)].TrimEnd('\r')
            : trimmed;
    }

    /// <summary>The code in the fence that a response begins with; the whole response if it begins with none.</summary>
    public static string Fenced(string response)
    {
        var fence = response[..response.TakeWhile(character => character == '`').Count()];
        var first = response.IndexOf('\n', StringComparison.Ordinal);
        var end = fence.Length < LeastTicks || first < 0 ? -1 : response.IndexOf("\n" + fence, first, StringComparison.Ordinal);
        return end < 0 ? response : response[(first + 1)..Math.Max(first + 1, end)];
    }

    /// <summary>The code in a fence that is longer than any run of backticks in it.</summary>
    /// <param name="language">Language id, written after the fence.</param>
    /// <param name="code">The code; line feeds at its end are dropped.</param>
    public static string Fence(string language, string code) => CodeFence.Around(code.TrimEnd('\n'), language);
}
