using System.Text;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Mining;

/// <summary>Finds the parameters of a function: the brackets after its name.</summary>
internal static class ParameterReader
{
    private static readonly HashSet<string> Receivers = ["self", "this", "cls", "void", "mut"];

    /// <summary>Number of parameters without the receiver, -1 where it cannot be told, and the token its body starts from.</summary>
    /// <param name="snippet">The function.</param>
    /// <param name="file">Its file.</param>
    /// <param name="end">End of its tokens, exclusive.</param>
    public static (int Arity, int Body) Read(SnippetBrief snippet, StoredFile file, int end)
    {
        var at = snippet.FirstToken;
        while (at < end && Text(file, at) != snippet.Name)
        {
            at++;
        }

        var name = at < end ? at : snippet.FirstToken;
        while (at < end && Text(file, at) is not ['(', ..])
        {
            if (Text(file, at) is "{" or ":" or ";" || TokenGaps.BreaksAfter(file, at))
            {
                return (-1, name + 1);
            }

            at++;
        }

        // Commas at the top of the brackets.
        var (depth, count, words, isReceiver) = (0, 0, 0, false);
        for (; at < end; at++)
        {
            var text = Text(file, at);
            depth += text is "(" or "[" or "{" or "<" ? 1 : text is ")" or "]" or "}" or ">" ? -1 : 0;
            if (depth == 0 || (depth == 1 && text == ","))
            {
                count += words > 0 && !(isReceiver && words == 1) ? 1 : 0;
                (words, isReceiver) = (0, false);
                if (depth == 0)
                {
                    return (count, at + 1);
                }
            }
            else if (char.IsLetter(text[0]) || text[0] is '_' or '$' or '@')
            {
                words += text == "mut" ? 0 : 1;
                isReceiver |= Receivers.Contains(text);
            }
        }

        return (-1, name + 1);
    }

    private static string Text(StoredFile file, int token) => Encoding.UTF8.GetString(file.Tokens.Text(file.Text, token));
}

/// <summary>Tells from tokens whether a function gives a value back.</summary>
internal static class ResultReader
{
    private static readonly HashSet<string> NoValue = [";", "}", "if", "unless", "end"];
    private static readonly HashSet<string> Nothing = ["void", "Void", "Unit", "None"];
    private static readonly HashSet<string> Loops = ["for", "foreach", "while", "until", "loop", "repeat"];

    /// <summary>Whether it does; null where the last expression may be the value.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="first">Index of its first token.</param>
    /// <param name="body">Index of the first token after its parameters.</param>
    /// <param name="end">End of its tokens, exclusive.</param>
    public static bool? Read(StoredFile file, int first, int body, int end)
    {
        var texts = new string[end - first];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Encoding.UTF8.GetString(file.Tokens.Text(file.Text, first + i));
        }

        var returns = Enumerable.Range(0, Math.Max(0, texts.Length - 1))
            .Any(i => texts[i] == "return" && !NoValue.Contains(texts[i + 1]) && !TokenGaps.BreaksAfter(file, first + i));
        return returns ? true
            : texts.Contains("yield") ? null
            : SaysNothing(texts, body - first) || IsIndented(file, first, texts, body - first) || texts is [.., ";", "}"]
                || EndsInLoop(texts) ? false
            : null;
    }

    // void f(), f(): void, f() -> None; but not void* f().
    private static bool SaysNothing(string[] texts, int body) =>
        (texts is ["void", not "*", ..])
            || (texts.AsSpan(0, Math.Min(body, texts.Length)).IndexOf("void") is var at and > 0 && texts[at - 1] != "("
                && texts[at + 1] is not ("*" or ")" or ","))
        || (body + 1 < texts.Length && texts[body] is ":" or "->" && Nothing.Contains(texts[body + 1]));

    // Where the body is told by its indentation a value is always returned by name.
    private static bool IsIndented(StoredFile file, int first, string[] texts, int body) =>
        Enumerable.Range(body, Math.Max(0, texts.Length - body))
            .FirstOrDefault(i => texts[i] is ":" or "{" && TokenGaps.BreaksAfter(file, first + i), -1) is var start and >= 0
            && texts[start] == ":";

    // What comes last is a loop, which has no value.
    private static bool EndsInLoop(string[] texts)
    {
        if (texts is not [.., "}", "}"])
        {
            return false;
        }

        var (at, depth) = (texts.Length - 2, 1);
        while (depth > 0 && at > 0)
        {
            at--;
            depth += texts[at] == "}" ? 1 : texts[at] == "{" ? -1 : 0;
        }

        while (--at > 0 && texts[at] is not (";" or "{" or "}"))
        {
            if (Loops.Contains(texts[at]))
            {
                return true;
            }
        }

        return false;
    }
}
