using XCoder.Analysis.Languages.TreeSitter;

namespace XCoder.Analysis.Extraction.TreeSitter;

/// <summary>
/// Lets the layout show how many lines apart two tokens of a function stand that name their line, such as <c>__LINE__</c>.
/// </summary>
internal static class LineNumbers
{
    /// <summary>Marks such tokens, all but the first of each function that no other contains.</summary>
    public static void Mark(LayoutRules rules, ReadOnlySpan<byte> text, List<int> starts, List<int> lengths, List<Definition> definitions,
        LayoutReading layout)
    {
        foreach (var tokens in rules.LineNumbers)
        {
            if (text.IndexOf(tokens[0]) < 0)
            {
                continue;
            }

            var (end, last) = (0, -1);
            var functions = definitions.Where(definition => definition.IsSnippet && !definition.IsType)
                .OrderBy(definition => definition.Start).ToList();
            var next = 0;
            for (var token = 0; token <= starts.Count - tokens.Length; token++)
            {
                for (; next < functions.Count && functions[next].Start <= starts[token]; next++)
                {
                    (end, last) = functions[next].Start >= end ? (functions[next].End, -1) : (end, last);
                }

                if (starts[token] >= end || !Stands(text, starts, lengths, token, tokens))
                {
                    continue;
                }

                if (last >= 0)
                {
                    layout.AddLines(token, text[starts[last]..starts[token]].Count((byte)'\n'));
                }

                last = last < 0 ? token : last;
            }
        }
    }

    private static bool Stands(ReadOnlySpan<byte> text, List<int> starts, List<int> lengths, int token, byte[][] tokens)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            if (!text.Slice(starts[token + i], lengths[token + i]).SequenceEqual(tokens[i]))
            {
                return false;
            }
        }

        return true;
    }
}
