using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Heads;

/// <summary>
/// Notices in comments below the head of a file, in docstrings and in what the code gives as its licence: of code that was taken from
/// elsewhere, or at the file's end. They grant nothing, for they are of a part; but the file is under them, too.
/// </summary>
internal static partial class LaterNotices
{
    // Comments of a file that are read, and places where signs stand.
    private const int MostComments = 24, MostPlaces = 600;

    // Beyond it files are data and programs' output.
    private const int MostSearched = 1 << 20;

    // Characters around a sign that are looked at first, and of code that is assigned.
    private const int MostNear = 240, MostAssigned = 4096;

    // A head has at most as many characters.
    private const int MostHead = 6 * 1024;

    // What comments on terms hold. Few of them stand in programs.
    private static readonly string[] Signs =
    [
        "opyright", "(c) ", "gpl", "general public", "public licen", "onfidential", "roprietary", "cc by", "cc-by", "ative commons",
        "ativecommons", "licens", "licenc", "commercial", "redistribut", "reproduction", "republication", "reproduced", "reprinted",
        "prohibited", "forbidden", "publish", "disclos", "permission", "consent", "approval", "trade secret", "property of", "student",
        " nda", "teaching", "academic", "educational", "customer", "employer", "competitor", "outside the", "outside our", "beyond the",
        "leave the", "leave our", "closed source", "closed-source", "closed project", "not ship", "not share", "not copy", "not distribut",
        "not post", "not upload", "not for ", "source available", "source-available", "source licen", "polyform", "commons clause",
        "mpl 1", "mpl 2", "mpl-", "mplv", "epl-", "epl v", "epl 1", "epl 2", "cddl", "eupl", "resell", "leaked", "decompil", "disassembl",
        "resale", "appliance", "#pragma comment", "nu.org/", "spdx-",
    ];

    // What the code itself gives as its licence is called so.
    private static readonly string[] OfCode = ["icense", "icence", "opyright"];

    private static readonly SignSearch SignsOfAscii =
        new([.. Signs, .. LicenceWords.Foreign.Signs.Value!.Where(sign => sign.All(char.IsAscii))]);

    // Most texts hold but ASCII.
    private static readonly SearchValues<string> OtherSigns =
        SearchValues.Create([.. LicenceWords.Foreign.Signs.Value!.Where(sign => !sign.All(char.IsAscii)), "\u00A9"],
            StringComparison.OrdinalIgnoreCase);

