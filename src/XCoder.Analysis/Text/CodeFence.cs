namespace XCoder.Analysis.Text;

/// <summary>Puts text into fences that nothing in it can end.</summary>
internal static class CodeFence
{
    private const int Least = 3;

    /// <summary>A text in a fence longer than any run of backticks in it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tag">What it is: a language id, or <c>text</c>.</param>
    public static string Around(string text, string tag)
    {
        var fence = For(text);
        return $"{fence}{tag}\n{text}\n{fence}";
    }

    /// <summary>The text in the first fence with a tag; null where there is none.</summary>
    /// <param name="text">Text with fences.</param>
    /// <param name="tag">The tag.</param>
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

    /// <summary>A fence longer than any run of backticks in a text.</summary>
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

/// <summary>Code as models write it.</summary>
internal static class FencedCode
{
    private const int LeastTicks = 3;

    /// <summary>The code within a fence that encloses all of it; other text as it is.</summary>
    public static string Unfence(string text)
    {
        var trimmed = text.Trim('\n', '\r');
        var ticks = trimmed.TakeWhile(character => character == '`').Count();
        var first = trimmed.IndexOf('\n', StringComparison.Ordinal);
        var fence = new string('`', ticks);
        return ticks >= LeastTicks && first > 0 && first < trimmed.TrimEnd().Length - ticks && trimmed.TrimEnd()
            .EndsWith("\n" + fence, StringComparison.Ordinal)
            ? trimmed.TrimEnd()[(first + 1)..Math.Max(first + 1, trimmed.TrimEnd().Length - ticks - 1)].TrimEnd('\r')
            : trimmed;
    }

    /// <summary>The code of the fence that a response begins with; all of it where it begins with none.</summary>
    public static string Fenced(string response)
    {
        var fence = response[..response.TakeWhile(character => character == '`').Count()];
        var first = response.IndexOf('\n', StringComparison.Ordinal);
        var end = fence.Length < LeastTicks || first < 0 ? -1 : response.IndexOf("\n" + fence, first, StringComparison.Ordinal);
        return end < 0 ? response : response[(first + 1)..Math.Max(first + 1, end)];
    }

    /// <summary>Code in a fence longer than any run of backticks in it.</summary>
    /// <param name="language">Language id, written after the fence.</param>
    /// <param name="code">The code.</param>
    public static string Fence(string language, string code) => CodeFence.Around(code.TrimEnd('\n'), language);
}
