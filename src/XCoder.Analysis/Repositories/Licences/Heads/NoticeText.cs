using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Repositories.Licences.Heads;

/// <summary>
/// The text of a file as its notices are read: UTF-8 without mark, and without what hides words: characters that nobody sees, letters of
/// full width, letters of other scripts that look like Latin ones.
/// </summary>
internal static partial class NoticeText
{
    // Letters that are looked at around a word to tell its script.
    private const int Near = 40;

    // Of Cyrillic and Greek, and the Latin letters that they look like.
    private const string Others = "авеіјкморсѕтухԁһӏԛԝАВЕІЈКМНОРСЅТУХԌГαεικνορτυχγϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";
    private const string Latin = "abeijkmopcstyxdhlqwABEIJKMHOPCSTYXGGaeiknoptuxycjABEZHIKMNOPTYX";

    private static readonly SearchValues<char> Unseen = SearchValues.Create(
        "\u00AD\u034F\u115F\u1160\u180E\u200B\u200C\u200D\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2061\u2062\u2063\u2064"
        + "\u2066\u2067\u2068\u2069\u3164\uFEFF");

    /// <summary>The text, as UTF-8.</summary>
    /// <param name="text">Bytes of a file, decoded or not.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text)
    {
        if (text is [0xEF, 0xBB, 0xBF, ..])
        {
            text = text[3..];
        }

        if (Ascii.IsValid(text) && !text.Contains((byte)0))
        {
            return text;
        }

        if (text.Contains((byte)0) || !Utf8.IsValid(text))
        {
            text = TextDecoder.Decode("", text.ToArray())?.Text ?? text;
        }

        var written = Encoding.UTF8.GetString(text);
        var seen = Seen(written);
        return ReferenceEquals(seen, written) ? text : Encoding.UTF8.GetBytes(seen);
    }

    /// <summary>The text of a comment in which words that are written in s p a c e d letters are closed up.</summary>
    /// <param name="comment">The comment.</param>
    public static string Closed(string comment) => Spaced().Replace(comment, static run =>
        string.Join(' ', Gap().Split(run.Value).Select(word => Stem().Replace(Between().Replace(word, ""), " $& "))));

    private static string Seen(string text)
    {
        if (text.AsSpan().ContainsAny(Unseen))
        {
            text = string.Concat(text.Where(letter => !Unseen.Contains(letter)));
        }

        if (text.AsSpan().IndexOfAnyInRange('\uFB00', '\uFFDC') >= 0 || text.AsSpan().IndexOfAnyInRange('\u2460', '\u24FF') >= 0
            || text.Contains('\uD835'))
        {
            text = Wide().Replace(text, static run => run.Value.Normalize(NormalizationForm.FormKC));
        }

        if (text.AsSpan().IndexOfAnyInRange('\u0300', '\u036F') >= 0)
        {
            text = Accented().Replace(text, static run => run.Value.Normalize(NormalizationForm.FormC));
        }

        return text.AsSpan().IndexOfAnyInRange('\u0370', '\u052F') < 0 ? text
            : Mixed().Replace(text, word => IsLatin(text, word) ? string.Concat(word.Value.Select(LatinOf)) : word.Value);
    }

    // A word that Latin letters are mixed into, or one of look-alikes alone among Latin words.
    private static bool IsLatin(string text, Match word)
    {
        if (!word.Value.All(letter => letter < '\u0370' || Others.Contains(letter)))
        {
            return false;
        }

        var (from, to) = (Math.Max(0, word.Index - Near), Math.Min(text.Length, word.Index + word.Length + Near));
        return word.Value.Any(char.IsAsciiLetter) || !text[from..to].Any(letter =>
            letter is >= '\u0370' and <= '\u052F' && !Others.Contains(letter));
    }

    private static char LatinOf(char letter) => Others.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? Latin[at] : letter;

    [GeneratedRegex(@"(?:[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A\uFB00-\uFB06\u2460-\u24FF]|\uD835[\uDC00-\uDFFF])+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Wide();

    [GeneratedRegex(@"\p{L}[\u0300-\u036F]+", RegexOptions.CultureInvariant)]
    private static partial Regex Accented();

    [GeneratedRegex(@"[A-Za-z]*[\u0370-\u052F][A-Za-z\u0370-\u052F]*", RegexOptions.CultureInvariant)]
    private static partial Regex Mixed();

    [GeneratedRegex(@"(?<![^\s*#/;%!""'-])\p{L}(?:(?:[ \t]{1,6}|[._-])\p{L}(?![\p{L}\p{N}])){5,}", RegexOptions.CultureInvariant)]
    private static partial Regex Spaced();

    [GeneratedRegex(@"[ \t]{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();

    [GeneratedRegex(@"[ \t._-]", RegexOptions.CultureInvariant)]
    private static partial Regex Between();

    // Where single blanks do not tell words apart.
    [GeneratedRegex("proprietary|confidential|commercial|unauthori[sz]ed|prohibited|forbidden|licen[sc]ed?|reserved|rights|secret|copying"
        + "|copy|donot|only|internal|gpl|use", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Stem();
}
