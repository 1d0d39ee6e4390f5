using XCoder.Analysis.Indexing;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Git;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Changes;

/// <summary>What changed in a work tree since a commit.</summary>
/// <param name="Base">The commit, 40 hex digits.</param>
/// <param name="IsMergeBase">Whether it is not the commit that the revision names.</param>
/// <param name="Files">The changed source files, ordered by path.</param>
/// <param name="Before">What the commit has in the place of those that were modified or deleted, ordered by path.</param>
/// <param name="Losses">Files of the commit that should have been read but were not.</param>
/// <param name="Unread">Source code that the change brings and that was not read.</param>
internal sealed record ChangedTree(string Base, bool IsMergeBase, IReadOnlyList<FileChange> Files, IReadOnlyList<BaseFile> Before,
    IReadOnlyList<FileLoss> Losses, IReadOnlyList<UnreadChange> Unread);

/// <summary>Reads from git's objects what changed in a work tree.</summary>
internal static class ChangeReader
{
    /// <summary>Compares the indexed files of a work tree with a revision.</summary>
    /// <param name="workspace">The workspace, whose lock this process holds.</param>
    /// <param name="catalog">The languages.</param>
    /// <param name="options">Limits of indexing.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="scopes">Folders or files below the root that are looked at; <c>""</c> for all.</param>
    /// <param name="now">The indexed files by path.</param>
    /// <param name="skips">What indexing left out.</param>
    /// <param name="revision">The revision.</param>
    /// <param name="isDirect">Whether to compare with it, not with the commit from which it and HEAD came.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="GitException">The revision does not exist, or the clone lacks it or is damaged.</exception>
    public static ChangedTree Read(WorkspaceFolder workspace, LanguageCatalog catalog, IndexOptions options, Repository repository,
        IReadOnlyList<string> scopes, IReadOnlyDictionary<string, FileState> now, IEnumerable<SkipRecord> skips,
        string revision, bool isDirect, CancellationToken cancellation)
    {
        var folder = GitFolder.Find(repository.Root)
            ?? throw new GitException($"{repository.Root} is no git work tree, or its .git is a link, which is not followed.");
        using var objects = GitObjects.Open(folder);
        var revisions = new GitRevision(folder, objects);
        var named = revisions.Resolve(revision);
        var commit = isDirect ? named : revisions.MergeBase(named, revisions.Resolve("HEAD"), cancellation)
            ?? throw new GitException($"'{revision}' and HEAD have no commit in common. Compare with the revision itself (--direct).");
        var mayBeSource = BlobExtraction.MayBeSource(catalog);
        var before = GitTree.Files(objects, revisions.Read(commit).Tree,
            path => path.EndsWith('/') ? scopes.Any(scope => Meets(scope, path)) : IsIn(scopes, path)
                && (mayBeSource(path) || now.ContainsKey(path)), cancellation);
        var compared = new ChangedFiles(repository.Root, objects, BlobExtraction.Limit(catalog, options.MaxFileBytes));
        var files = compared.Find(now.Where(file => IsIn(scopes, file.Key)).ToDictionary(), before, cancellation);
        var losses = new List<FileLoss>();
        var read = new BaseCode(workspace, catalog, options).Read(repository,
            [.. files.Where(static file => file.Kind is FileChangeKind.Modified or FileChangeKind.Deleted)
                .Select(static file => (file.Path, file.Blob!))], objects, compared.Attributes, losses, cancellation);
        var unread = UnreadChanges.Find(repository.Root, skips, before, mayBeSource, cancellation);
        return new ChangedTree(commit, commit != named, files, read, losses, unread);
    }

    private static bool IsIn(IReadOnlyList<string> scopes, string path) => scopes.Any(scope => scope.Length == 0 || path == scope
        || (path.StartsWith(scope, StringComparison.Ordinal) && path[scope.Length] == '/'));

    // Whether a folder lies in a scope or holds it.
    private static bool Meets(string scope, string folder) => scope.Length == 0
        || (scope + "/").StartsWith(folder, StringComparison.Ordinal) || folder.StartsWith(scope + "/", StringComparison.Ordinal);
}
