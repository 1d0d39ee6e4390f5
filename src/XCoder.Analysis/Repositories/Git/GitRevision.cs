using System.Globalization;
using System.Text;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>
/// Finds the commit that a revision means: a hash or its beginning (4 digits or more), a branch, a tag, <c>origin/main</c>,
/// <c>HEAD</c> or <c>@</c>; each may be followed by <c>~n</c>, <c>^n</c> and <c>^{commit}</c>, as git reads them.
/// </summary>
internal sealed class GitRevision
{
    private const int MostTags = 32;
    private const int LeastPrefix = 4;
    private const int MaxShallow = 64 << 20;

    // Where git looks for a name, in its order.
    private static readonly string[] Places =
        ["{0}", "refs/{0}", "refs/tags/{0}", "refs/heads/{0}", "refs/remotes/{0}", "refs/remotes/{0}/HEAD"];

    private readonly GitFolder _folder;
    private readonly GitObjects _objects;
    private readonly HashSet<string> _shallow;

    /// <summary>Reads the revisions of a repository.</summary>
    public GitRevision(GitFolder folder, GitObjects objects)
    {
        (_folder, _objects) = (folder, objects);
        _shallow = [.. Encoding.UTF8.GetString(folder.ReadCommon("shallow", MaxShallow) ?? []).Split('\n')
            .Select(static line => line.Trim()).Where(GitReferences.IsHash)];
    }

    /// <summary>Whether the clone lacks a part of its history.</summary>
    public bool IsShallow => _shallow.Count > 0;

    /// <summary>The commit that a revision means.</summary>
    /// <param name="revision">The revision, as a user wrote it.</param>
    /// <returns>40 hex digits.</returns>
    /// <exception cref="GitException">There is none, it is ambiguous, or the clone lacks it.</exception>
    public string Resolve(string revision)
    {
        if (revision.Contains("..", StringComparison.Ordinal) || revision.Contains(':')
            || revision.Contains("@{", StringComparison.Ordinal))
        {
            throw new GitException($"'{revision}' is no single revision. Name one commit, branch or tag: a hash, main, origin/main, v1.0, "
                + "HEAD~2. Ranges, reflogs and paths are not read.");
        }

        var end = revision.AsSpan().IndexOfAny('~', '^');
        var name = end < 0 ? revision : revision[..end];
        var commit = Commit(Named(name, revision), revision);
        return end < 0 ? commit : Follow(commit, revision.AsSpan(end), revision);
    }

    /// <summary>A commit's folder, parents and time.</summary>
    /// <param name="id">Its name.</param>
    /// <exception cref="GitException">The clone lacks it, or it is damaged.</exception>
    public GitCommit Read(string id) => GitCommit.Parse(id, Object(id, GitObjectType.Commit, id), _shallow.Contains(id));

