using XCoder.Analysis.Changes;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Repositories.Walk;
using XCoder.Analysis.Settings;
using XCoder.Analysis.Store;
using XCoder.Analysis.Text;

namespace XCoder.Analysis;

public sealed partial class Workspace
{
    /// <summary>What takes code out of reports of duplicates.</summary>
    /// <exception cref="StoreException">The store cannot be used, or nothing is indexed.</exception>
    public IgnoreSet Ignores()
    {
        using var store = OpenStore();
        return Ignores(store);
    }

    /// <summary>
    /// Adds a group of duplicates to the <c>xcoder.ignores.json</c> in the root of a repository, from where its people commit and review
    /// it. From then on the group is not reported, until another copy joins it.
    /// </summary>
    /// <param name="group">Id of a group of duplicates, or of a finding of the last <see cref="Check"/>.</param>
    /// <param name="reason">Why the copies are kept.</param>
    /// <param name="folder">A folder in the repository; at least one member of the group must be in that repository.</param>
    /// <param name="cancellation">Cancels the search for the group.</param>
    /// <returns>Path of the file, and the entry.</returns>
    /// <exception cref="RequestException">
    /// There is no such group, the folder is in no indexed repository, the group has no member there, the reason is empty, or the file
    /// that is there is not of this kind.
    /// </exception>
    public (string Path, IgnoredEntry Entry) Ignore(string group, string reason, string folder, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RequestException("Say why the copies are kept: the reason is for those who review and inherit the file.");
        }

        // Of two at a time, each must see what the other wrote.
        using var hold = Hold(cancellation);
        using var store = OpenStore();
        var repository = RepositoryAround(store, folder) ?? throw new RequestException($"{folder} is in no indexed repository. Run the "
            + $"command within the repository whose {IgnoredGroups.FileName} is to be changed.");
        var members = LastCheck.Read(Existing(), group) ?? Members(store, group, cancellation)
            ?? throw new RequestException($"The workspace has no group '{group}', and the last check found none. 'xcoder duplicates' and "
                + "'xcoder check' name groups in brackets.");
        var entry = new IgnoredEntry(group, IgnoreReason.OneLine(reason),
            [.. members.Select(member => member with { Repository = member.Repository == repository.Name ? null : member.Repository })
                .OrderBy(static member => member.Repository, StringComparer.Ordinal).ThenBy(static member => member.Path,
                    StringComparer.Ordinal).ThenBy(static member => member.Name, StringComparer.Ordinal)]);
        if (entry.Members.All(static member => member.Repository is not null))
        {
            throw new RequestException($"The group has no member in {repository.Name}, so its {IgnoredGroups.FileName} cannot ignore it. "
                + $"Run the command within {string.Join(" or ", members.Select(static member => member.Repository).Distinct())}.");
        }

        var problems = new List<string>();
        var known = SettingsFiles.Groups(repository.Name, repository.Root, problems)?.Entries ?? [];
        if (problems.Count > 0)
        {
            throw new RequestException(problems[0]);
        }

        var path = Path.Join(repository.Root, IgnoredGroups.FileName);
        if (NativeFiles.OwnershipOf(path).Kind is not (EntryKind.File or EntryKind.Missing))
        {
            throw new RequestException($"{path} is no plain file. Look at it, and delete it.");
        }

        AsideFile.Replace(path, new IgnoredGroups([.. known, entry]).Write);
        return (path, entry);
    }

    // The message of a file that is left out is said once.
    private IgnoreSet Ignores(SnippetStore store)
    {
        if (!Options.UsesIgnores)
        {
            return IgnoreSet.None;
        }

        var ignores = IgnoreSet.Read(store, Options.Rules);
        foreach (var problem in ignores.Problems.Where(_problems.Add))
        {
            Options.Message?.Invoke(problem);
        }

        return ignores;
    }

    /// <summary>
    /// The indexed repository around a folder, or null. The folder is one that the user named, so a root is never taken from the store
    /// alone.
    /// </summary>
    internal static Repository? RepositoryAround(SnippetStore store, string folder)
    {
        var roots = store.Repositories().ToDictionary(static row => row.Repository.Root.TrimEnd('/'), static row => row.Repository);
        for (var at = RepositoryLocator.Canonical(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            if (roots.TryGetValue(at.TrimEnd('/'), out var repository))
            {
                return repository;
            }
        }

        return null;
    }

    private IReadOnlyList<IgnoredMember>? Members(SnippetStore store, string group, CancellationToken cancellation)
    {
        DuplicateKind[] text = [.. DuplicateRule.All.Where(static rule => !rule.NeedsVectors).Select(static rule => rule.Kind)];
        DuplicateKind[] vectors = [.. DuplicateRule.All.Where(static rule => rule.NeedsVectors).Select(static rule => rule.Kind)];
        var found = Find(text) ?? Find(vectors);
        if (found is null)
        {
            return null;
        }

        var prints = store.Fingerprints(found.Members);
        return [.. found.Members.Select(member => IgnoreSet.Member(member, prints[member.Id], ""))];

        DuplicateGroup? Find(DuplicateKind[] kinds) => Duplicates(new DuplicateQuery { Kinds = kinds }, cancellation)
            .Groups.FirstOrDefault(found => found.Group == group);
    }
}
