using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>A sentence of a text.</summary>
/// <param name="Text">It, as it is written.</param>
/// <param name="IsOfCopyright">Whether its paragraph holds a copyright line.</param>
/// <param name="Below">What of it stands below a copyright line of its paragraph; null where none stands above.</param>
/// <param name="Place">Where it begins.</param>
internal readonly record struct Sentence(string Text, bool IsOfCopyright, string? Below, int Place);

/// <summary>
/// A text as lower-case words, without copyright lines, markup, punctuation and comment signs: what texts of licences are compared
/// by. Each word knows its place in the text.
/// </summary>
internal sealed partial class PlainWords
{
    private const int MostSmallWords = 1, MostOtherLetters = 10, MostLetters = 4;

    // Stands in the text for a copyright line; no letter, so no word.
    private const string CopyrightMark = "\u0001";

    private const string Links = @"\S{1,99}@\S+|\S{1,99}://\S+|www\.\S+";

    private const int MostUnseen = 100;

    // Stand before the first word of a sentence in a comment.
    private const string Dress = " \t\r\n*#/;%-";

    private static readonly string[] Unseen = ["style", "script"];

    private readonly List<(int From, int To)> _places;
    private readonly bool[] _isAddress;

    private PlainWords(string source, List<string> words, List<(int From, int To)> places)
    {
        (Source, _places, _isAddress) = (source, places, new bool[words.Count]);
        var isInside = false;
        for (var (i, end) = (0, 0); i < places.Count; i++)
        {
            // The printable characters of ASCII around a word; other scripts write on without a blank.
            if (places[i].From >= end)
            {
                var from = source.AsSpan(0, places[i].From).LastIndexOfAnyExceptInRange('!', '~') + 1;
                end = source.AsSpan(places[i].From).IndexOfAnyExceptInRange('!', '~');
                end = end < 0 ? source.Length : places[i].From + end;
                var text = source.AsSpan(from, Math.Max(0, end - from));
                isInside = text.Contains('@') || text.Contains("://", StringComparison.Ordinal)
                    || text.Contains("www.", StringComparison.Ordinal);
            }

            _isAddress[i] = isInside;
        }

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
        text = text.Contains('<') || text.Contains("~~", StringComparison.Ordinal) ? Struck().Replace(text, " struck ") : text;
        text = text.Contains('<') ? WebUtility.HtmlDecode(Markup().Replace(Visible(text), static tag => Shown().Match(tag.Value) is
            { Success: true } shown ? $" {shown.Groups["text"].Value} " : " ")) : text;
        var kept = new StringBuilder(text.Length);
        var isHolder = false;
        foreach (var line in text.Split('\n'))
        {
            // Holders and their addresses may go on in the next lines.
            isHolder = IsCopyright(line.TrimEnd()) || (isHolder && IsNames(line));
            kept.Append(isHolder ? CopyrightMark : line).Append('\n');
        }

        return OfKept(kept.ToString());
    }

    /// <summary>The words of a text.</summary>
    public static string[] List(string text) => Of(text).Words;

    /// <summary>The words of a text with single spaces between them.</summary>
    public static string Join(string text) => Of(text).Joined;

    /// <summary>Whether a run of words holds a sentence, or leads to something, by its marks.</summary>
    /// <param name="from">Index of its first word.</param>
    /// <param name="to">Index behind its last word.</param>
    public bool IsSentence(int from, int to) =>
        from < to && Mark().IsMatch(Source[_places[from].From..(to < Words.Length ? _places[to].From : Source.Length)]);

    /// <summary>Whether a run of words is a signature: names, with an address.</summary>
    /// <param name="from">Index of its first word.</param>
    /// <param name="to">Index behind its last word.</param>
    public bool IsSignature(int from, int to) => Source[_places[from].From..] is var rest && Mail().IsMatch(rest) && to == Words.Length
        && rest.Split('\n').All(line => string.IsNullOrWhiteSpace(line) || IsNames(line));

    /// <summary>A run of words, with single spaces between them, without those of addresses, which say nothing.</summary>
    /// <param name="from">Index of its first word.</param>
    /// <param name="to">Index behind its last word.</param>
    public string Run(int from, int to) => string.Join(' ', Words[from..to].Where((_, i) => !_isAddress[from + i]));

    /// <summary>Where a word begins.</summary>
    /// <param name="word">Its index.</param>
    public int PlaceOf(int word) => _places[word].From;

    /// <summary>The places behind the ends of paragraphs, in order.</summary>
    public List<int> Paragraphs() => [.. Blank().Matches(Source).Select(blank => blank.Index + blank.Length)];

