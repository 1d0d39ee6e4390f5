using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace XCoder.Analysis.Repositories.Licences;

/// <summary>The licence that the comment at the head of a file grants, or withholds, in words (<see cref="TermsReader"/>).</summary>
internal static partial class HeaderNotice
{
    private const int MostBytes = 6 * 1024;
    private const int MostKnown = 1024;

    /// <summary>The notice of a file.</summary>
    /// <param name="text">The file's text; its beginning is enough.</param>
    /// <param name="known">What other files' notices say: most files of a repository have the same.</param>
    public static Notice Find(ReadOnlySpan<byte> text, ConcurrentDictionary<string, Notice> known)
    {
        var head = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MostBytes)]);
        var assigned = Assigned(head);
        var comment = HeadComment.Of(head);
        if (string.IsNullOrWhiteSpace(comment))
        {
            return assigned;
        }

        if (!known.TryGetValue(comment, out var found))
        {
            found = TermsReader.Read(comment);
            if (known.Count < MostKnown)
            {
                known.TryAdd(comment, found);
            }
        }

        return found.IsWithheld || assigned.Spdx is null ? found : assigned.IsWithheld || found.Spdx is null ? assigned
            : new Notice(LicenceFinder.Join([found.Spdx, assigned.Spdx], isChoice: false), false);
    }

    // What the code itself gives as its licence: __license__ = "MIT", MODULE_LICENSE("GPL").
    private static Notice Assigned(string head)
    {
        if (!head.Contains("icense", StringComparison.OrdinalIgnoreCase) && !head.Contains("opyright", StringComparison.Ordinal))
        {
            return default;
        }

        var ids = Assignment().Matches(head).SelectMany(match => match.Groups["value"].Captures).Select(capture =>
            LicenceNames.Of(capture.Value) ?? Kernel(capture.Value)
            ?? (SpdxTag.Check(capture.Value) is { } spdx && TermsReader.IsKnown(spdx) ? spdx
                : TermsReader.IsFile(capture.Value) ? null : SpdxTag.NoAssertion)).OfType<string>().ToList();
        var withholds = AssignedCopyright().Match(head) is { Success: true } copyright
            && PlainWords.Join(copyright.Groups["value"].Value) is var words
            && (LicenceWords.Notices.IsMatch(words) || LicenceWords.WeakNotices.IsMatch(LicenceWords.Harmless.Replace(words, " ")));
        return withholds || ids.Contains(SpdxTag.NoAssertion) ? new Notice(SpdxTag.NoAssertion, true)
            : ids.Count == 0 ? default : new Notice(LicenceFinder.Join(ids, isChoice: false), false);
    }

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

    [GeneratedRegex(@"^[ \t]*(?:__licen[sc]e__|(?:export |readonly |const |final )?LICEN[SC]E|MODULE_LICENSE|#!\[doc"
        + @"|\[assembly:[\w .]{0,40}Metadata\(""License"",)"
        + @"[ \t]{0,8}[=(:]?[ \t]{0,8}[\[(]?[ \t]{0,8}(?:[""'](?:License: )?(?<value>[^""'\r\n]{1,120})[""'][ \t,]{0,8}){1,9}",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^[ \t]*(?:__copyright__\s*=|\[assembly:\s*AssemblyCopyright\()\s*[""'](?<value>[^""'\r\n]{1,300})",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex AssignedCopyright();
}
