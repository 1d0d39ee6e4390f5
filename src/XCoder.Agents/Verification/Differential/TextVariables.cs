using System.Text.RegularExpressions;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Where a text assigns values to its variables. The text is searched once, at the first question.</summary>
/// <param name="text">The text.</param>
internal sealed partial class TextVariables(string text)
{
    private const int MostMentions = 100, LongestStatement = 100;

    private Dictionary<string, List<(int Start, int Value)>>? _assigned;

    /// <summary>The last assignment to a variable before an index: where it begins and where its value begins. Null if there is none.
    /// </summary>
    public (int Start, int Value)? Find(string name, int before)
    {
        _assigned ??= Assignment().Matches(text).GroupBy(match => match.Groups["name"].Value)
            .ToDictionary(group => group.Key, group => group.Select(match => (match.Index, match.Groups["value"].Index)).ToList());
        if (!_assigned.TryGetValue(name, out var places))
        {
            return null;
        }

        var at = places.BinarySearch((before, -1));
        at = (at < 0 ? ~at : at) - 1;
        return at >= 0 ? places[at] : null;
    }

    /// <summary>
    /// Whether a variable surely keeps its value between two places: it is not mentioned there, or only as an argument of calls whose names
    /// do not say that they change it.
    /// </summary>
    /// <param name="name">Name of the variable.</param>
    /// <param name="from">Index after the assigned value.</param>
    /// <param name="to">Index of the call that takes the variable.</param>
    /// <param name="budget">What may still be read.</param>
    public bool IsKept(string name, int from, int to, ReadBudget budget)
    {
        var count = 0;
        for (var at = from; at < to && (at = text.IndexOf(name, at, to - at, StringComparison.Ordinal)) >= 0; at += name.Length)
        {
            if (++count > MostMentions || !budget.Take(1))
            {
                return false;
            }

            var end = at + name.Length;
            if ((at == 0 || !IsWord(text[at - 1])) && (end == text.Length || !IsWord(text[end])) && !IsArgument(at, end))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';

    private bool IsArgument(int start, int end)
    {
        var statement = text.AsSpan(Math.Max(0, start - LongestStatement), Math.Min(start, LongestStatement));
        statement = statement[(statement.LastIndexOfAny('\n', ';') + 1)..];
        var before = statement.TrimEnd();
        var after = text.AsSpan(end, Math.Min(LongestStatement, text.Length - end)).TrimStart();
        return before.Length > 0 && before[^1] is '(' or ',' or '[' && after.Length > 0 && after[0] is ')' or ',' or ']'
            && !Change().IsMatch(statement);
    }

    // Only the name is consumed, for a variable may follow a colon that does not begin its type.
    [GeneratedRegex(@"(?<![\w.$])(?<name>(?>\$?[A-Za-z_][\w.]*))"
        + @"(?=(?>\s*)(?>(?:\[\w*\]\s*)*)(?::(?!:)[^=\n;]{1,40})?(?::?=(?!=)|(?=\{))(?<value>))")]
    private static partial Regex Assignment();

    [GeneratedRegex("sort(?!ed)|shuffle|heap|revers(?!ed)|swap|fill|push|append|insert|remove|delete|erase|pop|clear|extend|rotate|update"
        + "|splice|memset|strcpy|strcat", RegexOptions.IgnoreCase)]
    private static partial Regex Change();
}

/// <summary>Limits how much is read of all texts of one comparison together, so that texts made to take long cost little.</summary>
/// <param name="left">Number of characters that may be read.</param>
internal sealed class ReadBudget(int left = ReadBudget.Usual)
{
    /// <summary>Enough for 24 calls with the longest lists and for many that cannot be read.</summary>
    public const int Usual = 1_000_000;

    private int _left = left;

    /// <summary>Takes a number of characters; false if so many are not left.</summary>
    public bool Take(int count)
    {
        _left -= Math.Min(count, _left + 1);
        return _left >= 0;
    }
}
