using System.Collections.Concurrent;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Settings;

/// <summary>
/// Everything that takes code out of reports of a workspace: comments in the code, rules of <c>xcoder.json</c>, groups of
/// <c>xcoder.ignores.json</c>. What a repository says holds for its own code only.
/// </summary>
public sealed class IgnoreSet
{
    private readonly Dictionary<(string Repository, string Path), List<IgnoreComment>> _comments;
    private readonly Dictionary<string, RepositoryIgnores> _repositories;

    private IgnoreSet(IReadOnlyList<StoredIgnore> comments, IReadOnlyList<RepositoryIgnores> repositories, IReadOnlyList<string> problems)
    {
        (Comments, Repositories, Problems) = (comments, repositories, problems);
        _comments = comments.Where(static found => found.Comment.Holds).GroupBy(static found => (found.Repository, found.Path))
            .ToDictionary(static file => file.Key, static file => file.Select(static found => found.Comment).ToList());
        _repositories = repositories.ToDictionary(static repository => repository.Name);
    }

    /// <summary>Nothing.</summary>
    public static IgnoreSet None { get; } = new([], [], []);

    /// <summary>All comments, ordered by repository, path and line; those without reason or code ignore nothing.</summary>
    public IReadOnlyList<StoredIgnore> Comments { get; }

    /// <summary>The rules and groups of each repository.</summary>
    public IReadOnlyList<RepositoryIgnores> Repositories { get; }

    /// <summary>Files of settings that were left out, and why. Not yet made safe for a terminal.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>Whether nothing is ignored.</summary>
    public bool IsEmpty => _comments.Count == 0
        && Repositories.All(static repository => repository is { Folders.Count: 0, Groups.Count: 0 } && repository.Everywhere.Count == 0);

    /// <summary>A text that differs where what is ignored differs.</summary>
    public string Fingerprint => HexHash.Key([.. Comments.Select(static found => found.ToString()),
        .. Repositories.SelectMany(static repository => repository.Folders.SelectMany(static folder => folder.Value.Rules)
            .Concat(repository.Everywhere).Select(rule => $"{repository.Name} {rule} {string.Join(' ', rule.Kinds ?? [])}")
            .Concat(repository.Groups.SelectMany(static group =>
                group.Members.Select(member => $"{group.Group} {group.Reason} {member}"))))]);

    /// <summary>Reads what the repositories of a store say.</summary>
    /// <param name="store">The store.</param>
    /// <param name="everywhere">Rules of the user, which hold in every repository, relative to its root.</param>
    public static IgnoreSet Read(SnippetStore store, IReadOnlyList<PathRule> everywhere)
    {
        var (problems, repositories) = (new List<string>(), new List<RepositoryIgnores>());
        foreach (var (id, repository) in store.Repositories())
        {
            var folders = store.FileStates(id).Keys.Select(static path => path[..Math.Max(0, path.LastIndexOf('/'))]).Distinct();
            var settings = SettingsFiles.Of(repository.Name, repository.Root, folders, problems);
            repositories.Add(new RepositoryIgnores(repository.Name, everywhere,
                settings.Where(static folder => folder.Value.Rules.Count > 0).ToDictionary(),
                SettingsFiles.Groups(repository.Name, repository.Root, problems)?.Entries ?? []));
        }

        return new IgnoreSet(store.IgnoreComments(), repositories, problems);
    }

    /// <summary>Why a piece of code is not reported as a member of a duplicate; null if it is.</summary>
    /// <param name="snippet">The code.</param>
    /// <param name="kind">Kind of the duplicate.</param>
    /// <param name="similarity">Its similarity.</param>
    public IgnoreReason? Of(Snippet snippet, DuplicateKind kind, double similarity)
    {
        if (_comments.TryGetValue((snippet.Repository, snippet.Path), out var comments) && comments.Find(comment =>
            comment.StartByte <= snippet.Span.StartByte && snippet.Span.EndByte <= comment.EndByte) is { } comment)
        {
            return Of(snippet.Repository, snippet.Path, comment);
        }

        return _repositories.GetValueOrDefault(snippet.Repository)?.Of(snippet, kind, similarity);
    }

    /// <summary>
    /// Why members of a group are not reported: an entry of their repository covers all of the group. It speaks of the members in that
    /// repository only.
    /// </summary>
    /// <param name="members">The members.</param>
    /// <param name="fingerprints">Fingerprints of the contents of members, by id.</param>
    /// <returns>Reasons by repository; empty if no entry covers the group.</returns>
    public IReadOnlyDictionary<string, IgnoreReason> OfGroup(IReadOnlyCollection<Snippet> members,
        IReadOnlyDictionary<string, UInt128> fingerprints)
    {
        var reasons = new SortedDictionary<string, IgnoreReason>(StringComparer.Ordinal);
        for (var left = members.ToList(); left.Count > 0;)
        {
            // What one entry takes out need not be in those of other repositories.
            foreach (var name in left.Select(static member => member.Repository).Distinct().ToList())
            {
                if (_repositories.GetValueOrDefault(name) is { Groups.Count: > 0 } repository
                    && repository.Find([.. left.Select(member => Member(member, fingerprints[member.Id], name))]) is { } entry)
                {
                    reasons[name] = Of(name, entry);
                }
            }

            if (left.RemoveAll(member => reasons.ContainsKey(member.Repository)) == 0)
            {
                break;
            }
        }

        return reasons;
    }

