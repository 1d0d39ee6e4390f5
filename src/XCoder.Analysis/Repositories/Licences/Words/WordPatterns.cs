using System.Buffers;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Words;

/// <summary>
/// A list of words and phrases, which are looked for in lower-case words with single spaces. Each is a regular expression
/// without look-around; one with repetitions inside of repetitions would take too long. They are sorted by their first
/// letter and compiled when a word begins with it: one expression for all takes longer to compile than most texts to read.
/// </summary>
internal sealed class WordPatterns
{
    // Expressions that may begin with any letter.
    private const char Any = '*';

    private const int LeastSearched = 12;

    // The last letter of Latin, Greek, Cyrillic and Armenian: beyond it, scripts write without blanks, or put particles before words.
    private const char LastOfWords = '\u058F';

    private readonly Dictionary<char, Lazy<Regex>> _byFirst;
    private readonly Lazy<Regex>? _inside;
    private readonly Lazy<SearchValues<string>?> _signs;

    /// <summary>A list of expressions; an alternative within one counts as one of its own.</summary>
    public WordPatterns(IEnumerable<string> patterns)
    {
        patterns = [.. patterns];
        Signs = new Lazy<IReadOnlyCollection<string>?>(() => PatternSigns.Of(patterns));
        _signs = new Lazy<SearchValues<string>?>(() =>
            Signs.Value is { } signs ? SearchValues.Create([.. signs], StringComparison.Ordinal) : null);
        var all = patterns.SelectMany(Alternatives).Select((pattern, i) => (Pattern: pattern, First: Firsts(pattern), Order: i)).ToList();
        var inside = all.Where(item => item.First.Any(first => first > LastOfWords && first is < '\u1E00' or > '\u1FFF'))
            .Select(item => item.Pattern).ToHashSet();
        _inside = inside.Count == 0 ? null : new Lazy<Regex>(() => new Regex(string.Join('|', inside), RegexOptions.CultureInvariant));
        all.RemoveAll(item => inside.Contains(item.Pattern));
        var general = all.Where(item => item.First.Contains(Any)).ToList();
        _byFirst = all.SelectMany(item => item.First).Distinct().ToDictionary(first => first, first => new Lazy<Regex>(() =>
            Expression(all.Where(item => item.First.Contains(first)).Concat(first == Any ? [] : general).OrderBy(item => item.Order)
                .Select(item => item.Pattern))));
    }

    /// <summary>
    /// Parts of words of which a text that an expression matches holds one (<see cref="PatternSigns"/>); null if not known.
    /// </summary>
    public Lazy<IReadOnlyCollection<string>?> Signs { get; }

    /// <summary>Whether one of the expressions matches whole words of a text, or stands within one of a script without blanks.</summary>
    public bool IsMatch(string words) => MayMatch(words) && (Find(words, 0, out _) >= 0
        || (_inside is not null && words.AsSpan().IndexOfAnyExceptInRange('\0', LastOfWords) >= 0 && _inside.Value.IsMatch(words)));

    /// <summary>Whether one of the expressions matches a whole text.</summary>
    public bool IsWhole(string words) => Match(words, 0) == words.Length;

    /// <summary>Whether one of the expressions matches the first words of a text.</summary>
    public bool StartsIn(string words) => Match(words, 0) > 0;

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

    // A long text is searched for signs much faster than for expressions.
    private bool MayMatch(string words) =>
        words.Length < LeastSearched || _signs.Value is not { } signs || words.AsSpan().ContainsAny(signs);

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

    /// <summary>The alternatives of an expression.</summary>
    internal static IEnumerable<string> Alternatives(string pattern)
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

    /// <summary>Where the bracket that an expression begins with is closed.</summary>
    internal static int Closing(string pattern)
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
