using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using XCoder.Analysis.Repositories.Git;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>A git repository that one test makes with git itself; the tool under test never runs git.</summary>
internal sealed class ScratchRepository : IDisposable
{
    private int _commits;

    public ScratchRepository(params string[] options)
    {
        Git(["init", "-q", "-b", "main", .. options, "."]);
        File.AppendAllText(Path.Join(Root, ".git/config"), "[user]\n\tname = T\n\temail = t@example.org\n[gc]\n\tauto = 0\n");
    }

    public TemporaryFolder Folder { get; } = new();

    public string Root => Folder.Root;

    public string Git(params string[] arguments) => Folder.Run("git", arguments).Trim();

    public void Write(string path, string text) => Folder.Write(path, text);

    /// <summary>Commits all of the work tree, an hour after the commit before, and returns the commit's name.</summary>
    public string Commit(string message = "change")
    {
        var time = FormattableString.Invariant($"{1_700_000_000 + (3600 * _commits++)} +0000");
        Git("add", "-A");
        Folder.Run("env", $"GIT_COMMITTER_DATE={time}", "git", "commit", "-q", "--allow-empty", "-m", message, "--date", time);
        // Fewer processes: many tests make commits.
        var head = File.ReadAllText(Path.Join(Root, ".git/HEAD")).Trim();
        return head.StartsWith("ref: ", StringComparison.Ordinal) ? File.ReadAllText(Path.Join(Root, ".git", head[5..])).Trim() : head;
    }

    /// <summary>Writes a loose object with this content, whatever git thinks of it, and returns its name.</summary>
    public string Loose(string type, byte[] content, long? size = null)
    {
        byte[] whole = [.. Encoding.ASCII.GetBytes(FormattableString.Invariant($"{type} {size ?? content.Length}\0")), .. content];
        var id = Convert.ToHexStringLower(SHA1.HashData(whole));
        Folder.Write($".git/objects/{id[..2]}/{id[2..]}", Deflate(whole));
        return id;
    }

    public static byte[] Deflate(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return packed.ToArray();
    }

    public GitFolder Find(string below = "") => GitFolder.Find(Path.Join(Root, below)) ?? throw new InvalidOperationException("no repository");

    public void Dispose() => Folder.Dispose();
}
