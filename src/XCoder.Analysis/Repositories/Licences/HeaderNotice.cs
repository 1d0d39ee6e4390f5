using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>The licence that the comment at the head of a file grants, or withholds, in words.</summary>
internal static partial class HeaderNotice
{
    private const int MostBytes = 6 * 1024;
    private const int MostKnown = 1024;

    /// <summary>The SPDX expression of a notice; <c>NOASSERTION</c> where it withholds; null where there is none.</summary>
    /// <param name="text">The file's text; its beginning is enough.</param>
    /// <param name="known">What other files' notices say: most files of a repository have the same.</param>
    public static string? Find(ReadOnlySpan<byte> text, ConcurrentDictionary<string, string?> known)
    {
        var head = text[..Math.Min(text.Length, MostBytes)];
        if (!MayHold(head))
        {
            return null;
        }

        var comment = Comment(Encoding.UTF8.GetString(head));
        if (known.TryGetValue(comment, out var found))
        {
            return found;
        }

        found = comment.Length == 0 ? null : Read(comment);
        if (known.Count < MostKnown)
        {
            known.TryAdd(comment, found);
        }

        return found;
    }

    private static string? Read(string comment)
    {
        var words = string.Join(' ', LicenceText.Words(comment));
        var gnu = Gnu().Match(words) is { Success: true } forward ? forward : GnuOf().Match(words);
        if (gnu.Success)
        {
            return LicenceNames.GnuId(gnu, gnu.Groups["later"].Success);
        }

        return Granted(words, comment) ?? (Withholds().IsMatch(words) ? SpdxTag.NoAssertion : null);
    }

    // Cheap: most files say nothing of the kind.
    private static bool MayHold(ReadOnlySpan<byte> head) =>
        Contains(head, "icens"u8) || Contains(head, "icenc"u8) || Contains(head, "ICENS"u8) || Contains(head, "onfidential"u8)
        || Contains(head, "ONFIDENTIAL"u8) || Contains(head, "roprietary"u8) || Contains(head, "ROPRIETARY"u8)
        || Contains(head, "nauthori"u8) || Contains(head, "rohibit"u8) || Contains(head, "ermission"u8)
        || Contains(head, "edistribution"u8) || Contains(head, "rade secret"u8) || Contains(head, "ublic domain"u8);

    private static bool Contains(ReadOnlySpan<byte> text, ReadOnlySpan<byte> part) => text.IndexOf(part) >= 0;

    private static string? Granted(string words, string comment) =>
        words.Contains("permission is hereby granted free of charge", StringComparison.Ordinal)
        || words.Contains("redistribution and use in source and binary forms", StringComparison.Ordinal)
        || words.Contains("licensed under the apache license version 2 0", StringComparison.Ordinal)
        || words.Contains("any purpose with or without fee is hereby granted", StringComparison.Ordinal)
        || words.Contains("business source license 1 1", StringComparison.Ordinal)
        || words.Contains("boost software license version 1 0", StringComparison.Ordinal)
            ? LicenceText.Recognise(comment)
                ?? (words.Contains("apache license", StringComparison.Ordinal) && !Changes().IsMatch(words) ? "Apache-2.0"
                    : SpdxTag.NoAssertion)
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
            var line = raw.Trim();
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

    [GeneratedRegex(@"\bsubject to the(?: terms of the)? mozilla public license(?: version| v)? (?<version>1 1|2 0)")]
    private static partial Regex Mozilla();

    [GeneratedRegex(@"\bunder the(?: terms of the)? eclipse public license(?: version| v)? ?(?<version>[12] 0)")]
    private static partial Regex Eclipse();

    [GeneratedRegex(@"\b(?:licensed|released|distributed|available) under(?: the)?(?: terms of(?: the)?)? (?<name>(?:the )?(?:mit"
        + @"|isc|apache|bsd \d clause|\d clause bsd|new bsd|simplified bsd|zlib|boost|unlicense)(?: software)?(?: license)?(?: (?:v"
        + @"|version))?(?: \d \d)?|[al]?gpl ?v? ?\d(?: \d)?(?: or later)?)\b")]
    private static partial Regex Licensed();

    [GeneratedRegex(@"\b(?:additional (?:conditions|terms|restrictions)|modified|commons clause|except|noncommercial"
        + @"|not for commercial)\b")]
    private static partial Regex Changes();

    [GeneratedRegex(@"\b(?:proprietary(?: and)? confidential|confidential(?: and)? proprietary|confidential (?:information|property"
        + @"|material|source|unpublished)|(?:strictly|company|highly) confidential|^confidential\b|trade secrets?"
        + @"|proprietary (?:information|software|and|license|code|to|source)|is proprietary|unauthorized (?:copying|use|reproduction"
        + @"|distribution|access|disclosure)|(?:may|must|can) not be (?:copied|used|reproduced|distributed|disclosed|modified)"
        + @"|without (?:the |prior |express |explicit |written )+(?:permission|consent|authorization|approval|agreement)"
        + @"|strictly (?:prohibited|forbidden)|all rights reserved (?:do not|no part|this)|no part of this|internal use only"
        + @"|commercial license|commercially licensed|subject to (?:the )?(?:license agreement|terms of (?:service|use))"
        + @"|end user license agreement|noncommercial|not for commercial|redistribution (?:is )?(?:not|prohibited|forbidden))")]
    private static partial Regex Withholds();
}
