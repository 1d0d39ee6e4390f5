using System.Text;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Git;
using XCoder.Analysis.Repositories.Ignore;
using XCoder.Analysis.Store;

namespace XCoder.Analysis.Changes;

/// <summary>What became of a file since the base.</summary>
public enum FileChangeKind
{
    /// <summary>The base does not have it.</summary>
    Added,

    /// <summary>Its content differs by more than line ends.</summary>
    Modified,

    /// <summary>The work tree does not have it.</summary>
    Deleted,

    /// <summary>The base has its content at a path that is gone.</summary>
    Moved,
}

/// <summary>A source file that changed since the base.</summary>
/// <param name="Path">Its path; that of the base if it was deleted.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Blob">Name of the base's content, 40 hex digits; null if it was added.</param>
public sealed record FileChange(string Path, FileChangeKind Kind, string? Blob);

/// <summary>
/// Compares the indexed files of a work tree with the files of a commit. Content is compared as git names it; files that differ only
/// in line ends, as <c>core.autocrlf</c> and <c>eol</c> make them, are equal, and so are those whose content git keeps elsewhere (LFS).
/// </summary>
/// <param name="root">Absolute path of the work tree.</param>
/// <param name="objects">Git's objects.</param>
/// <param name="limit">The most bytes of a file by its path.</param>
internal sealed class ChangedFiles(string root, GitObjects objects, Func<string, long> limit)
{
    private const string PointerStart = "version https://git-lfs.github.com/spec/";

    private readonly PathAttributes _attributes = new(root);
    private readonly Dictionary<string, bool> _folders = new(StringComparer.Ordinal);

    /// <summary>The attributes by which files are read.</summary>
    public PathAttributes Attributes => _attributes;

    /// <summary>Finds the changed files, ordered by path.</summary>
    /// <param name="now">The indexed files of the work tree by path.</param>
    /// <param name="before">The base's files: path → name of the content.</param>
    /// <param name="cancellation">Cancels the comparison.</param>
    public IReadOnlyList<FileChange> Find(IReadOnlyDictionary<string, FileState> now, IReadOnlyDictionary<string, string> before,
        CancellationToken cancellation)
    {
        var changes = new List<FileChange>();
        var gone = new Dictionary<string, Queue<string>>();
        var leftOut = GitFolder.Find(root) is { } git ? GitIndex.LeftOut(git).Select(Encoding.UTF8.GetString)
            .ToHashSet(StringComparer.Ordinal) : [];
        foreach (var (path, blob) in before.OrderBy(static file => file.Key, StringComparer.Ordinal))
        {
            // A file that is there but not indexed, because a rule leaves it out, did not change; nor did one that a sparse checkout
            // leaves out.
            if (!now.ContainsKey(path) && !IsLeftOut(path) && !IsThere(path))
            {
                (gone.TryGetValue(blob, out var queue) ? queue : gone[blob] = new Queue<string>()).Enqueue(path);
            }
        }

        foreach (var (path, state) in now.OrderBy(static file => file.Key, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            var content = new SourceFileReader(limit(path)).Read($"{root}/{path}");
            if (content.Reason is not null)
            {
                continue; // it went away, or changed into something else, since it was indexed
            }

            var blob = GitObjects.BlobId(content.Bytes);
            if (before.TryGetValue(path, out var known))
            {
                if (known != blob && !IsEqual(path, content, state.Hash, known))
                {
                    changes.Add(new FileChange(path, FileChangeKind.Modified, known));
                }
            }
            else
            {
                var isMoved = Take(blob, path)
                    || (content.Bytes.Contains((byte)'\r') && Take(GitObjects.BlobId(Plain(content.Bytes)), path));
                changes.AddRange(isMoved ? [] : [new FileChange(path, FileChangeKind.Added, null)]);
            }
        }

        changes.AddRange(gone.SelectMany(static blob => blob.Value.Select(path => new FileChange(path, FileChangeKind.Deleted, blob.Key))));
        return [.. changes.OrderBy(static change => change.Path, StringComparer.Ordinal)];

        bool IsLeftOut(string path)
        {
            var isIn = leftOut.Count > 0 && leftOut.Contains(path);
            for (var slash = path.IndexOf('/'); leftOut.Count > 0 && !isIn && slash >= 0; slash = path.IndexOf('/', slash + 1))
            {
                isIn = leftOut.Contains(path[..(slash + 1)]);
            }

            return isIn;
        }

        bool Take(string blob, string path)
        {
            if (!gone.TryGetValue(blob, out var paths) || !paths.TryDequeue(out _))
            {
                return false;
            }

            changes.Add(new FileChange(path, FileChangeKind.Moved, blob));
            return true;
        }
    }

    // Whether a path is that of a file. What a link leads to is a file of another path, if it is one of the work tree at all.
    private bool IsThere(string path)
    {
        for (var slash = path.IndexOf('/'); slash >= 0; slash = path.IndexOf('/', slash + 1))
        {
            var folder = path[..slash];
            if (!_folders.TryGetValue(folder, out var isFolder))
            {
                _folders[folder] = isFolder = Kind(folder) == EntryKind.Folder;
            }

            if (!isFolder)
            {
                return false;
            }
        }

        return Kind(path) == EntryKind.File;
    }

    private EntryKind Kind(string path) => NativeFiles.Look(Encoding.UTF8.GetBytes($"{root}/{path}\0")).Kind;

    private bool IsEqual(string path, FileContent content, string hash, string blob)
    {
        var bytes = content.Bytes;
        if (_attributes.Of(path).Encoding is { } encoding && TextDecoder.Decode(path, bytes, encoding) is { } decoded)
        {
            bytes = decoded.Text;
        }

        var hasReturns = bytes.AsSpan().Contains((byte)'\r');
        if (GitObjects.BlobId(hasReturns ? Plain(bytes) : bytes) == blob)
        {
            return true;
        }

        try
        {
            var known = objects.Read(blob, GitObjectType.Blob, (int)Math.Min(int.MaxValue, limit(path)));
            return Plain(known).AsSpan().SequenceEqual(Plain(bytes)) || Pointer(known) == hash;
        }
        catch (GitTooLargeException)
        {
            return false;
        }
    }

    private static byte[] Plain(byte[] text)
    {
        if (!text.AsSpan().Contains((byte)'\r'))
        {
            return text;
        }

        var (plain, length) = (new byte[text.Length], 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\r' || i + 1 == text.Length || text[i + 1] != '\n')
            {
                plain[length++] = text[i];
            }
        }

        return plain[..length];
    }

    // The hash of the content in whose place LFS keeps a few lines.
    private static string? Pointer(byte[] text) =>
        text.Length < 1024 && Encoding.UTF8.GetString(text) is var lines && lines.StartsWith(PointerStart, StringComparison.Ordinal)
            && lines.Split("oid sha256:") is [_, var rest] ? rest.Split('\n')[0].Trim() : null;
}