    /// <summary>
    /// The commit from which two others came, as <c>git merge-base</c> finds it: a common ancestor that is no ancestor of another
    /// one; the youngest of several. Null if the two have none.
    /// </summary>
    /// <exception cref="GitException">The clone lacks the history that would tell.</exception>
    /// <param name="first">A commit.</param>
    /// <param name="second">Another commit.</param>
    /// <param name="cancellation">Cancels the search.</param>
    public string? MergeBase(string first, string second, CancellationToken cancellation = default)
    {
        if (first == second)
        {
            return first;
        }

        // Flags go down to parents, youngest commits first, until only ancestors of common ancestors are left.
        const int Both = 3, Stale = 4, Known = 8;
        var (flags, found, queue) = (new Dictionary<string, int>(), new List<GitCommit>(), new PriorityQueue<GitCommit, long>());
        var isCut = false;
        Add(first, 1);
        Add(second, 2);
        for (var open = 2; open > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            var commit = queue.Dequeue();
            var flag = flags[commit.Id];
            open -= (flag & Stale) == 0 ? 1 : 0;
            flags[commit.Id] = flag & ~Known;
            flag &= Both | Stale;
            if ((flag & Both) == Both && (flag & Stale) == 0)
            {
                found.Add(commit);
                flag |= Stale;
            }

            isCut |= commit.IsCut;
            foreach (var parent in commit.Parents)
            {
                open += Add(parent, flag);
            }
        }

        var best = found.Where(commit => (flags[commit.Id] & Stale) == 0).OrderByDescending(static commit => commit.Time)
            .ThenBy(static commit => commit.Id, StringComparer.Ordinal).FirstOrDefault();
        return best is null && isCut
            ? throw new GitException($"The clone lacks the commit from which {first[..10]} and {second[..10]} came. {GitException.Deepen} "
                + "Or compare with the revision itself (--direct).")
            : best?.Id;

        // Returns by how much the number of open commits changes.
        int Add(string id, int more)
        {
            var before = flags.GetValueOrDefault(id);
            var after = before | more;
            if (after == before)
            {
                return 0;
            }

            flags[id] = after | Known;
            var (wasOpen, isOpen) = ((before & Known) != 0 && (before & Stale) == 0, (after & Stale) == 0);
            if ((before & Known) == 0)
            {
                var commit = Read(id);
                queue.Enqueue(commit, -commit.Time);
            }

            return (isOpen ? 1 : 0) - (wasOpen ? 1 : 0);
        }
    }

    private string Named(string name, string revision)
    {
        name = name == "@" ? "HEAD" : name;
        if (name.Length == 40 && GitReferences.IsHash(name.ToLowerInvariant()))
        {
            return name.ToLowerInvariant();
        }

        foreach (var place in Places)
        {
            if (name.Length > 0 && GitReferences.Read(_folder, string.Format(CultureInfo.InvariantCulture, place, name)) is { } found)
            {
                return found;
            }
        }

        var lower = name.ToLowerInvariant();
        if (lower.Length is >= LeastPrefix and < 40 && lower.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0)
        {
            // Folders and files may begin with the same digits; only a commit can be meant.
            // One whose head is damaged is named only if there is no other.
            var types = _objects.Starting(lower).Select(id => (Id: id, Type: _objects.TypeOf(id))).ToList();
            var found = types.Where(static one => one.Type is GitObjectType.Commit or GitObjectType.Tag).Select(static one => one.Id)
                .ToList();
            found = found.Count > 1 && found.Where(IsWhole).ToList() is { Count: > 0 } whole ? whole
                : found.Count == 0 ? [.. types.Where(static one => one.Type is null).Select(static one => one.Id).Take(1)] : found;
            if (found.Count > 0)
            {
                return found.Count == 1 ? found[0]
                    : throw new GitException($"'{name}' is the beginning of {found.Count} commits; give more digits.");
            }
        }

        throw new GitException(GitConfig.Extension(_folder.ReadCommon("config", 1 << 20), "refstorage") is "reftable"
            ? $"The revision '{revision}' cannot be found: the repository keeps its references as a reftable, which is not read. "
                + "Give a hash."
            : $"There is no revision '{revision}' in this clone." + (IsShallow ? " " + GitException.Deepen
                : name.Contains('/') ? " Fetch it first ('git fetch'), or check its name ('git branch --all')." : ""));
    }

    // What is damaged, or too large for a commit, does not make another beginning ambiguous.
    private bool IsWhole(string id)
    {
        try
        {
            return _objects.Read(id) is not null;
        }
        catch (GitException)
        {
            return false;
        }
    }

    // Follows annotated tags to a commit.
    private string Commit(string id, string revision)
    {
        for (var step = 0; step < MostTags; step++)
        {
            var found = _objects.Read(id) ?? throw Absent(id, revision);
            if (found.Type == GitObjectType.Commit)
            {
                return id;
            }

            if (found.Type != GitObjectType.Tag || GitCommit.Header(found.Bytes, "object ") is not { } next || !GitReferences.IsHash(next))
            {
                break;
            }

            id = next;
        }

        throw new GitException($"'{revision}' names no commit.");
    }