    /// <summary>The text of a run of words, with all that stands before and behind it up to other words.</summary>
    /// <param name="from">Index of its first word.</param>
    /// <param name="to">Index behind its last word.</param>
    public string Text(int from, int to) =>
        Source[(from == 0 ? 0 : _places[from - 1].To)..(to < Words.Length ? _places[to].From : Source.Length)];

    /// <summary>The sentences of a run of words; lists and tags begin one, too.</summary>
    /// <param name="from">Index of its first word.</param>
    /// <param name="to">Index behind its last word.</param>
    public IEnumerable<Sentence> Sentences(int from, int to)
    {
        var (start, end) = (_places[from].From, _places[to - 1].To);

        // The sign of a tag is no word.
        start -= Source.AsSpan(0, start).Length - Source.AsSpan(0, start).TrimEnd("@\\:.<").Length;
        var (top, bottom, below, copyright) = (0, -1, 0, int.MaxValue);
        for (var at = start; at < end;)
        {
            var next = Break().Match(Source, at) is { Success: true } match && match.Index < end ? match.Index + match.Length : end;
            while (bottom < at && bottom < Source.Length)
            {
                // The next paragraph.
                (top, var blank) = (below, Blank().Match(Source, below));
                (bottom, below) = blank.Success ? (blank.Index, blank.Index + blank.Length) : (Source.Length, Source.Length);
                copyright = CopyrightSign().Match(Source, top, bottom - top) is { Success: true } sign ? sign.Index : int.MaxValue;
            }

            if (Source.AsSpan(at, next - at).Trim() is { Length: > 0 } sentence)
            {
                var begin = Source.AsSpan(at).IndexOfAnyExcept(Dress) is >= 0 and var dress ? at + dress : at;
                yield return new Sentence(sentence.ToString(), copyright < int.MaxValue,
                    copyright < next ? Source[Math.Max(at, copyright)..next] : null, Math.Min(begin, next - 1));
            }

            at = next;
        }
    }

    // A page without its styles and scripts; elsewhere their tags are text.
    private static string Visible(string text)
    {
        foreach (var name in text.Contains("<html", StringComparison.OrdinalIgnoreCase) ? Unseen : [])
        {
            var at = 0;
            for (var count = 0; count < MostUnseen && (at = text.IndexOf("<" + name, at, StringComparison.OrdinalIgnoreCase)) >= 0; count++)
            {
                var end = text.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
                if (end < 0)
                {
                    break;
                }

                text = text.Remove(at, end + 2 + name.Length - at).Insert(at, "<p");
            }
        }

        return text;
    }

