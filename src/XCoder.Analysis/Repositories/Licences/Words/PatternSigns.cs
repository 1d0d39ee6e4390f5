using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories.Licences.Heads;

namespace XCoder.Analysis.Repositories.Licences.Words;

/// <summary>
/// What a text must hold for one of a list of expressions (<see cref="WordPatterns"/>) to match in it: parts of words, which are looked
/// for in whole files much faster than the expressions.
/// </summary>
internal static class PatternSigns
{
    // A sign of as many letters is seldom met by chance; one of Chinese says more.
    private const int Enough = 6, OfOtherScripts = 3, Least = 2;

    private const char LastOfWords = '\u058F';

    // English words that signs of other languages stand in.
    private const string English = "internally private distribution information permission redistribution according secretly exclusively"
        + " personally commercially parameter vendors reduced associated reproduction exploitation modification copier publicly clients"
        + " publications documents property permissions personnel public";

    /// <summary>The signs of all expressions; null where one of them holds none.</summary>
    /// <param name="patterns">The expressions.</param>
    public static IReadOnlyCollection<string>? Of(IEnumerable<string> patterns)
    {
        var signs = patterns.SelectMany(WordPatterns.Alternatives).Select(Best).ToList();
        return signs.Contains(null) ? null : [.. signs.SelectMany(all => all!).Select(Spelt).Distinct(StringComparer.Ordinal)];
    }

    // Texts are spelt in two ways, of which the words have one.
    private static string Spelt(string sign) =>
        sign.IndexOf("license", StringComparison.Ordinal) is >= 0 and var at ? sign[..(at + "licen".Length)] : sign;

    // The best of the parts that an expression must match; null where there is none.
    private static List<string>? Best(string pattern)
    {
        var (best, run) = ((List<string>?)null, "");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '(':
                    Take([run]);
                    var group = pattern[(i + 1)..(i + WordPatterns.Closing(pattern[i..]))];
                    i += group.Length + 1;
                    var inner = WordPatterns.Alternatives(group).Select(Best).ToList();
                    if (!IsOptional(i + 1) && inner.TrueForAll(signs => signs is not null))
                    {
                        Take([.. inner.SelectMany(signs => signs!)]);
                    }

                    i = BehindQuantifier(i + 1) - 1;
                    break;
                case '[':
                    Take([run]);
                    i = BehindQuantifier(i + WordPatterns.Closing(pattern[i..]) + 1) - 1;
                    break;
                case '\\':
                    Take([run]);
                    i = BehindQuantifier(i + 2) - 1;
                    break;
                case ' ' or '$':
                    Take([run]);
                    i = BehindQuantifier(i + 1) - 1;
                    break;
                case var letter when IsOptional(i + 1):
                    Take([run]);
                    i = BehindQuantifier(i + 1) - 1;
                    break;
                case var letter:
                    run += letter;
                    break;
            }
        }

        Take([run]);
        return best;

        void Take(List<string> signs)
        {
            run = "";
            if (signs.TrueForAll(sign => sign.Length >= Least) && (best is null || Score(signs) >= Score(best)))
            {
                best = signs;
            }
        }

        bool IsOptional(int at) => at < pattern.Length && (pattern[at] is '?' or '*' || pattern.AsSpan(at).StartsWith("{0"));

        int BehindQuantifier(int at) => at >= pattern.Length ? at
            : pattern[at] == '{' ? pattern.IndexOf('}', at) + 1 : pattern[at] is '?' or '*' or '+' ? at + 1 : at;
    }

    private static int Score(List<string> signs) => signs.Min(sign => English.Contains(sign, StringComparison.Ordinal) ? 1
        : Math.Min(Enough, sign.Length * (sign.AsSpan().IndexOfAnyExceptInRange('\0', LastOfWords) >= 0 ? OfOtherScripts : 1)));
}

/// <summary>
/// A list of expressions that are looked for anywhere in a lower-case text. Most texts are of ASCII and hold none of the parts that a
/// match must contain.
/// </summary>
/// <param name="patterns">The expressions, each of which must hold some letters.</param>
internal sealed class StemPatterns(IReadOnlyCollection<string> patterns)
{
    private readonly Regex _expression = new(string.Join('|', patterns), RegexOptions.CultureInvariant);
    private readonly Lazy<SignSearch> _signs = new(() => new SignSearch(PatternSigns.Of(patterns)!.Where(sign => sign.All(char.IsAscii))));

    /// <summary>Whether one of the expressions matches somewhere in a text.</summary>
    public bool IsMatch(string text) => (!Ascii.IsValid(text) || _signs.Value.IsIn(text)) && _expression.IsMatch(text);
}