    /// <summary>The strictest of a file's notices below its head.</summary>
    /// <param name="text">The file's text.</param>
    public static Notice Find(ReadOnlySpan<byte> text)
    {
        var letters = ArrayPool<char>.Shared.Rent(Math.Min(text.Length, MostSearched) + 1);
        try
        {
            return Find(letters.AsSpan(0, Encoding.UTF8.GetChars(text[..Math.Min(text.Length, MostSearched)], letters)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }
    }

    private static Notice Find(ReadOnlySpan<char> text)
    {
        if (Places(text) is not { } places)
        {
            return default;
        }

        // What stands in the head is read by HeaderNotice.
        _ = HeadComment.Read(text[..Math.Min(text.Length, MostHead)].ToString(), out var end);
        var (found, read) = (default(Notice), 0);
        for (var i = 0; i < places.Count && read < MostComments; i++)
        {
            if (places[i] < end || (i > 0 && places[i] < places[i - 1] + 2))
            {
                continue;
            }

            var isCode = IsAssigned(text, places[i]);
            if (!isCode && !IsClaim(Near(text, places[i]).ToString()))
            {
                continue;
            }

            var notice = At(text, places[i], ref end);
            read += notice is null ? 0 : 1;
            found = notice is not { } said ? found
                : new Notice(LicenceFinder.Stricter(found.Spdx, said.Spdx), found.IsWithheld || said.IsWithheld);
        }

        return found;
    }

    // What the comment, or the code, at a place says; null where it says nothing. A place above the end was read.
    private static Notice? At(ReadOnlySpan<char> text, int place, ref int end)
    {
        if (PlacedComment.Find(text, place) is not var (comment, below))
        {
            var start = text[..place].LastIndexOf('\n') + 1;
            var code = text[start..Math.Min(text.Length, place + MostAssigned)].ToString();
            return AssignedNotice.Starts(code) is { Spdx: not null } assigned ? assigned : null;
        }

        end = below;
        if (Section().Match(comment) is { Success: true } section)
        {
            var of = TermsReader.Read(section.Groups["text"].Value, isOfLicence: true);
            return of.Spdx is null ? null : of;
        }

        return !IsClaim(comment) ? null
            : TermsReader.Read(comment, isOfLicence: Claim().Match(comment) is { Success: true } claim && !claim.Groups["holder"].Success
                && !claim.Groups["tag"].Success);
    }

    // Where signs stand, in order; null where none does.
    private static List<int>? Places(ReadOnlySpan<char> text)
    {
        var (lines, runs, places) = (ArrayPool<char>.Shared.Rent(text.Length), new List<(int Kept, int Text)>(), new List<int>());
        try
        {
            ReadOnlySpan<char> kept = lines.AsSpan(0, CommentLines.Collect(text, lines, runs));
            SignsOfAscii.Find(kept, places, MostPlaces);
            var (from, most) = (0, Ascii.IsValid(kept) ? 0 : MostPlaces);
            for (var count = 0; count < most && kept[from..].IndexOfAny(OtherSigns) is >= 0 and var at; count++)
            {
                places.Add(from + at);
                from += at + 1;
            }

            for (var i = 0; i < places.Count; i++)
            {
                places[i] = PlaceOf(runs, places[i]);
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(lines);
        }

        foreach (var sign in OfCode)
        {
            var from = 0;
            for (var count = 0; count < MostPlaces
                && text[from..].IndexOf(sign, StringComparison.OrdinalIgnoreCase) is >= 0 and var at; count++)
            {
                places.Add(from + at);
                from += at + 1;
            }
        }

        places.Sort();
        return places.Count == 0 ? null : places;
    }

    private static int PlaceOf(List<(int Kept, int Text)> runs, int kept)
    {
        var at = runs.BinarySearch((kept, int.MaxValue));
        var (start, text) = runs[at < 0 ? ~at - 1 : at];
        return text + kept - start;
    }

    // The lines around a place.
    private static ReadOnlySpan<char> Near(ReadOnlySpan<char> text, int place)
    {
        var (from, to) = (Math.Max(0, place - MostNear), Math.Min(text.Length, place + MostNear));
        var above = text[from..place].LastIndexOf('\n') is >= 0 and var line
            ? text[from..(from + line)].LastIndexOf('\n') + 1 + from : from;
        return text[above..to];
    }

    private static bool IsClaim(string text)
    {
        var words = Words(text);
        return LicenceWords.Later.IsMatch(words) || LicenceWords.Foreign.IsMatch(words) || Claim().IsMatch(text)
            || TermsReader.Elsewhere().IsMatch(text);
    }

    // Whether a line could give something, such as _LICENSE = "…".
    private static bool IsAssigned(ReadOnlySpan<char> text, int place)
    {
        var line = text[(text[..place].LastIndexOf('\n') + 1)..];
        line = line[..Math.Min(line.Length, MostNear)];
        line = line[..(line.IndexOf('\n') is >= 0 and var end ? end : line.Length)];
        return (line.ContainsAny("=(") && line.ContainsAny("\"'[")) || line.TrimStart().StartsWith("#pragma ")
            || line.TrimStart().StartsWith("#ident ") || line.TrimEnd().EndsWith('=');
    }

    // As PlainWords has them, but at once.
    private static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (char.IsLetterOrDigit(letter) || (letter >= '\u0300' && char.IsSurrogate(letter))
                || (letter >= '\u0300' && char.GetUnicodeCategory(letter) is System.Globalization.UnicodeCategory.NonSpacingMark
                    or System.Globalization.UnicodeCategory.SpacingCombiningMark))
            {
                words.Append(char.ToLowerInvariant(letter));
            }
            else if (words.Length > 0 && words[^1] != ' ')
            {
                words.Append(' ');
            }
        }

        return words.Replace("licence", "license").ToString().Trim();
    }

    [GeneratedRegex(@"(?<holder>copyright|©|\(c\)(?<!\(b\)[\s\S]{0,600}\(c\))|copr\.)\W{0,4}(?:(?:\(c\)|©|by)\W{0,3})?"
        + @"(?:\d{4}|(?!sign\b)(?-i:\p{Lu}))"
        + @"|\ball rights reserved|(?<!\b(?:client|type) (?:is )?)\bconfidential(?>\W+|$)(?!\p{L}+s\b|client)"
        + @"|\bproprietary (?:to|and|of|software|code|information|property|source|material|section|part|block|notice|rights|licen\w+)\b"
        + @"|\b[al]?gpl|\bgeneral public licen|\bcc[ -]by|(?<tag>[@\\]licen[sc]e[ \t:]+\S)"
        + @"|(?-i:\b(?:MPL|EPL|CDDL|EUPL|SSPL|BUSL|OSL)\b[- v]{0,2}\d)"
        + @"|^[\s*#/;=]*(?:(?:head)?\d[ \t]+)?(?:[\w ]{0,20}\band[ \t]+)?licen[sc](?:e|es|ing)"
        + @"(?:[ \t]+and[ \t]+[\w ]{1,20})?[ \t]*:?[ \t]*$"
        + @"|^[\s*#/;=]*(?-i:L(?:icen[sc]e|ICEN[SC]E)):[ \t]*\S",
        RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Claim();

    // A section of a longer documentation.
    [GeneratedRegex(@"^[ \t*#/;=]*(?:(?:head)?\d[ \t]+)?(?:[\w ]{0,20}\band[ \t]+)?licen[sc](?:e|es|ing)"
        + @"(?:[ \t]+and[ \t]+[\w ]{1,20})?[ \t]*:?[ \t]*$(?:\s*^[ \t]*[-=~^]{3,}[ \t]*$)?(?<text>(?s:.{1,4000}?))"
        + @"(?=^[ \t*]*(?:\#+[ \t]|=head|=cut|=over)|^[^\n]+\n[ \t]*[-=~^]{3,}[ \t]*$|\z)",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Section();
}
