using System.Text;
using XCoder.Analysis.Store;

namespace XCoder.Agents.Mining;

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

        var returns = Enumerable.Range(0, Math.Max(0, texts.Length - 1)).Any(i => texts[i] == "return" && !NoValue.Contains(texts[i + 1]) && !TokenGaps.BreaksAfter(file, first + i));
        return returns ? true
            : texts.Contains("yield") ? null
            : SaysNothing(texts, body - first) || IsIndented(file, first, texts, body - first) || texts is [.., ";", "}"] || EndsInLoop(texts) ? false
            : null;
    }

    // void f(), f(): void, f() -> None; but not void* f().
    private static bool SaysNothing(string[] texts, int body) =>
        (texts is ["void", not "*", ..]) || (texts.AsSpan(0, Math.Min(body, texts.Length)).IndexOf("void") is var at and > 0 && texts[at - 1] != "(" && texts[at + 1] is not ("*" or ")" or ","))
        || (body + 1 < texts.Length && texts[body] is ":" or "->" && Nothing.Contains(texts[body + 1]));

    // Where the body is told by its indentation a value is always returned by name.
    private static bool IsIndented(StoredFile file, int first, string[] texts, int body) =>
        Enumerable.Range(body, Math.Max(0, texts.Length - body)).FirstOrDefault(i => texts[i] is ":" or "{" && TokenGaps.BreaksAfter(file, first + i), -1) is var start and >= 0 && texts[start] == ":";

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
