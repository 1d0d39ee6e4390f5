using System.Text.RegularExpressions;

namespace XCoder.Agents.Chat.Answers;

/// <summary>
/// Cuts what a model thought before its answer: in tags of any of the usual names and signs, in channels, or under a heading. A draft among
/// the thoughts, which the model may have rejected, must not be taken for the answer.
/// </summary>
internal static partial class Thoughts
{
    private const int MaxBlocks = 32;

    private const string Names = @"(?:seed:|ant)?(?:think(?:ing)?|thoughts?(?:[_ -]process)?|reason(?:ing)?|reflect(?:ion)?|analys[ie]s"
        + @"|scratch[_ -]?pad|(?:inner|internal)[_ -]?(?:monologue|thoughts?|dialogue)|monologue|deliberation|planning|plan|cot"
        + @"|chain[_ -]of[_ -]thought|brainstorm(?:ing)?|draft|rationale|ponder(?:ing)?|mus(?:e|ings?)|contemplat(?:e|ion)|introspection"
        + @"|deliberate|consideration|self[_ -]?(?:reflection|critique)|inner[_ -]?voice|working|details)";

    private const string Named = "(?<name>" + Names + ")";

    // Elements that hold an answer, not thoughts.
    private const string Answers = "(?:answer|final|final[_ -]answer|output|response|result|json|tool_call|function)";

    /// <summary>The text behind the thoughts; empty when the reply consists of an unfinished one.</summary>
    /// <param name="text">The text of a reply.</param>
    /// <param name="fields">The names of the answer's fields: an element of such a name holds no thoughts.</param>
    public static string Cut(string text, IEnumerable<string>? fields = null)
    {
        var known = (fields ?? []).Select(SchemaReader.Plain).ToHashSet();
        // A reply that begins with its answer may quote the tags in it.
        var start = text.AsSpan().TrimStart();
        if (start.StartsWith("{") && AnswerReader.Balanced(text, text.Length - start.Length) is > 0 and var end)
        {
            return text[..end] + WithoutElements(Blocks().Replace(text[end..],
                block => known.Contains(NameOf(block)) ? block.Value : " "));
        }

        if (start.StartsWith("{") || start.StartsWith("```") || (start.StartsWith("[") && !Opening().IsMatch(start)))
        {
            return text;
        }

        text = Comment().Replace(text, "");
        if (Channel().IsMatch(text))
        {
            var final = FinalChannel().Matches(text);
            return final.Count == 0 ? text[(text.LastIndexOf("<channel|>", StringComparison.Ordinal) is >= 0 and var closed
                ? closed + "<channel|>".Length : text.Length)..] : EndOfChannel().Replace(text[(final[^1].Index + final[^1].Length)..], "");
        }

        if (BareChannels().Match(text) is { Success: true } bare)
        {
            return text[(bare.Index + bare.Length)..];
        }

        for (var i = 0; i < MaxBlocks; i++)
        {
            var opening = First(Opening().Match(text), known);
            var closing = opening.Success ? First(Closing().Match(text, opening.Index), known) : opening;
            var server = OfServer(text, known);
            var answer = text.AsSpan().IndexOfAny('{', '`');
            if (opening.Success && (answer < 0 || opening.Index < answer) && (!server.Success || opening.Index < server.Index))
            {
                if (!closing.Success)
                {
                    return "";
                }

                text = text[..opening.Index] + text[(closing.Index + closing.Length)..];
            }
            else if (server.Success)
            {
                text = text[(server.Index + server.Length)..];
            }
            else
            {
                break;
            }
        }

        return Heading().Match(text) is { Success: true } heading ? text[(heading.Index + heading.Length)..] : text;
    }

    /// <summary>Whether a name is that of thoughts or of a draft.</summary>
    public static bool IsName(string name) => Name().IsMatch(name);

