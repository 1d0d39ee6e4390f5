using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Repositories.Git;
using XCoder.Analysis.Repositories.Walk;

namespace XCoder.Analysis.Repositories.Watch;

/// <summary>What indexing would find below some paths: equal states need no new run.</summary>
/// <param name="Fingerprint">
/// Hash of the repositories and of each file's path, size, time of change, attributes or reason to be skipped.
/// </param>
/// <param name="Repositories">The repositories that the paths refer to.</param>
/// <param name="Present">The paths that exist, in the order given.</param>
/// <param name="Missing">The paths that do not.</param>
internal sealed record TreeState(string Fingerprint, IReadOnlyList<LocatedRepository> Repositories, IReadOnlyList<string> Present,
    IReadOnlyList<string> Missing)
{
    /// <summary>Reads the state. No file is opened but ignore files and git's own.</summary>
    /// <param name="paths">Files or folders, which need not exist.</param>
    /// <param name="walk">The options of the walk of indexing.</param>
    /// <param name="cancellation">Cancels the walk.</param>
    public static TreeState Read(IReadOnlyList<string> paths, WalkOptions walk, CancellationToken cancellation)
    {
        var options = walk with { CountsPruned = false };
        var (present, missing) = (new List<string>(), new List<string>());
        foreach (var path in paths)
        {
            (NativeFiles.RealPath(Path.GetFullPath(path)) is null ? missing : present).Add(path);
        }

        IReadOnlyList<LocatedRepository> located;
        try
        {
            located = new RepositoryLocator(options).Locate(present, null, cancellation);
        }
        catch (PathNotFoundException)
        {
            // Gone between the two looks.
            return Read(paths, walk, cancellation);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        missing.ForEach(path => Add("missing", path));
        foreach (var repository in located)
        {
            Add("repository", repository.Repository.Root);
            foreach (var entry in new FileWalker(options).Walk(repository, cancellation))
            {
                Add(entry.Path, entry switch
                {
                    FoundFile file => FormattableString.Invariant($"{file.Size} {file.Modified} {file.Attributes}"),
                    SkippedFiles skipped => skipped.Reason.ToString(),
                    _ => "",
                });
            }
        }

        return new TreeState(Convert.ToHexStringLower(hash.GetHashAndReset()), located, present, missing);

        void Add(string path, string facts) => hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{facts}\0"));
    }

    /// <summary>Whether git changes one of the work trees at this moment, such as by a checkout of another branch.</summary>
    public bool IsGitBusy() => Repositories.Any(located => GitFolder.Find(located.Repository.Root) is { } git
        && NativeFiles.Look(Encoding.UTF8.GetBytes(git.Path + "index.lock\0")).Kind == EntryKind.File);
}