    private string Follow(string commit, ReadOnlySpan<char> steps, string revision)
    {
        while (!steps.IsEmpty)
        {
            if (steps.StartsWith("^{}") || steps.StartsWith("^{commit}"))
            {
                steps = steps[(steps.IndexOf('}') + 1)..];
                continue;
            }

            var digits = 1;
            while (digits < steps.Length && char.IsAsciiDigit(steps[digits]))
            {
                digits++;
            }

            var count = 1;
            if (steps[0] is not ('~' or '^') || (digits > 1 && !int.TryParse(steps[1..digits], CultureInfo.InvariantCulture, out count)))
            {
                throw new GitException($"'{revision}' is no revision: '{steps}' cannot follow a name.");
            }

            for (var i = 0; i < (steps[0] == '~' ? count : Math.Min(count, 1)); i++)
            {
                commit = Parent(commit, steps[0] == '~' ? 1 : count, revision);
            }

            steps = steps[digits..];
        }

        return commit;
    }

    private string Parent(string id, int number, string revision)
    {
        var commit = Read(id);
        return number <= commit.Parents.Count ? commit.Parents[number - 1]
            : throw new GitException($"There is no revision '{revision}': commit {id[..10]} has "
                + (commit.IsCut ? $"no parents here. {GitException.Deepen}" : $"{commit.Parents.Count} parents."));
    }

    private byte[] Object(string id, GitObjectType type, string revision) => _objects.Read(id) is { } found
        ? found.Type == type ? found.Bytes : throw new GitException($"'{revision}' names no commit.") : throw Absent(id, revision);

    private GitException Absent(string id, string revision) => new(
        $"The commit {(id == revision ? id : $"{id} ('{revision}')")} is not in this clone. "
        + (IsShallow ? GitException.Deepen : "Fetch it first; a clone in CI needs 'fetch-depth: 0'."));
}

/// <summary>A commit.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Tree">Name of its folder.</param>
/// <param name="Parents">Names of its parents that the clone has.</param>
/// <param name="Time">When it was committed, in seconds since 1970.</param>
/// <param name="IsCut">Whether the clone ends here: it lacks the commit's parents.</param>
internal sealed record GitCommit(string Id, string Tree, IReadOnlyList<string> Parents, long Time, bool IsCut)
{
    /// <summary>Reads a commit.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="isCut">Whether the clone lacks its parents.</param>
    /// <exception cref="GitException">It is damaged.</exception>
    public static GitCommit Parse(string id, byte[] bytes, bool isCut)
    {
        var parents = new List<string>();
        var at = 0;
        var tree = Line(bytes, ref at, "tree ");
        while (Line(bytes, ref at, "parent ") is { } parent)
        {
            parents.Add(parent);
        }

        // author NAME <ADDRESS> TIME ZONE, then committer, alike.
        _ = Line(bytes, ref at, "author ");
        var committer = Line(bytes, ref at, "committer ")?.Split(' ') ?? [];
        _ = long.TryParse(committer.ElementAtOrDefault(committer.Length - 2), CultureInfo.InvariantCulture, out var time);
        return tree is not null && GitReferences.IsHash(tree) && parents.TrueForAll(GitReferences.IsHash)
            ? new GitCommit(id, tree, isCut ? [] : parents, time, isCut)
            : throw new GitException($"Git's commit {id} is damaged. 'git fsck' tells more.");
    }

    /// <summary>The first line of an object, if it begins so: what follows; else null.</summary>
    internal static string? Header(byte[] bytes, string key)
    {
        var at = 0;
        return Line(bytes, ref at, key);
    }

    private static string? Line(byte[] bytes, ref int at, string key)
    {
        var rest = bytes.AsSpan(at);
        var end = rest.IndexOf((byte)'\n');
        if (end < 0 || !rest.StartsWith(Encoding.ASCII.GetBytes(key)))
        {
            return null;
        }

        at += end + 1;
        return Encoding.UTF8.GetString(rest[key.Length..end]);
    }
}