    private static PlainWords OfKept(string text)
    {
        var (words, places, word, start) = (new List<string>(), new List<(int, int)>(), new StringBuilder(), 0);
        for (var i = 0; i <= text.Length; i++)
        {
            // Half of a letter beyond the first 65,536 belongs to a word, too.
            if (i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]) || (word.Length > 0 && IsMark(text[i]))))
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

    // Vowels of Indic scripts and Thai, which belong to a word.
    private static bool IsMark(char letter) => letter >= '\u0300'
        && char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Names, years and addresses. Names begin with capitals; a sentence behind them does not.
    private static bool IsCopyright(string line)
    {
        if (!Copyright().IsMatch(line) || CopyrightText().IsMatch(line) || NamedLicence().IsMatch(line)
            || LicenceWords.Elsewhere.IsMatch(line.ToLowerInvariant())
            || LicenceWords.Restricts.IsMatch(LicenceWords.Harmless.Replace(OfKept(Link().Replace(line, " ")).Joined, " ")))
        {
            return false;
        }

        var names = Address().Replace(Reserved().Replace(line, ""), " ");
        var small = Word().Matches(names).Select(word => word.Value).Where(word => char.IsLower(word[0]) && word.Length > 1
            && !LicenceWords.Silent.IsWhole(word) && !LicenceWords.Particles.IsWhole(word)).ToList();
        return small.Count <= MostSmallWords && !LicenceWords.Speaks(string.Join(' ', small)) && !SecondSentence().IsMatch(names)
            && Letter().Count(names) <= MostLetters
            && names.Count(letter => char.IsLetter(letter) && !char.IsLower(letter) && !char.IsUpper(letter)) <= MostOtherLetters;
    }

    // Names and addresses alone.
    private static bool IsNames(string line)
    {
        var text = Link().Replace(Mail().Replace(line, " "), " ");
        var (words, joined) = (Word().Matches(text), OfKept(text).Joined);
        return words.All(word => char.IsUpper(word.Value[0]) || LicenceWords.Particles.IsWhole(word.Value))
            && !SecondSentence().IsMatch(text)
            && line.Trim().Length > 0 && words.Count(word => word.Value.Length > 1 && word.Value.All(char.IsUpper)) <= 1
            && !LicenceWords.Speaks(joined) && !LicenceWords.Titles.IsMatch(joined);
    }

    // Elements that only dress up a text. Those that strike it out are none of them, nor is what merely stands in angle brackets.
    [GeneratedRegex(@"</?(?:a|abbr|address|article|b|big|blockquote|body|br|center|cite|code|dd|div|dl|dt|em|font|footer|h[1-6]|head"
        + @"|header|hr|html|i|img|li|link|main|meta|ol|p|pre|section|small|span|strong|sub|sup|table|tbody|td|th|thead|title|tr|tt|u|ul)"
        + @"(?:\s+[\w:-]{1,40}\s*=\s*(?:""[^""<>]{0,300}""|'[^'<>]{0,300}'|[^\s""'<>]{1,300}))*\s*/?>|<!doctype[^<>]{0,200}>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Markup();

    // What people see of an element where they point at it.
    [GeneratedRegex(@"\s(?:title|alt|aria-label)\s*=\s*[""'](?<text>[^""'<>]{1,300})",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Shown();

    [GeneratedRegex(@"^\W*(portions |parts |some (code|parts) (by [\w .]{1,40},? )?"
        + @"|(?!no |not |without |until |my |of |the )[\w.-]{2,24} (?=copyright \(c\) \d{4}))?(copyright\b|copr\b|\(c\)|©|版权所有|版權所有"
        + @"|著作権).{0,300}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Copyright();

    // A line of a licence may begin with the word, too.
    [GeneratedRegex(@"^\W*copyrights? (licen[sc]e|notice|owner|holder|statement|law|interest|and related)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CopyrightText();

    // Names of licences are written in capitals, as names of people begin.
    [GeneratedRegex(@"\b(?:[AL]?GPL|CC[ -]BY|SSPL|BUSL|[ME]PL|CDDL|M[sS]-[A-Z]+L)"
        + @"|(?:Public|Community|Source|Commercial|Attribution) Licen[sc]e|\bCreative Commons|\bNumerical Recipes")]
    private static partial Regex NamedLicence();

    // A short comment says that a program wrote the file.
    [GeneratedRegex(@"~~|</?(?:s|del|strike)>|<!--(?:(?!-->)\W){0,40}(?:\w+(?:(?!-->)\W){1,40}){20}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Struck();

    [GeneratedRegex(Links + "|<[^>]{0,300}>", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(Links, RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(@"<[^<>\s]{1,100}(?: at [^<>]{1,100})?>|\S{1,99}@\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Mail();

    [GeneratedRegex(@"all rights reserved\.?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reserved();

    [GeneratedRegex(@"\p{L}{3}(?<!\b(?:Inc|Ltd|Corp|LLC|Dept|Univ|Prof|Pty|Bhd|Assoc|Intl|Tech))(?:[.!;:。]\s+(?!Portions|Some"
        + @"|Copyright|All rights|\(c\))\p{L}|[.!;:]\p{Lu}|。)",
        RegexOptions.CultureInvariant)]
    private static partial Regex SecondSentence();

    // Where a sentence, a paragraph or a line that begins with a tag ends.
    [GeneratedRegex(@"(?<=[\p{L}\d]{2}[""')\]]{0,2}[.!?][""')]{0,2})\s+(?=[\p{Lu}\s*#/(\u0001])|[。！？]|\n[ \t*#/;%:.-]*(?=\n|[@\\]\w"
        + @"|</?(?:licen[sc]e|copyright)|[\p{L}-]{3,20}(?: for this \w+)?[ \t]*:(?!//))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Break();

    [GeneratedRegex(@"\n[\s*#/;%-]*\n", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();

    // "See the NOTICE file for additional information regarding copyright ownership. The ASF licenses this file" tells none.
    [GeneratedRegex(@"\u0001|copyright(?<!\bregarding[\s*#/;%-]{1,8}copyright"
        + @"(?=[\s*#/;%-]{1,8}ownership\.[\s*#/;%-]{1,8}The [\w\s*#/;%-]{1,60}licenses this file))|©|\(c\)|copr\."
        + @"|all rights reserved|\bdroits d.auteur|\bdroits\s*:"
        + @"|\bderechos (?:de autor|reservados)"
        + @"|\bdireitos (?:autorais|reservados)|\burheber|\bprawa autorskie|авторск\w* прав|\bbản quyền|حقوق|版权|版權|著作権|저작권"
        + @"|\btelif hakk", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CopyrightSign();

    [GeneratedRegex(@"\p{L}{3}[.:;!?](?:\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\b\p{Ll}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Letter();

    [GeneratedRegex(@"\p{L}[\p{L}\p{N}]*(?:-\p{L}+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
