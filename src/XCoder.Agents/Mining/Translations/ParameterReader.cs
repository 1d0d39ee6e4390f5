namespace XCoder.Agents.Mining.Translations;

/// <summary>Counts the parameters in the brackets after a function's name.</summary>
internal static class ParameterReader
{
    private static readonly HashSet<string> Receivers = ["self", "this", "cls", "void", "mut"];

    /// <summary>Returns the number of parameters without the receiver (-1 when unknown), and the index of the body's first token.</summary>
    /// <param name="name">The function's name.</param>
    /// <param name="tokens">The function's tokens.</param>
    public static (int Arity, int Body) Read(string name, FunctionTokens tokens)
    {
        var at = 0;
        while (at < tokens.Count && tokens[at] != name)
        {
            at++;
        }

        var from = at < tokens.Count ? at : 0;
        while (at < tokens.Count && !tokens[at].StartsWith('('))
        {
            if (tokens[at] is "{" or ":" or ";" || tokens.BreaksAfter(at))
            {
                return (-1, from + 1);
            }

            at++;
        }

        // Counts the groups between commas at the top level of the brackets.
        var (depth, count, words, isReceiver) = (0, 0, 0, false);
        for (; at < tokens.Count; at++)
        {
            var text = tokens[at];
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

        return (-1, from + 1);
    }
}

/// <summary>Decides from tokens whether a function returns a value.</summary>
internal static class ResultReader
{
    private const string Void = "void";

    private static readonly HashSet<string> NoValue = [";", "}", "if", "unless", "end"];
    private static readonly HashSet<string> Nothing = ["void", "Void", "Unit", "None"];
    private static readonly HashSet<string> Loops = ["for", "foreach", "while", "until", "loop", "repeat"];

    /// <summary>Returns whether the function returns a value; null when its last expression may be the value.</summary>
    /// <param name="tokens">The function's tokens.</param>
    /// <param name="body">Index of the first token after its parameters.</param>
    public static bool? Read(FunctionTokens tokens, int body)
    {
        var (returns, yields) = (false, false);
        for (var i = 0; i < tokens.Count; i++)
        {
            returns |= i + 1 < tokens.Count && tokens[i] == "return" && !NoValue.Contains(tokens[i + 1]) && !tokens.BreaksAfter(i);
            yields |= tokens[i] == "yield";
        }

        return returns ? true
            : yields ? null
            : SaysNothing(tokens, body) || IsIndented(tokens, body) || (tokens.Count > 1 && tokens[^2] == ";" && tokens[^1] == "}")
                || EndsInLoop(tokens) ? false
            : null;
    }

    // Recognises void f(), f(): void and f() -> None, but not void* f().
    private static bool SaysNothing(FunctionTokens tokens, int body)
    {
        var at = 0;
        while (at < body && tokens[at] != Void)
        {
            at++;
        }

        return at < body && (at == 0 ? tokens[1] != "*" : tokens[at - 1] != "(" && tokens[at + 1] is not ("*" or ")" or ","))
            || (tokens[body] is ":" or "->" && Nothing.Contains(tokens[body + 1]));
    }

    // Languages with indented bodies return values only by a return statement.
    private static bool IsIndented(FunctionTokens tokens, int body)
    {
        for (var i = body; i < tokens.Count; i++)
        {
            if (tokens[i] is ":" or "{" && tokens.BreaksAfter(i))
            {
                return tokens[i] == ":";
            }
        }

        return false;
    }

    // A function whose last statement is a loop has no value.
    private static bool EndsInLoop(FunctionTokens tokens)
    {
        if (tokens.Count < 2 || tokens[^1] != "}" || tokens[^2] != "}")
        {
            return false;
        }

        var (at, depth) = (tokens.Count - 2, 1);
        while (depth > 0 && at > 0)
        {
            at--;
            depth += tokens[at] == "}" ? 1 : tokens[at] == "{" ? -1 : 0;
        }

        while (--at > 0 && tokens[at] is not (";" or "{" or "}"))
        {
            if (Loops.Contains(tokens[at]))
            {
                return true;
            }
        }

        return false;
    }
}
