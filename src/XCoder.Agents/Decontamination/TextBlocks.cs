namespace XCoder.Agents.Decontamination;

/// <summary>Prose and code of a text in Markdown, apart: each block in a fence, and all that stands outside.</summary>
internal static class TextBlocks
{
    private const int LeastTicks = 3;

    /// <summary>The blocks, those without a word left out; a text without a fence is one block.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var (prose, code, fence) = (new System.Text.StringBuilder(), new System.Text.StringBuilder(), 0);
        var blocks = new List<string>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimStart();
            var ticks = trimmed.IndexOfAnyExcept('`') is var end and >= 0 ? end : trimmed.Length;
            if (fence == 0 && ticks >= LeastTicks)
            {
                fence = ticks;
            }
            else if (fence > 0 && ticks >= fence && trimmed[ticks..].IsWhiteSpace())
            {
                (fence, _) = (0, code.Length);
                blocks.Add(code.ToString());
                code.Clear();
            }
            else
            {
                (fence > 0 ? code : prose).Append(line).Append('\n');
            }
        }

        blocks.Add(code.ToString());
        blocks.Add(prose.ToString());
        return blocks.Where(block => block.AsSpan().ContainsAnyExcept(" \n\t"));
    }
}
