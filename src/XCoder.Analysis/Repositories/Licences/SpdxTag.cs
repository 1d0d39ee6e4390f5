using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>SPDX licence expressions, and the tag that gives one in a file.</summary>
internal static class SpdxTag
{
    /// <summary>SPDX for: there is a statement, but not one that is understood.</summary>
    public const string NoAssertion = "NOASSERTION";

    private const int MaxBytes = 4096;

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

    private static ReadOnlySpan<byte> Tag => "SPDX-License-Identifier:"u8;

    private static readonly Regex Expression = new(
        @"^\(*[A-Za-z0-9][A-Za-z0-9.+:-]*\)*( (AND|OR|WITH) \(*[A-Za-z0-9][A-Za-z0-9.+:-]*\)*)*$",
        RegexOptions.CultureInvariant);

    /// <summary>
    /// The expression of the tags in the first 4 KiB, which hold together; <c>NOASSERTION</c> where one is no expression, null where
    /// there is none. A tag must open its line but for comment signs.
    /// </summary>
    public static string? Find(ReadOnlySpan<byte> text)
    {
        var start = text[..Math.Min(text.Length, MaxBytes)];
        var found = new List<string>();
        for (var at = start.IndexOf(Tag); at >= 0; at = start.IndexOf(Tag))
        {
            var before = start[(start[..at].LastIndexOf((byte)'\n') + 1)..at];
            start = start[(at + Tag.Length)..];
            var end = start.IndexOfAny((byte)'\n', (byte)'\r');
            if (IsCommentSign(before))
            {
                found.Add(Check(Encoding.UTF8.GetString(start[..(end < 0 ? start.Length : end)])) ?? NoAssertion);
            }
        }

        return found.Count == 0 ? null : found.Contains(NoAssertion) ? NoAssertion : LicenceRecogniser.Combine(found, " AND ");
    }

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
