using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>
/// Sentences that name licences: "Gson is released under the Apache 2.0 license", "licensed under either of MIT or Apache-2.0 at your
/// option". All of a sentence must be understood but for its subject, which may be anything that takes nothing back.
/// </summary>
internal static partial class LicenceStatement
{
    private const int LongestName = 12, MostNames = 3, MostWords = 80, MostUnverbed = 5;

    /// <summary>The SPDX expression of a sentence or two that name licences, or null.</summary>
    /// <param name="words">The words, lower-case, with single spaces.</param>
    public static string? Of(string words)
    {
        if (LicenceNames.OfWords(words) is { } whole)
        {
            return whole;
        }

        var all = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (all.Length > MostWords)
        {
            return null;
        }

        var (names, others, at) = (new List<string>(), new List<string>(), 0);
        for (var i = 0; i < all.Length; i++)
        {
            if (Name(all, i) is var (spdx, length))
            {
                names.Add(spdx);
                others.Add(string.Join(' ', all[at..i]));
                (at, i) = (i + length, i + length - 1);
            }
        }

        if (names.Count is 0 or > MostNames)
        {
            return null;
        }

        // "MIT-style" is another licence.
        var rest = string.Join(' ', all[at..]);
        var isChoice = LicenceWords.Alternatives.IsMatch(words) || others.Skip(1).Any(between => Or().IsMatch(between))
            || Or().IsMatch(rest);
        return (Verb().IsMatch(others[0]) || Verb().IsMatch(rest) || all.Length <= MostUnverbed) && !Style().IsMatch(rest)
            && IsSubject(others[0]) && others.Skip(1).Append(rest).All(part => IsUnderstood(part) && !Style().IsMatch(part))
            ? isChoice && Dual().IsMatch(words) && names.Count == 2 ? LicenceRecogniser.Combine(names, " OR ")
            : LicenceFinder.Join(names, isChoice) : null;
    }

    /// <summary>Whether a sentence says nothing but where the licence of its subject stands.</summary>
    /// <param name="words">The words, lower-case, with single spaces.</param>
    public static bool IsHint(string words)
    {
        words = LicenceWords.Harmless.Replace(words, " ");
        var at = Granted().Match(words) is { Success: true } verb ? verb.Index : 0;
        return IsSubject(words[..at]) && IsUnderstood(words[at..]);
    }

    // The longest name that begins at a word.
    private static (string Spdx, int Length)? Name(string[] words, int from)
    {
        for (var length = LicenceNames.CanBegin(words[from]) ? Math.Min(LongestName, words.Length - from) : 0; length > 0; length--)
        {
            if (LicenceNames.OfWords(string.Join(' ', words, from, length)) is { } spdx)
            {
                return (spdx, length);
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a sentence only speaks of what a program does with licences: "Checks that a file is under the MIT licence."
    /// </summary>
    public static bool IsMention(string words) => LicenceWords.Mentions.StartsIn(words);

    private static bool IsSubject(string words) => !LicenceWords.Status.IsMatch(words) && !LicenceWords.Strangers.IsMatch(words)
        && !LicenceWords.Limits(string.Join(' ', LicenceWords.Harmless
            .Replace(LicenceWords.Alternatives.Replace(words, " "), " ").Split(' ')
            .Where(word => !LicenceWords.Hints.IsWhole(word) && !LicenceWords.Silent.IsWhole(word))));

    private static bool IsUnderstood(string words) => LicenceRest.IsHint(LicenceWords.Alternatives.Replace(words, " "));

    [GeneratedRegex(@"\b(?:licen[sc]e[ds]?|licensing|released|(?:re)?distribut(?:ed|able)|available|published|provided|covered"
        + @"|offered|under|subject)\b")]
    private static partial Regex Verb();

    [GeneratedRegex(@"\b(?:licensed|released|(?:re)?distribut(?:ed|able)|available|published|provided|covered|offered|governed|subject)\b")]
    private static partial Regex Granted();

    [GeneratedRegex(@"^(?:style|like|based|compatible|derived|inspired|type|variant|esque)\b")]
    private static partial Regex Style();

    // "Dual licensed under the MIT or GPL version 2 licenses."
    [GeneratedRegex(@"^(?:\w+ ){0,6}(?:dual|dually) licensed under (?:the )?(?:(?!and\b)\w+ ){1,8}or (?:(?!and\b)\w+ ?){1,8}$")]
    private static partial Regex Dual();

    [GeneratedRegex(@"\b(?:or|either)\b")]
    private static partial Regex Or();
}
