using System.Text.RegularExpressions;

namespace XCoder.Agents.Chat.Answers;

/// <summary>Tells whether a text breaks off within a block of code or within JSON, whatever the server says about its end.</summary>
internal static partial class OpenFence
{
    /// <summary>Whether the last fence of a text is open.</summary>
    public static bool IsIn(string text)
    {
        var open = "";
        foreach (Match fence in Fence().Matches(text))
        {
            var mark = fence.Groups["mark"].Value;
            open = open.Length == 0 ? mark
                : mark.StartsWith(open, StringComparison.Ordinal) && fence.Groups["rest"].Length == 0 ? "" : open;
        }

        return open.Length > 0;
    }

    /// <summary>Whether the last line of a text is a fence, whatever it opens or closes.</summary>
    public static bool EndsInFence(string text) =>
        text.AsSpan(text.LastIndexOf('\n') + 1).Trim() is ['`', '`', '`', ..] or ['~', '~', '~', ..];

    /// <summary>Whether a reply is cut: it ends in an open fence or, where it is JSON, within a string.</summary>
    /// <param name="reply">The whole text that the model wrote.</param>
    public static bool IsCut(string reply)
    {
        var text = Thoughts.Cut(reply).Trim();
        var start = text.IndexOf('{', StringComparison.Ordinal);
        var isJson = text.StartsWith('{') || (start >= 0 && Json().IsMatch(text.AsSpan(0, start)));
        return isJson ? AnswerReader.Balanced(text, start) == 0 && JsonRepair.Repair(text, start, out var end) is not null
                && end == JsonEnd.InString
            : !text.StartsWith('[') && IsIn(text);
    }

    [GeneratedRegex(@"^[ \t]*(?>(?<mark>`{3,}|~{3,})(?<rest>[^\r\n`]*))\r?$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"```json\s*\z", RegexOptions.IgnoreCase)]
    private static partial Regex Json();
}
