using System.Text.RegularExpressions;
using XCoder.Analysis.Repositories.Licences.Words;

namespace XCoder.Analysis.Repositories.Licences.Heads;

/// <summary>
/// What stands beside a notice in a comment. In the notice's paragraph, behind it, nothing may stand that is not understood; in the
/// next one nothing that takes back, but a description of the file may. What leads to the text of a licence belongs to it.
/// </summary>
internal static partial class BesideNotice
{
    // Words of a short sentence, in which any word that limits is about terms, and of a title.
    private const int MostShort = 8, MostOfTitle = 12;

    /// <summary>Whether something takes a notice back, or could.</summary>
    /// <param name="plain">The comment.</param>
    /// <param name="texts">The licences whose texts stand in it.</param>
    /// <param name="named">Sentences that name a licence or the place where one stands.</param>
    /// <param name="others">Sentences that say nothing of terms.</param>
    public static bool TakesBack(PlainWords plain, LicenceParts texts, List<Sentence> named, List<Sentence> others)
    {
        if (named.Count + texts.Found.Count == 0)
        {
            return false;
        }

        var ends = plain.Paragraphs();
        var notices = named.ConvertAll(sentence => (sentence.Place, Paragraph: Of(sentence.Place)));
        notices.AddRange(texts.Found.SelectMany(part => new[] { plain.PlaceOf(part.From), plain.PlaceOf(part.To - 1) })
            .Select(place => (place, Of(place))));
        return others.Exists(other => Of(other.Place) is var paragraph && (notices.Exists(notice => notice.Paragraph == paragraph
                && notice.Place < other.Place) ? !IsUnderstood(other.Text)
            : notices.Exists(notice => notice.Paragraph == paragraph - 1) && Limits(other.Text)))
            || (texts.Found.Count > 0 && (LeadsBack(plain, texts.Found[0].From)
                || others.Exists(other => other.Place < plain.PlaceOf(texts.Found[0].From) && IsAnotherTitle(other.Text))));

        int Of(int place) => ends.BinarySearch(place) is var at and >= 0 ? at + 1 : ~ends.BinarySearch(place);
    }

    private static bool IsUnderstood(string text) => !Leads(text)
        && (LicenceRest.IsHint(PlainWords.Join(text)) || (TermsReader.IsOfNames(text) && !Limits(text, isOfNames: true))
            || TermsReader.Describes(text));

    /// <summary>Whether a sentence beside a notice takes it back, or could.</summary>
    /// <param name="text">The sentence.</param>
    /// <param name="isOfNames">Whether it holds but names, of which some hold words that limit elsewhere.</param>
    public static bool Limits(string text, bool isOfNames = false)
    {
        var words = LicenceWords.Harmless.Replace(PlainWords.Join(text), " ");
        var count = words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return !IsDirective(text) && (Leads(text) || LicenceWords.Qualifies.IsMatch(words)
            || LicenceWords.Elsewhere.IsMatch(text.ToLowerInvariant())
            || (count <= MostShort && (LicenceWords.Beside.IsMatch(words) || (!isOfNames && LicenceWords.Limits(words))
                || (!English().IsMatch(words) && LicenceWords.Negations.IsMatch(text.ToLowerInvariant()))
                || LicenceWords.Strangers.IsMatch(words))));
    }

    /// <summary>Whether a sentence leads to other terms.</summary>
    public static bool Leads(string text) => Marks.NameAnotherFile(text)
        || Address().Matches(text).Any(address => Marks.IsOfOtherTerms(address.Value));

    private static bool IsDirective(string text)
    {
        if (Directive().Match(text) is not { Success: true } directive)
        {
            return false;
        }

        var prose = string.Join(' ', Prose().Matches(directive.Groups["rest"].Value).Select(word => word.Value.ToLowerInvariant()));
        return !English().IsMatch(prose) && !LicenceWords.Limits(prose) && !LicenceWords.Beside.IsMatch(prose)
            && !LicenceWords.Strangers.IsMatch(prose) && !LicenceWords.Elsewhere.IsMatch(prose) && !LicenceWords.Negations.IsMatch(prose);
    }

    // "No permission is hereby granted": the words of its sentence before a text.
    private static bool LeadsBack(PlainWords plain, int from)
    {
        var text = from == 0 ? "" : plain.Text(0, from);
        var words = PlainWords.Join(text[(End().Matches(text) is { Count: > 0 } ends ? ends[^1].Index + ends[^1].Length : 0)..]);
        return LicenceWords.Speaks(LicenceWords.Harmless.Replace(words, " "));
    }

    private static bool IsAnotherTitle(string text) => PlainWords.Join(text) is var words && Title().IsMatch(words)
        && words.Count(letter => letter == ' ') < MostOfTitle && !LicenceRest.IsHarmless(words, LicenceRest.Place.Head);

    [GeneratedRegex(@"[.!?:;\u0001]\s|\n[\s*#/;%-]*\n|\u0001", RegexOptions.CultureInvariant)]
    private static partial Regex End();

    [GeneratedRegex(@"\b(?:mit|bsd|isc|apache|zlib|license)\b.*\blicense\b|\blicense\b.*\b(?:version|edition)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Title();

    [GeneratedRegex(@"\b(?:the|an?|of|is|are|to|and|for|with|this|it)\b", RegexOptions.CultureInvariant)]
    private static partial Regex English();

    // What is meant for a compiler or another program. People write so, too, but in words: "eslint: not for sale".
    [GeneratedRegex(@"^\W*(?:go:\w+|\+build|eslint|tslint|pylint|nolint|clang-format|vim:|coding[:=]|@flow|@ts-|jshint|istanbul)"
        + @"(?<rest>[^.\n]*)$")]
    private static partial Regex Directive();

    // Words with blanks around them; of names and options, such as max-len=80, the parts say nothing.
    [GeneratedRegex(@"(?<!\S)\p{L}+(?=[.,;:]?(?:\s|$))")]
    private static partial Regex Prose();

    [GeneratedRegex(@"(?:https?|ftp)://\S+|\bwww\.\S+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
