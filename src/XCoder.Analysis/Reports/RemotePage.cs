using System.Text.RegularExpressions;

namespace XCoder.Analysis.Reports;

/// <summary>
/// Where a repository and its files stand on the web. The address of a remote comes from a repository's configuration, so it is untrusted:
/// only a plain host and path make a page. The page is always https, without user, query or fragment.
/// </summary>
/// <param name="Repository">Address of the repository.</param>
/// <param name="Files">
/// What a file's path, percent-encoded, is appended to for its page at the commit; null if the host's addresses or the commit are unknown.
/// </param>
/// <param name="Lines">
/// What follows for lines; <c>{start}</c> and <c>{end}</c> stand for the first and the last. Empty without files.
/// </param>
internal sealed partial record RemotePage(string Repository, string? Files, string Lines)
{
    // Hosts by the begin of a label of their name, so that an instance of one's own, such as gitlab.example.org, is known too.
    private static readonly (string Host, string Files, string Lines)[] Hosts =
    [
        ("github", "blob", "#L{start}-L{end}"),
        ("gitlab", "-/blob", "#L{start}-{end}"),
        ("bitbucket", "src", "#lines-{start}:{end}"),
        ("codeberg", "src/commit", "#L{start}-L{end}"),
        ("gitea", "src/commit", "#L{start}-L{end}"),
        ("forgejo", "src/commit", "#L{start}-L{end}"),
    ];

    /// <summary>Returns the pages of a repository, or null if its remote has no address of a known form.</summary>
    /// <param name="remote">Address of the remote: https, http, ssh, git, or <c>user@host:path</c>; null without one.</param>
    /// <param name="commit">Hash of the commit in full; null without one.</param>
    public static RemotePage? Of(string? remote, string? commit)
    {
        var match = Address().Match(remote ?? "");
        var path = match.Groups["path"].Value.TrimEnd('/');
        path = path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path;
        if (!match.Success || path.Split('/') is not { Length: > 1 } parts || parts.Any(static part => part is "" or "." or ".."))
        {
            return null;
        }

        var host = match.Groups["host"].Value.ToLowerInvariant();
        var repository = $"https://{host}{match.Groups["port"].Value}/{path}";
        var known = Array.Find(Hosts, rule => host.Split('.').Any(label => label.StartsWith(rule.Host, StringComparison.Ordinal)));
        return known.Host is null || !Commit().IsMatch(commit ?? "") ? new RemotePage(repository, null, "")
            : new RemotePage(repository, $"{repository}/{known.Files}/{commit}/", known.Lines);
    }

    // A port is kept only where it is that of the web server.
    [GeneratedRegex("""
        ^(?:https://(?:[^/@]*@)?(?<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?<port>:[0-9]{1,5})?/
        |(?:http|ssh|git)://(?:[^/@]*@)?(?<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)(?::[0-9]{1,5})?/
        |(?:[A-Za-z0-9._-]+@)?(?<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+):)
        (?<path>[A-Za-z0-9._~+/-]+)\z
        """, RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Address();

    [GeneratedRegex(@"^(?:[0-9a-f]{40}|[0-9a-f]{64})\z", RegexOptions.NonBacktracking)]
    private static partial Regex Commit();
}
