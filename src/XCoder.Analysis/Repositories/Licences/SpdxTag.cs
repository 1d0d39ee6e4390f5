using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>SPDX licence expressions, and the tag that gives one in a file.</summary>
internal static class SpdxTag
{
    /// <summary>SPDX for: there is a statement, but not one that is understood.</summary>
    public const string NoAssertion = "NOASSERTION";

    /// <summary>Tags are looked for in so many bytes.</summary>
    public const int MaxBytes = 4096;

    // Beyond it files are data and programs' output.
    private const int MostSearched = 1 << 20;

    // Exceptions permit more; what is joined by WITH otherwise, such as the Commons Clause, takes back.
    private static readonly Regex Exception = new(
        @" WITH (?!\(*(?:(?:389|Asterisk(?:-linking-protocols)?|Autoconf|Bison|Bootloader|Classpath|CLISP|cryptsetup-OpenSSL|DigiRule-FOSS"
            + @"|eCos|erlang-otp-linking|Fawkes-Runtime|FLTK|Font|freertos|GCC|GNAT|GNOME-examples|GNU-compiler|gnu-javamail"
            + @"|GPL-3\.0-(?:interface|linking|linking-source|389-ds-base)|GStreamer|Gmsh|i2p-gpl-java|KiCad-libraries|LGPL-3\.0-linking"
            + @"|libpri-OpenH323|Libtool|LLVM|LZMA|mif|OCaml-LGPL-linking|OCCT|OpenJDK-assembly|openvpn-openssl|PCRE2|PS-or-PDF-font"
            + @"|QPL-1\.0-INRIA-2004|Qt-[A-Z]*GPL|Qwt|RRDtool-FLOSS|romic|SANE|stunnel|SWI|Swift|Texinfo|u-boot|UBDL|Universal-FOSS"
            + @"|vsftpd-openssl|WxWindows|x11vnc-openssl)-exception(?:-[a-z0-9.]+)?|Linux-syscall-note|GPL-CC-1\.0|SHL-2\.[01]"
            + @"|LLGPL)\)*(?: |$))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // The next line goes on with the expression.
    private static readonly Regex Line = new(@"(?m)^(?<before>[^\r\n]*?)SPDX-License-Identifier:(?<value>[^\r\n]*)"
        + @"(?<more>\r?\n[^\w\r\n]*(?:AND|OR|WITH) )?", RegexOptions.CultureInvariant);

    private static readonly Regex Ignored = new(@"REUSE-IgnoreStart(?s:.*?)(?:REUSE-IgnoreEnd|\z)", RegexOptions.CultureInvariant);

    private static readonly Regex Snippets = new(@"SPDX-SnippetBegin(?<text>(?s:.*?))(?:SPDX-SnippetEnd"
        + @"|\z)", RegexOptions.CultureInvariant);

    private static readonly Regex Licence = new(@"SPDX-License-Identifier:[^\r\n]*",
        RegexOptions.CultureInvariant);

    private static readonly Regex Holder = new(@"SPDX-(?:File|Snippet)CopyrightText:[ \t]*(?:copyright\b|©|\(c\))?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex Other = new(@"SPDX-[A-Za-z]+(?=:|\b):?", RegexOptions.CultureInvariant);

    private static ReadOnlySpan<byte> Tag => "SPDX-License-Identifier:"u8;

    private static readonly Regex LineSign = new(@"^\s*(?:#|//|--|;|%)", RegexOptions.CultureInvariant);

    private static readonly Regex Behind = new(@"(?:\*/|-->|#\}|\*\)|-\}|%>).*\p{L}", RegexOptions.CultureInvariant);

    private static readonly Regex Expression = new(
        @"^\(*[A-Za-z0-9][A-Za-z0-9.+:-]*\)*( (AND|OR|WITH) \(*[A-Za-z0-9][A-Za-z0-9.+:-]*\)*)*$",
        RegexOptions.CultureInvariant);

    /// <summary>
    /// The expression of the tags in the first 4 KiB, which hold together; <c>NOASSERTION</c> where one is no expression, null where
    /// there is none. A tag must open its line but for comment signs; what REUSE ignores, and what is of a snippet, does not count.
    /// </summary>
    public static string? Find(ReadOnlySpan<byte> text) =>
        text[..Math.Min(text.Length, MaxBytes)].IndexOf(Tag) < 0 ? null
            : Find(Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxBytes)]));

    /// <inheritdoc cref="Find(ReadOnlySpan{byte})"/>
    public static string? Find(string text) => Of(Snippets.Replace(Ignored.Replace(text, ""), ""));

    /// <summary>The expression of all tags of a file, where there are several; programs that join files leave the tags of each.</summary>
    public static string? FindAll(ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, MostSearched)];
        var (first, last) = (text.IndexOf(Tag), text.LastIndexOf(Tag));
        return first == last ? null : Find(Encoding.UTF8.GetString(text));
    }

    /// <summary>The expression of the tags of snippets, which are under other licences than the file; null where there are none.</summary>
    public static string? FindSnippets(string text)
    {
        var snippets = Snippets.Matches(Ignored.Replace(text, ""));
        return snippets.Count == 0 ? null
            : Of(string.Join('\n', snippets.Select(snippet => snippet.Groups["text"].Value))) ?? NoAssertion;
    }

    /// <summary>A text without the expressions of tags; what other tags hold stays, for it may say something of terms.</summary>
    public static string Strip(string text) => text.Contains("SPDX-", StringComparison.Ordinal)
        ? Other.Replace(Holder.Replace(Licence.Replace(text, tag => "\u0001" + End(tag.Value.TrimEnd())), "Copyright "), "") : text;

    // The sign that ends a comment stays.
    private static string End(string tag) => tag.EndsWith("*/", StringComparison.Ordinal) ? "*/"
        : tag.EndsWith("-->", StringComparison.Ordinal) ? "-->" : "";

    private static string? Of(string text)
    {
        var found = new List<string>();
        foreach (Match match in Line.Matches(text))
        {
            if (IsCommentSign(Encoding.UTF8.GetBytes(match.Groups["before"].Value)))
            {
                var value = match.Groups["value"].Value;
                found.Add(match.Groups["more"].Success || GoesOn(match.Groups["before"].Value, value) ? NoAssertion
                    : Check(value) ?? NoAssertion);
            }
        }

        return found.Count == 0 ? null : found.Contains(NoAssertion) ? NoAssertion : LicenceRecogniser.Combine(found, " AND ");
    }

    // Behind what ends another kind of comment, this one goes on: "# … MIT*/ not for sale".
    private static bool GoesOn(string before, string value) => LineSign.IsMatch(before) && Behind.IsMatch(value);

    /// <summary>The expression, tidied, or null where it is none, or joins something other than an exception to a licence.</summary>
    public static string? Check(string value)
    {
        foreach (var close in (string[])["*/", "-->", "#}", "*)", "-}", "%>", "\"\"\""])
        {
            var at = value.IndexOf(close, StringComparison.Ordinal);
            value = at < 0 ? value : value[..at];
        }

        value = string.Join(' ', value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).TrimEnd('*', '#', '/', '-', ' ');
        return value.Length is > 0 and <= 200 && Expression.IsMatch(value) && !Exception.IsMatch(value)
            && value.Count(c => c == '(') == value.Count(c => c == ')')
            ? value : null;
    }

    private static bool IsCommentSign(ReadOnlySpan<byte> before)
    {
        foreach (var value in before)
        {
            if (char.IsAsciiLetterOrDigit((char)value) && !before.TrimStart(" \t"u8).StartsWith("dnl "u8) && !before.StartsWith("REM "u8))
            {
                return false;
            }
        }

        return before.IndexOfAny("\"="u8) < 0 || before.TrimStart(" \t"u8).StartsWith("\"\"\""u8);
    }
}
