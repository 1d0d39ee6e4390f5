using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences.Heads;

/// <summary>
/// What the code itself gives as its licence: <c>__license__ = "MIT"</c>, <c>MODULE_LICENSE("GPL")</c>, <c>_LICENSE = [[…]]</c>, the
/// <c>copyright</c> of a C program.
/// </summary>
internal static partial class AssignedNotice
{
    /// <summary>What a text gives.</summary>
    /// <param name="code">Lines of a program.</param>
    public static Notice Find(string code)
    {
        if (!code.Contains("icense", StringComparison.OrdinalIgnoreCase) && !code.Contains("icence", StringComparison.OrdinalIgnoreCase)
            && !code.Contains("opyright", StringComparison.OrdinalIgnoreCase) && !code.Contains("#pragma", StringComparison.Ordinal)
            && !code.Contains("#ident", StringComparison.Ordinal))
        {
            return default;
        }

        var ids = Assignment().Matches(code).SelectMany(match => match.Groups["value"].Captures).Select(capture =>
            LicenceNames.Of(capture.Value) ?? Kernel(capture.Value)
            ?? (SpdxTag.Check(capture.Value) is { } spdx && TermsReader.IsKnown(spdx) ? spdx
                : TermsReader.IsFile(capture.Value) ? null : SpdxTag.NoAssertion)).OfType<string>().ToList();
        var withholds = AssignedCopyright().Match(code) is { Success: true } copyright
            && PlainWords.Join(copyright.Groups["value"].Value) is var words
            && (LicenceWords.Notices.IsMatch(words) || LicenceWords.WeakNotices.IsMatch(LicenceWords.Harmless.Replace(words, " ")));
        var texts = Texts().Matches(code).Select(text => TermsReader.Read(Value(text.Groups["value"]),
            text.Groups["licence"].Success)).Where(notice => notice.Spdx is not null).ToList();
        return withholds || ids.Contains(SpdxTag.NoAssertion) || texts.Exists(notice => notice.IsWithheld)
            ? new Notice(SpdxTag.NoAssertion, true)
            : ids.Count + texts.Count == 0 ? default
            : new Notice(LicenceFinder.Join([.. ids, .. texts.Select(notice => notice.Spdx!)], isChoice: false), false);
    }

    /// <summary>What the first line of a text begins to give.</summary>
    /// <param name="code">Lines of a program.</param>
    public static Notice Starts(string code)
    {
        var first = code.IndexOf('\n', StringComparison.Ordinal);
        return first < 0 ? Find(code) : Texts().Match(code) is { Success: true } text && text.Index <= first
            ? Find(code[..(text.Index + text.Length)]) : Find(code[..first]);
    }

    // Texts one after another, with what stands for the ends of lines.
    private static string Value(Group value) => value.Value.StartsWith("[[", StringComparison.Ordinal) ? value.Value[2..^2]
        : Parts().Matches(value.Value).Aggregate(new StringBuilder(), (all, part) => all.Append(part.Groups["part"].Value), all => all
            .Replace("\\n", "\n").Replace("\\t", " ").Replace("\\\"", "\"").Replace("@(#)", "").ToString());

    // The names that Linux has for the licences of its modules (include/linux/module.h).
    private static string? Kernel(string value) => value switch
    {
        "GPL" or "GPL and additional rights" => "GPL-2.0-or-later",
        "GPL v2" => "GPL-2.0-only",
        "Dual MIT/GPL" => "MIT OR GPL-2.0-only",
        "Dual BSD/GPL" => "BSD-3-Clause OR GPL-2.0-only",
        "Dual MPL/GPL" => "MPL-1.1 OR GPL-2.0-only",
        _ => null,
    };

    [GeneratedRegex(@"^[ \t]*(?:__licen[sc]e__|(?:export |readonly |const |final |\w+\.|@)?_?LICEN[SC]E|MODULE_LICENSE|#!\[doc"
        + @"|\[assembly:[\w .]{0,40}Metadata\(""License"",)"
        + @"[ \t]{0,8}[=(:]?[ \t]{0,8}[\[(]?[ \t]{0,8}(?:[""'](?:License: )?(?<value>[^""'\r\n]{1,120})[""'][ \t,]{0,8}){1,9}",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^[ \t]*(?:__copyright__\s*=|\[assembly:\s*AssemblyCopyright\()\s*[""'](?<value>[^""'\r\n]{1,300})",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex AssignedCopyright();

    [GeneratedRegex(@"^[ \t]*(?:(?:(?:[\w:]+[ \t*&]+){0,6}|[\w.@$]*)_{0,2}(?:copyright|(?<licence>licen[sc]e))"
        + @"(?:_?(?:text|notice|info|string))?"
        + @"(?:[ \t]*\[\w*\])?[ \t]*(?::[ \t]*[&'\w ]{1,30})?[ \t]*:?=\s*|#[ \t]*(?:pragma[ \t]+(?:comment[ \t]*\([ \t]*(?:copyright|user"
        + @"|exestr)[ \t]*,|ident|copyright)|ident)[ \t]*\(?[ \t]*)"
        + @"(?<value>\[\[[^\]]{1,4000}\]\]|(?:""(?:\\.|[^""\\\n]){1,400}""[\s+.\\]*){1,60}|(?:'(?:\\.|[^'\\\n]){1,400}'[\s+.\\]*){1,60})",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Texts();

    [GeneratedRegex(@"""(?<part>(?:\\.|[^""\\\n])*)""|'(?<part>(?:\\.|[^'\\\n])*)'", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
