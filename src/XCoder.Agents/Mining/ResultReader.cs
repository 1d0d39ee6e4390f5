using System.Text;
using XCoder.Analysis.Storage;

namespace XCoder.Agents.Mining;

/// <summary>Tells from tokens whether a function gives a value back.</summary>
internal static class ResultReader
{
    private const int LongestLead = 20;

    private static readonly HashSet<string> NoValue = [";", "}", "if", "unless", "end"];
    private static readonly HashSet<string> Nothing = ["void", "Void", "Unit", "None"];
    private static readonly HashSet<string> Loops = ["for", "foreach", "while", "until", "loop", "repeat"];

    /// <summary>Whether it does; null where the last expression may be the value.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="first">Index of its first token.</param>
    /// <param name="end">End of its tokens, exclusive.</param>
    public static bool? Read(StoredFile file, int first, int end)
    {
        var texts = new string[end - first];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Encoding.UTF8.GetString(file.Tokens.Text(file.Text, first + i));
        }

        for (var i = 0; i + 1 < texts.Length; i++)
        {
            if (texts[i] == "return" && !NoValue.Contains(texts[i + 1]) && !BreaksAfter(file, first + i))
            {
                return true;
            }
        }

        return texts.Contains("yield") ? null
            : SaysNothing(texts) || IsIndented(file, first, texts) || texts is [.., ";", "}"] || EndsInLoop(texts) ? false
            : null;
    }

    // void f(), f(): void, f() -> None; but not f(void) or void *f().
    private static bool SaysNothing(string[] texts)
    {
        var body = Array.IndexOf(texts, "{");
        for (var i = 0; i < (body < 0 ? texts.Length : body); i++)
        {
            if (Nothing.Contains(texts[i]) && (i > 0 && texts[i - 1] is "->" or ":" ? texts[i] != "None" || texts[i - 1] == "->" : texts[i] == "void" && (i == 0 || texts[i - 1] != "(") && (i + 1 == texts.Length || texts[i + 1] is not ("*" or ")" or ","))))
            {
                return true;
            }
        }

        return false;
    }

    // Where the body is told by its indentation a value is always returned by name.
    private static bool IsIndented(StoredFile file, int first, string[] texts)
    {
        if (!texts.Take(LongestLead).Contains("def") || texts[^1] is "end" or "}")
        {
            return false;
        }

        var depth = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            depth += texts[i] is "(" or "[" ? 1 : texts[i] is ")" or "]" ? -1 : 0;
            if (depth == 0 && texts[i] == ":" && BreaksAfter(file, first + i))
            {
                return true;
            }
        }

        return false;
    }

    // The last block within the body is a loop's.
    private static bool EndsInLoop(string[] texts)
    {
        if (texts is not [.., "}", "}"])
        {
            return false;
        }

        var (depth, start, opened, from) = (0, 0, -1, 0);
        for (var i = 0; i < texts.Length - 1; i++)
        {
            if (texts[i] == "{")
            {
                if (++depth == 2)
                {
                    (opened, from) = (i, start);
                }
            }
            else if (texts[i] == "}")
            {
                depth--;
            }

            start = depth == 1 && texts[i] is ";" or "{" or "}" ? i + 1 : start;
        }

        return opened > 0 && texts[from..opened].Any(Loops.Contains);
    }

    private static bool BreaksAfter(StoredFile file, int token) =>
        token + 1 < file.Tokens.Count && file.Text.AsSpan()[(file.Tokens.Starts[token] + file.Tokens.Lengths[token])..file.Tokens.Starts[token + 1]].Contains((byte)'\n');
}