    // Whatever a model wraps behind its answer is an afterthought, whichever name it gives it.
    private static string WithoutElements(string text)
    {
        for (var (i, at) = (0, 0); i < MaxBlocks && Element().Match(text, at) is { Success: true } element; i++)
        {
            at = element.Index + element.Length;
            var closing = $"</{element.Groups["name"].Value}>";
            if (text.IndexOf(closing, at, StringComparison.OrdinalIgnoreCase) is >= 0 and var end)
            {
                (text, at) = (text[..element.Index] + text[(end + closing.Length)..], element.Index);
            }
        }

        return text;
    }

    private static string NameOf(Match tag) => SchemaReader.Plain(tag.Groups["name"].Value);

    private static Match First(Match tag, HashSet<string> known)
    {
        while (tag.Success && known.Contains(NameOf(tag)))
        {
            tag = tag.NextMatch();
        }

        return tag;
    }

    // The end of thoughts whose beginning the server put into the question: nothing before it opens them, and it stands in no code.
    private static Match OfServer(string text, HashSet<string> known)
    {
        var opened = new HashSet<string>();
        var (opening, closing) = (Opening().Match(text), Closing().Match(text));
        for (var n = 0; closing.Success && n < MaxBlocks; n++, closing = closing.NextMatch())
        {
            for (; opening.Success && opening.Index < closing.Index; opening = opening.NextMatch())
            {
                opened.Add(NameOf(opening));
            }

            if (NameOf(closing) is var name && name is not ("DETAILS" or "WORKING" or "CONSIDERATION") && !known.Contains(name)
                && !opened.Contains(name) && !OpenFence.IsIn(text[..closing.Index]) && !IsInAnswer(text, closing.Index))
            {
                return closing;
            }
        }

        return Match.Empty;
    }

    // Whether a place lies in the strings of a JSON answer that begins before it and ends behind it.
    private static bool IsInAnswer(string text, int place)
    {
        var start = text.IndexOf('{');
        return start >= 0 && start < place && AnswerReader.Balanced(text, start) is var end && end > place
            && JsonText.TryParse(text[start..end], out _);
    }

    [GeneratedRegex(@"<\|?(?:begin_of_|start_of_|START_)?" + Named + @"\|?>|\[" + Named + @"\]|\u25C1" + Named + @"\u25B7|<unused94>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"<\|?/" + Named + @"\|?>|<\|(?:end_of_|END_)" + Named + @"\|>|\[/" + Named + @"\]|\u25C1/" + Named
        + @"\u25B7|<unused95>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Closing();

    [GeneratedRegex(@"<\|?(?:begin_of_|start_of_|START_)?" + Named + @"\|?>[\s\S]*?(?:<\|?/" + Names + @"\|?>|<\|(?:end_of_|END_)" + Names
        + @"\|>|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"<(?!" + Answers + @">)(?<name>[A-Za-z][\w-]{0,40})>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Element();

    // At the beginning alone: code may hold comments of HTML.
    [GeneratedRegex(@"\A(?:\s*<!--[\s\S]*?-->)+", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(?:" + Names + @"|redacted_thinking|first_attempt|attempt)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"<\|channel\|?>", RegexOptions.CultureInvariant)]
    private static partial Regex Channel();

    [GeneratedRegex(@"<\|channel\|?>\s*final\b[^<]{0,60}<\|message\|>", RegexOptions.CultureInvariant)]
    private static partial Regex FinalChannel();

    [GeneratedRegex(@"<\|(?:end|return|start)\|>[\s\S]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex EndOfChannel();

    // Where the signs of the channels were lost.
    [GeneratedRegex(@"\A\s*(?:assistant)?(?:analysis|commentary)[\s\S]*assistant\s*final", RegexOptions.CultureInvariant)]
    private static partial Regex BareChannels();

    [GeneratedRegex(@"\A\s*(?:#{1,6}[ \t]*|\*\*)(?:my )?(?:thoughts?|thinking|reasoning|analysis|plan|draft|scratchpad)\b[\s\S]*"
        + @"\n(?:#{1,6}[ \t]*|\*\*)(?:the )?(?:final(?: answer| version| output)?|answer|response|output|result|json)\b[^\n]*\n",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();
}
