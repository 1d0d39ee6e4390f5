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
