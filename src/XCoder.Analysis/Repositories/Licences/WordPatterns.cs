using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// A list of words and phrases, which are looked for in lower-case words with single spaces. Each is a regular expression
/// without look-around; one with repetitions inside of repetitions would take too long. They are sorted by their first
/// letter and compiled when a word begins with it: one expression for all takes longer to compile than most texts to read.
/// </summary>
internal sealed class WordPatterns
{
    // Expressions that may begin with any letter.
    private const char Any = '*';

    private readonly Dictionary<char, Lazy<Regex>> _byFirst;

    /// <summary>A list of expressions; an alternative within one counts as one of its own.</summary>
    public WordPatterns(IEnumerable<string> patterns)
    {
        var all = patterns.SelectMany(Alternatives).Select((pattern, i) => (Pattern: pattern, First: Firsts(pattern), Order: i)).ToList();
        var general = all.Where(item => item.First.Contains(Any)).ToList();
        _byFirst = all.SelectMany(item => item.First).Distinct().ToDictionary(first => first, first => new Lazy<Regex>(() =>
            Expression(all.Where(item => item.First.Contains(first)).Concat(first == Any ? [] : general).OrderBy(item => item.Order)
                .Select(item => item.Pattern))));
    }

    /// <summary>Whether one of the expressions matches whole words of a text.</summary>
    public bool IsMatch(string words) => Find(words, 0, out _) >= 0;

    /// <summary>Whether one of the expressions matches a whole text.</summary>
    public bool IsWhole(string words) => Match(words, 0) == words.Length;

    /// <summary>A text in which other words stand for each match.</summary>
    public string Replace(string words, string by)
    {
        var (at, result) = (0, (System.Text.StringBuilder?)null);
        for (int found; (found = Find(words, at, out var length)) >= 0; at = found + length)
        {
            (result ??= new()).Append(words, at, found - at).Append(by);
        }

        return result is null ? words : result.Append(words, at, words.Length - at).ToString();
    }

    private static Regex Expression(IEnumerable<string> patterns) =>
        new($@"\G(?:{string.Join('|', patterns)})\b", RegexOptions.CultureInvariant);

    private int Find(string words, int from, out int length)
    {
        for (var at = from; at >= 0 && at < words.Length; at = words.IndexOf(' ', at) + 1 is > 0 and var next ? next : -1)
        {
            if ((at == 0 || words[at - 1] == ' ') && Match(words, at) is > 0 and var end)
            {
                length = end - at;
                return at;
            }
        }

        length = 0;
        return -1;
    }

    /// <summary>Where a match that begins at an offset ends; -1 for none.</summary>
    private int Match(string words, int at) =>
        at < words.Length && (_byFirst.TryGetValue(words[at], out var list) || _byFirst.TryGetValue(Any, out list))
        && list.Value.Match(words, at) is { Success: true } match ? match.Index + match.Length : -1;

    private static IEnumerable<string> Alternatives(string pattern)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < pattern.Length; i++)
        {
            depth += pattern[i] is '(' or '[' ? 1 : pattern[i] is ')' or ']' ? -1 : 0;
            if (pattern[i] == '|' && depth == 0)
            {
                yield return pattern[start..i];
                start = i + 1;
            }
        }

        yield return pattern[start..];
    }

    /// <summary>The characters that a match can begin with.</summary>
    private static HashSet<char> Firsts(string pattern)
    {
        if (pattern.Length == 0)
        {
            return [Any];
        }

        HashSet<char> firsts;
        int end;
        switch (pattern[0])
        {
            case '(':
                end = Closing(pattern);
                firsts = [.. Alternatives(pattern[1..end]).SelectMany(Firsts)];
                break;
            case '[':
                end = Closing(pattern);
                firsts = pattern[1..end].All(char.IsLetter) ? [.. pattern[1..end]] : [Any];
                break;
            case var letter when char.IsLetterOrDigit(letter):
                (end, firsts) = (0, [letter]);
                break;
            default:
                return [Any];
        }

        var rest = pattern[(end + 1)..];
        if (rest.StartsWith('?'))
        {
            firsts.UnionWith(Firsts(rest[1..].TrimStart(' ')));
        }
        else if (rest.StartsWith('*') || rest.StartsWith('{'))
        {
            firsts.Add(Any);
        }

        return firsts;
    }

    private static int Closing(string pattern)
    {
        var (depth, i) = (0, 0);
        do
        {
            depth += pattern[i] is '(' or '[' ? 1 : pattern[i] is ')' or ']' ? -1 : 0;
        }
        while (depth > 0 && ++i < pattern.Length);

        return i;
    }
}
