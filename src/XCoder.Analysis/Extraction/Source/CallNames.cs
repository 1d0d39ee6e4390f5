using System.Text;

namespace XCoder.Analysis.Extraction.Source;

/// <summary>Names that a reader gives to a call: what is called, and its title, the first string among the arguments.</summary>
internal static class CallNames
{
    private const int TitleLimit = 120, CalleeLimit = 80;

    /// <summary>The name of what is called, as dotted words: without arguments, type arguments and white space.</summary>
    public static string Callee(string text)
    {
        var result = new StringBuilder();
        var depth = 0;
        var quote = '\0';
        foreach (var c in text)
        {
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'' or '`')
            {
                quote = c;
            }
            else if (c is '(' or '[' or '{' or '<')
            {
                depth++;
            }
            else if (c is ')' or ']' or '}' || (c == '>' && depth > 0))
            {
                depth = Math.Max(0, depth - 1);
            }
            else if (depth == 0 && !char.IsWhiteSpace(c) && c is not ('?' or '!'))
            {
                result.Append(c);
            }
        }

        var name = result.ToString().Trim('.', ':');
        var last = name.Length <= CalleeLimit ? -1 : name.LastIndexOfAny(['.', ':', '>']);
        return name.Length <= CalleeLimit ? name : last >= 0 && name.Length - last <= CalleeLimit ? name[(last + 1)..] : "";
    }

    /// <summary>
    /// The name of a function that stands as a call with a title where others have their name, <c>TEST_CASE("adds</c>; null for
    /// other names.
    /// </summary>
    public static string? Titled(string name)
    {
        var quote = name.AsSpan().IndexOfAny('"', '\'');
        return quote > 0 && quote + 1 < name.Length && name[quote + 1] != name[quote]
            && name.AsSpan(0, quote).IndexOfAny(" (\t") is var end and > 0
            ? Layout.Collapse($"{name[..end]} {name[(quote + 1)..]}", TitleLimit) : null;
    }

    /// <summary>The text of a string literal, symbol or constant, on one line.</summary>
    public static string Title(string text)
    {
        var open = text.AsSpan().IndexOfAny('"', '\'', '`');
        var quote = open is >= 0 and <= 3 ? text[open] : '"';
        text = open is >= 0 and <= 3 ? text[open..].Trim(quote) : text;

        // Several literals: "a stack" should "be empty", "/carts/" + id
        text = text.Replace(quote + " ", " ", StringComparison.Ordinal).Replace(" " + quote, " ", StringComparison.Ordinal).TrimEnd(quote);
        return Layout.Collapse(text.TrimStart(':'), TitleLimit);
    }
}
