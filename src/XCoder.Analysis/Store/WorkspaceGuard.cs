using System.Text;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Repositories.Git;

namespace XCoder.Analysis.Store;

/// <summary>What the user vouches for when a workspace is opened.</summary>
public sealed record WorkspaceTrust
{
    /// <summary>Whether the workspace may belong to a user other than root and the current one. Default: no.</summary>
    public bool AllowsForeignOwner { get; init; }

    /// <summary>Whether the workspace's folder may be a symbolic link, as when a user named it. Default: yes.</summary>
    public bool AllowsLink { get; init; } = true;
}

/// <summary>
/// Checks a workspace before anything in it is opened, because a repository may bring one along. It must not be tracked
/// by git, it must belong to the current user, and its files must be plain.
/// </summary>
internal static class WorkspaceGuard
{
    /// <summary>Throws if a workspace must not be used. A missing one is accepted.</summary>
    /// <param name="folder">Absolute path of the workspace.</param>
    /// <param name="trust">What the user vouches for.</param>
    /// <exception cref="StoreException">The workspace must not be used; the message says why and what to do.</exception>
    public static void Check(string folder, WorkspaceTrust trust)
    {
        folder = Path.TrimEndingDirectorySeparator(folder);
        var kind = NativeFiles.OwnershipOf(folder).Kind;
        if (kind == EntryKind.Missing)
        {
            return;
        }

        if (kind == EntryKind.Link && !trust.AllowsLink)
        {
            throw new StoreException(
                $"The workspace {folder} is a link, which a repository may have brought along. Name the "
                    + $"folder that is meant with --workspace DIR, or delete the link.");
        }

        var real = NativeFiles.RealPath(folder);
        if (real is null || NativeFiles.OwnershipOf(real) is not { Kind: EntryKind.Folder } facts)
        {
            var what = kind == EntryKind.Link ? "it is a link, but not to a folder" : "it is not a folder";
            throw new StoreException($"The workspace {folder} cannot be written: {what}. Delete it, or choose another --workspace.");
        }

        // Check the path by which it was named, too, because git may track the link.
        var named = NativeFiles.RealPath(Path.GetDirectoryName(folder) ?? "/") is { } parent ? Path.Join(parent, Path.GetFileName(folder))
            : real;
        foreach (var place in new[] { real, named }.Distinct())
        {
            RequireUntracked(place);
        }

        RequireOwner(folder, facts, trust);
        foreach (var entry in NativeFiles.List(Encoding.UTF8.GetBytes(real + '\0'), out _) ?? [])
        {
            if (entry.RawName is null && WorkspaceNames.IsOurs(entry.Name))
            {
                var path = Path.Join(real, entry.Name);
                var file = NativeFiles.OwnershipOf(path);
                if (file.Kind == EntryKind.Missing)
                {
                    continue;
                }

                if (WorkspaceFile.Fault(file) is { } fault)
                {
                    throw WorkspaceFile.Refused(path, fault);
                }

                RequireOwner(path, file, trust);
            }
        }
    }

    private static void RequireOwner(string path, Ownership facts, WorkspaceTrust trust)
    {
        if (!trust.AllowsForeignOwner && facts.Owner != 0 && facts.Owner != NativeFiles.User)
        {
            throw new StoreException(
                $"{path} belongs to user {facts.Owner}, but you are user {NativeFiles.User}. Its owner can change what is in it. "
                + "If you trust that user, add --trust-workspace; otherwise choose another --workspace.");
        }
    }

    private static void RequireUntracked(string place)
    {
        if (GitTracking.Roots(place).FirstOrDefault() is { } root)
        {
            throw new StoreException(
                $"The workspace {place} is tracked by git in {root}: it came with the repository, and may have been made to do harm. "
                + $"Choose another with --workspace DIR; if it is your own, take it out of git first: "
                    + $"git -C {root} rm -r --cached {Path.GetRelativePath(root, place)}");
        }
    }
}
