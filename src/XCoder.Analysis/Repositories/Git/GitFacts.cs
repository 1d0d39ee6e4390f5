using System.Text;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>What git's files say about a work tree. Whatever is missing or broken gives null, never an exception.</summary>
/// <param name="Remote">Address of <c>origin</c>, or of the only remote, without credentials.</param>
/// <param name="Commit">Commit of HEAD, 40 or 64 lower-case hex digits.</param>
internal sealed record GitFacts(string? Remote, string? Commit)
{
    private const int MaxReferenceBytes = 4096;
    private const int MaxConfigBytes = 1 << 20;
    private const int MaxPackedBytes = 64 << 20;
    private const int MaxSymbolicSteps = 5;
    private const string Symbolic = "ref:";

    /// <summary>Reads the facts of the work tree at <paramref name="root"/>; no process is started, no link followed.</summary>
    public static GitFacts Read(string root)
    {
        try
        {
            return GitFolder.Find(root) is { } folder ? new GitFacts(ReadRemote(folder), ReadCommit(folder)) : new GitFacts(null, null);
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return new GitFacts(null, null);
        }
    }

    private static string? ReadRemote(GitFolder folder)
    {
        if (folder.ReadCommon("config", MaxConfigBytes) is not { } bytes)
        {
            return null;
        }

        var remotes = GitConfig.Remotes(Encoding.UTF8.GetString(bytes));
        foreach (var (name, address) in remotes)
        {
            if (name == "origin" || remotes.Count == 1)
            {
                return RemoteAddress.Strip(address);
            }
        }

        return null;
    }

    private static string? ReadCommit(GitFolder folder)
    {
        var name = "HEAD";
        for (var step = 0; step < MaxSymbolicSteps; step++)
        {
            var bytes = folder.Read(name, MaxReferenceBytes) ?? folder.ReadCommon(name, MaxReferenceBytes);
            if (bytes == null)
            {
                return Packed(folder, name);
            }

            var text = Encoding.UTF8.GetString(bytes).Trim();
            if (!text.StartsWith(Symbolic, StringComparison.Ordinal))
            {
                return IsHash(text) ? text : null;
            }

            name = text[Symbolic.Length..].Trim();
            if (!IsReference(name))
            {
                return null;
            }
        }

        return null;
    }

    private static string? Packed(GitFolder folder, string name)
    {
        var text = folder.ReadCommon("packed-refs", MaxPackedBytes).AsSpan();
        var wanted = Encoding.UTF8.GetBytes(" " + name);
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range].TrimEnd("\r"u8);
            if (line.EndsWith(wanted))
            {
                var hash = Encoding.UTF8.GetString(line[..^wanted.Length]);
                return IsHash(hash) ? hash : null;
            }
        }

        return null;
    }

    private static bool IsReference(string name) =>
        name.StartsWith("refs/", StringComparison.Ordinal)
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.AsSpan().ContainsAnyInRange('\0', ' ')
        && !name.Contains('\uFFFD');

    private static bool IsHash(string text) => text.Length is 40 or 64 && text.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;
}
