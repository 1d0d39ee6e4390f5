using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>What the comment at the head of a file says of its licence, in words.</summary>
/// <param name="Spdx">
/// The SPDX expression; <c>NOASSERTION</c> where the notice withholds or is not understood; null where there is none.
/// </param>
/// <param name="IsWithheld">Whether it withholds.</param>
internal readonly record struct Notice(string? Spdx, bool IsWithheld);

/// <summary>The licence that the comment at the head of a file grants, or withholds, in words.</summary>
internal static partial class HeaderNotice
{
    private const int MostBytes = 6 * 1024;
    private const int MostKnown = 1024;

    // Without one of these, no head is a notice: most files say nothing of the kind.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        ["licens", "licenc", "lizenz", "gpl", "confidential", "proprietary", "unauthori", "prohibit", "permission", "redistribution",
            "trade secret", "public domain", "commercial", "research", "academic", "educational", "eula", "internal use", "may not",
            "open source", "all rights reserved", "cecill", "cc by", "cc-by", "creative commons", "commons clause", "polyform",
            "customers only", "subscription", "busl", "sspl", "propri", "public license", "коммерч", "商用", "商业", "商業",
            "禁止", "kommerziell", "comercial", "仅供", "仅限", "不得", "無断", "금지", "상업",
            "verboten", "untersagt", "interdit", "prohib", "proib", "vietat", "запрещ"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The notice of a file.</summary>
    /// <param name="text">The file's text; its beginning is enough.</param>
    /// <param name="known">What other files' notices say: most files of a repository have the same.</param>
    public static Notice Find(ReadOnlySpan<byte> text, ConcurrentDictionary<string, Notice> known)
    {
        var head = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MostBytes)]);
        if (head.AsSpan().IndexOfAny(Signs) < 0)
        {
            return default;
        }

        var comment = Comment(head);
        if (comment.Length == 0 || comment.AsSpan().IndexOfAny(Signs) < 0)
        {
            return default;
        }

        if (known.TryGetValue(comment, out var found))
        {
            return found;
        }

        found = Read(comment);
        if (known.Count < MostKnown)
        {
            known.TryAdd(comment, found);
        }

        return found;
    }

    private static Notice Read(string comment)
    {
        var words = PlainWords.Join(comment);
        var gnu = Gnu().Match(words) is { Success: true } forward ? forward : GnuOf().Match(words);
        if (gnu.Success)
        {
            return new Notice(LicenceNames.GnuId(gnu, gnu.Groups["later"].Success), false);
        }

        if (IsText(words) && LicenceRecogniser.Recognise(comment) is { } text)
        {
            return new Notice(text, false);
        }

        // The name of a permissive licence says little where the head withholds, too.
        var spdx = Granted(words) ?? Named(comment);
        return spdx is not null && LicenceText.ClassOf(spdx) is not (null or LicenceClass.Permissive) ? new Notice(spdx, false)
            : LicenceWords.Withholds.IsMatch(words) || LicenceWords.Elsewhere.IsMatch(words) ? new Notice(SpdxTag.NoAssertion, true)
            : spdx is not null ? new Notice(spdx, false) : default;
    }

    // "License: MIT", "@license Apache-2.0"; a name that is not known withholds, and a file is read elsewhere.
    private static string? Named(string comment)
    {
        if (Field().Match(comment) is not { Success: true } field)
        {
            return null;
        }

        var written = field.Groups["name"].Value.Trim(' ', '\t', '*', '.', ',', ';', '"', '\'');
        var name = Place().Replace(written, "");
        return LicenceWords.Speaks(PlainWords.Join(written[name.Length..])) ? SpdxTag.NoAssertion
            : LicenceNames.Of(name)
            ?? (SpdxTag.Check(name) is { } spdx && IsKnown(spdx) ? spdx
            : field.Groups["colon"].Success && !File().IsMatch(name) ? SpdxTag.NoAssertion : null);
    }

    private static bool IsKnown(string spdx) => spdx.Split(' ').Where(word => word is not ("AND" or "OR" or "WITH"))
        .All(word => LicenceText.ClassOf(word.Trim('(', ')')) is not null);

    // Whether a head holds the text of a licence, or what its text says to write there.
    private static bool IsText(string words) =>
        words.Contains("permission is hereby granted free of charge", StringComparison.Ordinal)
        || words.Contains("redistribution and use in source and binary forms", StringComparison.Ordinal)
        || words.Contains("licensed under the apache license version 2 0", StringComparison.Ordinal)
        || words.Contains("any purpose with or without fee is hereby granted", StringComparison.Ordinal)
        || words.Contains("business source license 1 1", StringComparison.Ordinal)
        || words.Contains("boost software license version 1 0", StringComparison.Ordinal);

    private static string? Granted(string words) =>
        IsText(words) ? (Changes().IsMatch(words) ? SpdxTag.NoAssertion
            : words.Contains("licensed under the apache license version 2 0", StringComparison.Ordinal) ? "Apache-2.0"
            : BoostHead().IsMatch(words) ? "BSL-1.0" : SpdxTag.NoAssertion)
        : Mozilla().Match(words) is { Success: true } mozilla ? $"MPL-{mozilla.Groups["version"].Value.Replace(' ', '.')}"
        : Eclipse().Match(words) is { Success: true } eclipse ? $"EPL-{eclipse.Groups["version"].Value.Replace(' ', '.')}"
        : Licensed().Match(words) is { Success: true } named && !Changes().IsMatch(words) ? LicenceNames.Of(named.Groups["name"].Value)
        : null;

    // The comments before the first line of code, without their signs. A licence stands in a comment, not in a text.
    private static string Comment(string head)
    {
        var kept = new StringBuilder();
        string? close = null;
        foreach (var raw in head.Split('\n'))
        {
            var line = raw.Contains("SPDX-", StringComparison.Ordinal) ? Tag().Replace(raw, "").Trim() : raw.Trim();
            if (close is not null)
            {
                var end = line.IndexOf(close, StringComparison.Ordinal);
                kept.Append(end < 0 ? line : line[..end]).Append('\n');
                close = end < 0 ? close : null;
                continue;
            }

            if (line.Length == 0 || line.StartsWith("#!", StringComparison.Ordinal) || line.StartsWith("<?", StringComparison.Ordinal)
                || line is "%YAML" or "---" or "package main")
            {
                continue;
            }

            if (Block().Match(line) is { Success: true } block)
            {
                var open = block.Value.TrimStart('r', 'R', 'u', 'U');
                close = open switch { "/*" => "*/", "<!--" => "-->", "(*" => "*)", "{-" => "-}", "--[[" => "]]", "=begin" => "=end",
                    "#=" => "=#", "<#" => "#>", "%{" => "%}", "#|" => "|#", _ => open };
                var rest = line[block.Length..];
                var end = rest.IndexOf(close, StringComparison.Ordinal);
                kept.Append(end < 0 ? rest : rest[..end]).Append('\n');
                close = end < 0 ? close : null;
            }
            else if (Sign().Match(line) is { Success: true } sign)
            {
                kept.Append(line.AsSpan(sign.Length)).Append('\n');
            }
            else if (kept.Length > 0)
            {
                break;
            }
            else if (!Opening().IsMatch(line))
            {
                return "";
            }
        }

        return kept.ToString();
    }

    [GeneratedRegex("^(?:/\\*|<!--|\\(\\*|\\{-|--\\[\\[|=begin|#=|<#|%\\{|#\\||[rRuU]?\"\"\"|[rRuU]?''')")]
    private static partial Regex Block();

    [GeneratedRegex(@"^(?://+|#+(?!\[|include|define|import|pragma|if)|--+|;+|%+|'|!|\*+(?=\s|$)|dnl\b|REM\b|rem\b|\.\\"")")]
    private static partial Regex Sign();

    // What may stand before a file's comment.
    [GeneratedRegex(@"^(?:<\w|package\b|namespace\b|['""]use strict['""]|@charset|#\[|#include|#ifndef|#define|#pragma|#!"
        + @"|import\b|using\b|module\b"
        + @"|library\b|\{|declare\b|\xEF|\uFEFF)")]
    private static partial Regex Opening();

    [GeneratedRegex(@"\bgnu (?:(?<kind>affero|lesser|library) )?general public license(?: [al]?gpl)?"
        + @"(?: as published by the free software foundation(?: inc)?)?(?: (?:either|under|in|the|of|terms))*(?: version"
        + @"| v) ?(?<major>[123])(?: (?<minor>[01]))?(?: only)?(?<later>(?: of the license)?"
        + @"(?: as published by the free software foundation(?: inc)?)? or(?: at your option)? any later| or later| or newer)?")]
    private static partial Regex Gnu();

    [GeneratedRegex(@"\bversion (?<major>[123])(?: (?<minor>[01]))?(?<later>(?: of the license)? or(?: at your option)?"
        + @" any later version| or later)? of the gnu (?:(?<kind>affero|lesser|library) )?general public license")]
    private static partial Regex GnuOf();

    [GeneratedRegex(@"\bdistributed under the boost software license version 1 0 (?:see )?(?:the )?(?:accompanying )?(?:file|see|copy)\b")]
    private static partial Regex BoostHead();

    [GeneratedRegex(@"\bsubject to the(?: terms of the)? mozilla public license(?: version| v)? (?<version>1 1|2 0)")]
    private static partial Regex Mozilla();

    [GeneratedRegex(@"\bunder the(?: terms of the)? eclipse public license(?: version| v)? ?(?<version>[12] 0)")]
    private static partial Regex Eclipse();

    [GeneratedRegex(@"\b(?:licensed|released|distributed|available) under(?: the)?(?: terms of(?: the)?)? (?<name>(?:the )?(?:mit"
        + @"|isc|apache|bsd \d clause|\d clause bsd|new bsd|simplified bsd|zlib|boost|unlicense)(?: software)?(?: license)?(?: (?:v"
        + @"|version))?(?: \d \d)?|[al]?gpl ?v? ?\d(?: \d)?(?: or later)?)\b")]
    private static partial Regex Licensed();

    [GeneratedRegex(@"\b(?:additional (?:conditions|terms|restrictions)|modified|commons clause|except(?! in compliance with)"
        + @"|noncommercial|not for commercial|may not use this \w+ (?!except)|not (?:licensed|released|distributed|available) under)\b")]
    private static partial Regex Changes();

    [GeneratedRegex(@"^\W*(?:@licen[sc]e\s*(?<colon>[:=])?|(?:licen[sc]e|lizenz|licencia|licensed under)\s*(?<colon>:))[ \t]*"
        + @"(?<name>[^\r\n]{1,80})",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Field();

    // Tags are read elsewhere.
    [GeneratedRegex(@"SPDX-[^\r\n]*?(?=\*/|-->|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    // Of an address, and of what follows a name, nothing counts.
    [GeneratedRegex(@"https?://(?:www\.)?(?:opensource|spdx|apache)\.org/licenses/|[-_.](?:license)?\.?(?:php|html|txt)?$"
        + @"|\s*[(\[].*$|,? see .*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"^(?:see|in|refer|read|found|cf)?\b.{0,40}\b(?:LICEN[SC]E|COPYING|README)\b(?:\.\w+)?.{0,40}$",
        RegexOptions.CultureInvariant)]
    private static partial Regex File();
}