    /// <summary>Everything that says so, as reasons: comments, then rules, then groups; comments that ignore nothing say why.</summary>
    /// <param name="repository">Only of this repository, and the user's rules; null for all.</param>
    public IEnumerable<IgnoreReason> All(string? repository)
    {
        var comments = Comments.Where(found => repository is null || found.Repository == repository)
            .Select(static found => Of(found.Repository, found.Path, found.Comment));
        var repositories = Repositories.Where(found => repository is null || found.Name == repository).ToList();
        var rules = repositories.Take(1).SelectMany(static found => found.Everywhere)
            .Concat(repositories.SelectMany(static found => found.Folders.OrderBy(static folder => folder.Key, StringComparer.Ordinal)
                .SelectMany(static folder => folder.Value.Rules))).Select(static rule => rule.Describe());
        return comments.Concat(rules).Concat(repositories.SelectMany(static found => found.Groups.Select(entry => Of(found.Name, entry))));
    }

    private static IgnoreReason Of(string repository, string path, IgnoreComment comment) => new(IgnoreSource.Comment,
        FormattableString.Invariant($"{repository}/{path}:{comment.Line}"), comment.Holds ? comment.Reason
            : comment.Reason.Length == 0 ? "ignores nothing: no reason is given" : "ignores nothing: it stands at no function or type");

    private static IgnoreReason Of(string repository, IgnoredEntry entry) =>
        new(IgnoreSource.Group, $"{repository}/{IgnoredGroups.FileName}: {entry.Group}", entry.Reason);

    /// <summary>Whether any group is ignored, so that fingerprints are needed.</summary>
    internal bool HasGroups => Repositories.Any(static repository => repository.Groups.Count > 0);

    /// <summary>A piece of code as the file of a repository names it.</summary>
    internal static IgnoredMember Member(Snippet snippet, UInt128 fingerprint, string repository) => new(
        snippet.Repository == repository ? null : snippet.Repository, snippet.Path, snippet.IsFile ? "" : snippet.QualifiedName,
        (ulong)(fingerprint >> 64));
}

/// <summary>What one repository takes out of reports of its own code.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Everywhere">The user's rules.</param>
/// <param name="Folders">Its settings by folder below the root.</param>
/// <param name="Groups">The groups that its people decided to keep.</param>
public sealed record RepositoryIgnores(string Name, IReadOnlyList<PathRule> Everywhere,
    IReadOnlyDictionary<string, ProjectSettings> Folders, IReadOnlyList<IgnoredEntry> Groups)
{
    private const int MostHeld = 1 << 20;

    // Entries by what a member of them may be known by.
    private readonly Lazy<ILookup<string, IgnoredEntry>> _entries = new(() => Groups
        .SelectMany(static entry => entry.Members.SelectMany(Keys).Select(key => (Key: key, Entry: entry))).Distinct()
        .ToLookup(static pair => pair.Key, static pair => pair.Entry));

    // The rules for each file that was asked about: patterns are dear, and files have many snippets.
    private readonly ConcurrentDictionary<string, PathRule[]> _rules = new(StringComparer.Ordinal);
    private int _held;

    /// <summary>The first rule that takes a piece of code out: the user's, then those of the outermost folder.</summary>
    internal IgnoreReason? Of(Snippet snippet, DuplicateKind kind, double similarity)
    {
        if (!_rules.TryGetValue(snippet.Path, out var rules))
        {
            rules = [.. Matching(snippet.Path)];
            if (Interlocked.Add(ref _held, rules.Length + 1) > MostHeld)
            {
                _rules.Clear();
                _held = rules.Length + 1;
            }

            _rules[snippet.Path] = rules;
        }

        foreach (var rule in rules)
        {
            if (rule.Of(snippet.Tokens, kind, similarity) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private IEnumerable<PathRule> Matching(string path)
    {
        foreach (var rule in Everywhere.Where(rule => rule.IsMatch(path)))
        {
            yield return rule;
        }

        for (var end = 0; Folders.Count > 0 && end >= 0; end = path.IndexOf('/', end + 1))
        {
            if (Folders.TryGetValue(path[..end], out var settings))
            {
                var below = end == 0 ? path : path[(end + 1)..];
                foreach (var rule in settings.Rules.Where(rule => rule.IsMatch(below)))
                {
                    yield return rule;
                }
            }
        }
    }

    /// <summary>The entry that covers code; null if none does.</summary>
    internal IgnoredEntry? Find(IReadOnlyList<IgnoredMember> code) =>
        Keys(code[0]).SelectMany(key => _entries.Value[key]).Distinct().FirstOrDefault(entry => entry.Covers(code));

    private static IEnumerable<string> Keys(IgnoredMember member) =>
        [$"{member.Repository}\n{member.Path}\n{member.Name}", FormattableString.Invariant($"{member.Hash:x16}")];
}
