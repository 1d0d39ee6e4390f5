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
