using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// A text as lower-case words, without copyright lines, markup, punctuation and comment signs: what texts of licences are compared
/// by. Each word knows its place in the text.
/// </summary>
internal sealed partial class PlainWords
{
    private const int MostSmallWords = 1, MostOtherLetters = 10, MostLetters = 4;

    private readonly List<(int From, int To)> _places;

    private PlainWords(string source, List<string> words, List<(int From, int To)> places)
    {
        (Source, _places) = (source, places);
        Words = [.. words];
        Joined = string.Join(' ', words);
    }

    /// <summary>The text without copyright lines and markup.</summary>
    public string Source { get; }

    /// <summary>Its words.</summary>
    public string[] Words { get; }

    /// <summary>The words with single spaces between them.</summary>
    public string Joined { get; }

    /// <summary>The words of a text, with places.</summary>
    public static PlainWords Of(string text)
    {
        // Struck out or hidden is not said: a word that no licence holds.
        text = Struck().Replace(text, " struck ");
        text = text.Contains('<') ? WebUtility.HtmlDecode(Markup().Replace(Invisible().Replace(text, " "), " ")) : text;
        var kept = new StringBuilder(text.Length);
        foreach (var line in text.Split('\n'))
        {
            if (!IsCopyright(line.TrimEnd()))
            {
                kept.Append(line);
            }

            kept.Append('\n');
        }

        return OfKept(kept.ToString());
    }

    /// <summary>The words of a text.</summary>
    public static string[] List(string text) => Of(text).Words;

    /// <summary>The words of a text with single spaces between them.</summary>
    public static string Join(string text) => Of(text).Joined;

    /// <summary>The part of <see cref="Source"/> that a run of words covers.</summary>
    /// <param name="from">Index of its first word.</param>
    /// <param name="to">Index behind its last word.</param>
    public string Text(int from, int to) => from < to ? Source[_places[from].From.._places[to - 1].To] : "";

    private static PlainWords OfKept(string text)
    {
        var (words, places, word, start) = (new List<string>(), new List<(int, int)>(), new StringBuilder(), 0);
        for (var i = 0; i <= text.Length; i++)
        {
            // Half of a letter beyond the first 65,536 belongs to a word, too.
            if (i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i])))
            {
                start = word.Length == 0 ? i : start;
                word.Append(char.ToLowerInvariant(text[i]));
                continue;
            }

            // "non-exclusive", and where a line ends behind the hyphen.
            if (i < text.Length && text[i] == '-' && word.Length == 3 && word.ToString() is "non" or "sub"
                && text.AsSpan(i + 1).TrimStart() is [>= 'A' and <= 'z', ..] rest && char.IsAsciiLetter(rest[0]))
            {
                i = text.Length - rest.Length - 1;
                continue;
            }

            if (word.Length > 0)
            {
                words.Add(word.Replace("licence", "license").ToString());
                places.Add((start, i));
                word.Clear();
            }
        }

        return new PlainWords(text, words, places);
    }

    // Names, years and addresses. Names begin with capitals; a sentence behind them does not.
    private static bool IsCopyright(string line)
    {
        if (!Copyright().IsMatch(line) || Sentence().IsMatch(line)
            || LicenceWords.Restricts.IsMatch(LicenceWords.Harmless.Replace(OfKept(line).Joined, " "))
            || LicenceWords.Elsewhere.IsMatch(line.ToLowerInvariant()))
        {
            return false;
        }

        var names = Address().Replace(Reserved().Replace(line, ""), " ");
        var small = Word().Matches(names).Count(word => char.IsLower(word.Value[0]) && word.Length > 1
            && !LicenceWords.Silent.IsWhole(word.Value) && !LicenceWords.Particles.IsWhole(word.Value));
        return small <= MostSmallWords && !Break().IsMatch(names) && Letter().Count(names) <= MostLetters
            && names.Count(letter => char.IsLetter(letter) && !char.IsLower(letter) && !char.IsUpper(letter)) <= MostOtherLetters;
    }

    // Elements that only dress up a text. Those that strike it out are none of them, nor is what merely stands in angle brackets.
    [GeneratedRegex(@"</?(?:a|abbr|address|article|b|big|blockquote|body|br|center|cite|code|dd|div|dl|dt|em|font|footer|h[1-6]|head"
        + @"|header|hr|html|i|img|li|link|main|meta|ol|p|pre|section|small|span|strong|sub|sup|table|tbody|td|th|thead|title|tr|tt|u|ul)"
        + @"(?:\s+[\w:-]{1,40}\s*=\s*(?:""[^""<>]{0,300}""|'[^'<>]{0,300}'|[^\s""'<>]{1,300}))*\s*/?>|<!doctype[^<>]{0,200}>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Markup();

    [GeneratedRegex(@"<(?<name>style|script)\b[^<>]{0,200}>.*?</\k<name>>",
        RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Invisible();

    [GeneratedRegex(@"^\W*(portions )?(copyright\b|copr\b|\(c\)|©).{0,300}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Copyright();

    // A line of a licence may begin with the word, too.
    [GeneratedRegex(@"^\W*copyrights? (licen[sc]e|notice|owner|holder|statement|law|interest|and related)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();

    // A short comment says that a program wrote the file.
    [GeneratedRegex(@"~~|</?(?:s|del|strike)>|<!--(?:(?!-->)\W){0,40}(?:\w+(?:(?!-->)\W){1,40}){12}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Struck();

    [GeneratedRegex(@"\S{1,99}@\S+|\S{1,99}://\S+|www\.\S+|<[^>]{0,300}>", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"all rights reserved\.?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();

    [GeneratedRegex(@"\p{L}{3}(?<!\b(?:Inc|Ltd|Corp|LLC|Dept|Univ|Prof|Pty|Bhd|Assoc|Intl|Tech))[.!;:。]\s*\p{L}", RegexOptions.CultureInvariant)]
    private static partial Regex Break();

    [GeneratedRegex(@"\b\p{Ll}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Letter();

    [GeneratedRegex(@"\p{L}[\p{L}\p{N}]*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
