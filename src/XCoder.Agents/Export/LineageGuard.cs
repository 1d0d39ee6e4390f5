using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Agents.Redaction;
using XCoder.Agents.Rows;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Export;

/// <summary>
/// Replaces e-mail addresses, user names and secrets in the origin of exported rows: paths, names and addresses of repositories, and
/// sources of notices. The workspace itself keeps them. Within a workspace a value always has the same placeholder, such as
/// <c>&lt;EMAIL_1a2b3c4d&gt;</c> or <c>&lt;USER_1a2b3c4d&gt;</c>; without the workspace's id the value cannot be found from it. Safe for
/// concurrent use.
/// </summary>
/// <param name="mark">The workspace's mark, which keys the placeholders; with null they are a plain hash.</param>
internal sealed partial class LineageGuard(ExportMark? mark)
{
    private const string User = "USER";
    private const int Digits = 8;

    private static readonly SensitiveTextGuard Secrets = new();

    /// <summary>Replaces sensitive values in a row's lineage and concept; returns the same row if there are none.</summary>
    public InstructionRow Apply(InstructionRow row)
    {
        var lineage =
            row.Lineage.Select(
                place => place with { Repository = Text(place.Repository), Remote = place.Remote is { } remote ? Text(remote) : null,
                    Path = Text(place.Path) }).ToList();
        var concept = row.Concept is { } name ? Text(name) : null;
        return concept == row.Concept && lineage.SequenceEqual(row.Lineage) ? row : row with { Lineage = lineage, Concept = concept };
    }

    /// <summary>Replaces sensitive values in a notice's source. The notice's text stays unchanged, as licences require.</summary>
    public LicenceNotice Apply(LicenceNotice notice) => notice with { Repository = Text(notice.Repository), Source = Text(notice.Source) };

    /// <summary>Replaces sensitive values in a path, a name or an address.</summary>
    public string Text(string text)
    {
        var named = Homes().Replace(text, match => match.Groups["before"].Value + Placeholder(User, match.Groups["name"].Value));
        named = Logins()
            .Replace(named, match => Accounts().IsMatch(match.Groups["name"].Value) ? match.Value
                : match.Groups["before"].Value + Placeholder(User, match.Groups["name"].Value) + match.Groups["after"].Value);
        return string.Join('/', named.Split('/').Select(Part));
    }

    // Works on one part of a path, because the rules for text would take the slash before an address as a part of it.
    private string Part(string part)
    {
        var text = Mails()
            .Replace(part, match => Mail(match) is var length and > 0
                ? Placeholder(SensitiveKind.Email.Placeholder, match.Value[..length].ToLowerInvariant()) + match.Value[length..]
                : match.Value);
        foreach (var finding in Secrets.Find(text).OrderByDescending(finding => finding.Start))
        {
            text = string.Concat(text.AsSpan(0, finding.Start), Placeholder(finding.Kind.Placeholder, text[finding.Start..finding.End]),
                text.AsSpan(finding.End));
        }

        return text;
    }

    // Length up to the last label that is a top-level domain; the rest is the file's ending. Zero if there is none.
    private static int Mail(Match match)
    {
        var (end, length) = (match.Groups["domain"].Index - match.Index, 0);
        var labels = match.Groups["domain"].Value.Split('.');
        for (var i = 0; i < labels.Length; i++)
        {
            end += labels[i].Length + (i > 0 ? 1 : 0);
            length = i > 0 && SensitiveRules.Default.Tlds.Contains(labels[i].ToLowerInvariant()) ? end : length;
        }

        return Sizes().IsMatch(labels[0]) || Accounts().IsMatch(match.Value.Split('@')[0]) ? 0 : length;
    }

    private string Placeholder(string word, string value) =>
        $"<{word}_{(mark?.Pseudonym(value) ?? HexHash.Of(value))[..Digits]}>";

    [GeneratedRegex(@"(?<![\w.+%-])[A-Za-z0-9_][\w.+%-]{0,63}?(?:@|%40)"
        + @"(?<domain>[A-Za-z0-9][A-Za-z0-9-]{0,62}(?:\.[A-Za-z0-9-]{1,63}){1,8})")]
    private static partial Regex Mails();

    // Home folders where systems place them: at the beginning of a path, or recognised by typical sub-folders.
    [GeneratedRegex(@"(?<before>(?:^|[/\\])(?:[A-Za-z]:[/\\])?(?:Users|Documents and Settings|export/home|usr/home)[/\\]"
        + @"|(?:^/?|://[^/]*/|[A-Za-z]:[/\\])(?:home|users)[/\\]"
        + @"|/home/(?=[^/]+/(?:\.|Desktop|Documents|Downloads|Library|[Pp]rojects?/|[Ww]orkspaces?/|src/|git/|dev/|code/|repos?/)))"
        + @"(?<name>[^/\\<>]+)(?=[/\\]|$)")]
    private static partial Regex Homes();

    // Matches login@host:path and ssh://login@host. An address within a path is an e-mail address, which Mails matches.
    [GeneratedRegex(@"(?<before>^|://)(?<name>[A-Za-z0-9_][\w.+-]*)(?<after>@(?:[A-Za-z0-9.-]+:|(?<=://[^/]*)[A-Za-z0-9.-]+))")]
    private static partial Regex Logins();

    [GeneratedRegex("^(?:git|hg|svn|gitea|gitlab|gitolite|forgejo|anonymous|www-data)$")]
    private static partial Regex Accounts();

    [GeneratedRegex("^[0-9]+(?:[.,][0-9]+)?x$")]
    private static partial Regex Sizes();
}
