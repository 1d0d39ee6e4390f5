namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Every match of a pattern replaced by a fixed text.</summary>
internal static class ReplaceNormalizer
{
    public static Func<string, string> Read(TokenizerPart part)
    {
        var pattern = TextPattern.Read(part["pattern"]);
        var content = part.Text("content") ?? "";
        return text => Apply(pattern, content, text);
    }

    private static string Apply(TextPattern pattern, string content, string text)
    {
        var matches = new List<(int Start, int End)>();
        pattern.FindAll(text, matches);
        if (matches.Count == 0)
        {
            return text;
        }

        var result = new System.Text.StringBuilder(text.Length + (matches.Count * content.Length));
        var done = 0;
        foreach (var (start, end) in matches)
        {
            result.Append(text, done, start - done).Append(content);
            done = end;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }
}
