namespace XCoder.Analysis.Text;

/// <summary>Code between fences (CommonMark, section 4.5): written so that nothing in it can end its fence, and read back.</summary>
internal static class CodeFence
{
    private const int Least = 3, MostIndent = 3;

    /// <summary>The text in a fence that is longer than any run of backticks in it.</summary>
    /// <param name="text">The text to enclose.</param>
    /// <param name="tag">Written after the opening fence: a language id, or <c>text</c>.</param>
    public static string Around(string text, string tag)
    {
        var fence = For(text);
        return $"{fence}{tag}\n{text}\n{fence}";
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

    /// <summary>Splits a text into what stands in fences and what stands outside, in order. An open fence reaches to the end.</summary>
    /// <param name="text">The text; its lines end with <c>\n</c>, a <c>\r</c> before it stays.</param>
    /// <param name="anyIndent">
    /// Whether fences may be indented by more than three spaces, as they are in lists. Whoever searches code sets it, so that no
    /// indent hides code.
    /// </param>
    public static IEnumerable<FencePart> Parts(string text, bool anyIndent = false)
    {
        var (lines, fence, tag) = (new List<string>(), "", "");
        foreach (var line in text.Split('\n'))
        {
            var found = FenceOf(line, anyIndent);
            var closes = fence.Length > 0 && found.Length >= fence.Length && found[0] == fence[0] && line.Trim().Length == found.Length;
            if (closes || (fence.Length == 0 && found.Length > 0))
            {
                yield return new FencePart(string.Join('\n', lines), fence.Length > 0, tag, closes);
                (lines, fence, tag) = ([], closes ? "" : found, closes ? "" : line.Trim()[found.Length..].Trim());
            }
            else
            {
                lines.Add(line);
            }
        }

        yield return new FencePart(string.Join('\n', lines), fence.Length > 0, tag, false);
    }

    /// <summary>The text in the first closed fence with a tag; null where there is none.</summary>
    /// <param name="text">Text with fences.</param>
    /// <param name="tag">The tag, in any case.</param>
    public static string? Find(string text, string tag) =>
        Parts(text).FirstOrDefault(part => part.IsClosed && part.Tag.Equals(tag, StringComparison.OrdinalIgnoreCase))?.Text;

    /// <summary>The code in the fence that a response begins with; the whole response where it begins with none.</summary>
    public static string Leading(string response) =>
        response.StartsWith("```", StringComparison.Ordinal) && Parts(response).Take(2).ToList() is [{ Text: "" }, { IsClosed: true } code]
            ? code.Text : response;

    /// <summary>
    /// The code in a fence that encloses the whole text; other text as it is. Only the first and the last line count: models put code
    /// that holds fences itself into a fence that is no longer.
    /// </summary>
    public static string Enclosed(string text)
    {
        var trimmed = text.Trim('\n', '\r');
        var ticks = trimmed.TakeWhile(character => character == '`').Count();
        var first = trimmed.IndexOf('\n', StringComparison.Ordinal);
        var fence = new string('`', ticks);
        return ticks >= Least && first > 0 && first < trimmed.TrimEnd().Length - ticks && trimmed.TrimEnd()
            .EndsWith("\n" + fence, StringComparison.Ordinal)
            ? trimmed.TrimEnd()[(first + 1)..Math.Max(first + 1, trimmed.TrimEnd().Length - ticks - 1)].TrimEnd('\r')
            : trimmed;
    }

    /// <summary>
    /// The code that a model gave: where it stands in closed fences with nothing but prose around them, what the fences hold; else as
    /// <see cref="Enclosed"/>.
    /// </summary>
    public static string Given(string text)
    {
        var (enclosed, parts) = (Enclosed(text), Parts(text.ReplaceLineEndings("\n")).ToList());
        return enclosed == text.Trim('\n', '\r') && parts.Exists(part => part.IsClosed)
            && parts.TrueForAll(part => part.IsClosed || (!part.IsCode && part.Text.Split('\n').All(IsProse)))
                ? string.Join('\n', parts.Where(part => part.IsClosed).Select(part => part.Text)) : enclosed;
    }

    // A line of prose begins with a letter or a mark of Markdown, has no sign that ends a statement, and is no lone word of code.
    private static bool IsProse(string line) =>
        line.Trim() is var trimmed && (trimmed.Length == 0
            || (line[0] != '\t' && !line.StartsWith("    ", StringComparison.Ordinal)
                && (char.IsLetter(trimmed[0]) || trimmed[0] is '*' or '#' or '-' or '>' or '`')
                && trimmed[^1] is not (';' or '{' or '}' or ',' or '\\') && !trimmed.Contains(" = ", StringComparison.Ordinal)
                && trimmed.Contains(' ', StringComparison.Ordinal) && !trimmed.StartsWith("#include", StringComparison.Ordinal)
                && !trimmed.StartsWith("import ", StringComparison.Ordinal) && !trimmed.StartsWith("def ", StringComparison.Ordinal)));

    private static string FenceOf(string line, bool anyIndent)
    {
        var start = anyIndent ? line.TrimStart() : line.TrimStart(' ');
        if ((!anyIndent && line.Length - start.Length > MostIndent) || start.Length < Least || start[0] is not ('`' or '~'))
        {
            return "";
        }

        var length = start.Length - start.TrimStart(start[0]).Length;

        // A backtick after them makes it code within a line.
        return length < Least || (start[0] == '`' && start.IndexOf('`', length) >= 0) ? "" : start[..length];
    }
}

/// <summary>A part of a text with fences.</summary>
/// <param name="Text">Its lines, without those of the fence.</param>
/// <param name="IsCode">Whether it stands in a fence.</param>
/// <param name="Tag">What follows the opening fence, trimmed; empty outside.</param>
/// <param name="IsClosed">Whether it stands in a fence that is closed.</param>
internal sealed record FencePart(string Text, bool IsCode, string Tag, bool IsClosed);
