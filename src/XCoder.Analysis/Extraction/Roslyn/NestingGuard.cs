namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>
/// Finds text that the compiler's lexer and directive parser would recurse over without a guard of their own:
/// a stack overflow cannot be caught, so such files must not reach them.
/// </summary>
internal static class NestingGuard
{
    /// <summary>Deepest nesting of brackets let through. The parser's time grows with its square and cannot be cut short.</summary>
    public const int MaxBrackets = 1_500;

    /// <summary>Most nested holes of interpolated strings let through, counted as <c>{$</c>: here it is the cube.</summary>
    public const int MaxHoles = 800;

    /// <summary>Most <c>!</c> and <c>(</c> in one directive let through.</summary>
    public const int MaxDirectiveOperators = 1_000;

    /// <summary>Why the text must not be parsed, or null. Strings and comments count as code: an upper bound is wanted.</summary>
    public static string? Reject(ReadOnlySpan<byte> text)
    {
        if (Brackets(text) is > MaxBrackets and var depth)
        {
            return $"brackets nest {depth} deep, more than {MaxBrackets}";
        }

        if (Holes(text) is > MaxHoles and var holes && Brackets(text) > MaxHoles)
        {
            return $"{holes} interpolated strings begin inside another, more than {MaxHoles}, and brackets nest as deep";
        }

        for (int at; (at = text.IndexOf((byte)'#')) >= 0;)
        {
            text = text[(at + 1)..];
            var end = text.IndexOfAny((byte)'\n', (byte)'\r');
            var line = end < 0 ? text : text[..end];
            var operators = line.Count((byte)'!') + line.Count((byte)'(');
            if (operators > MaxDirectiveOperators)
            {
                return $"a directive holds {operators} operators, more than {MaxDirectiveOperators}";
            }

            text = text[line.Length..];
        }

        return null;
    }

    private static int Brackets(ReadOnlySpan<byte> text)
    {
        var (depth, deepest) = (0, 0);
        foreach (var b in text)
        {
            if (b is (byte)'(' or (byte)'[' or (byte)'{')
            {
                deepest = Math.Max(deepest, ++depth);
            }
            else if (b is (byte)')' or (byte)']' or (byte)'}')
            {
                depth = Math.Max(0, depth - 1);
            }
        }

        return deepest;
    }

    private static int Holes(ReadOnlySpan<byte> text) => text.Count("{$"u8) + text.Count("{@$"u8);
}
