using System.Text;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>Reads references: branches, tags, HEAD and the like, loose and packed.</summary>
internal static class GitReferences
{
    private const int MaxReferenceBytes = 1 << 16;
    private const int MaxPackedBytes = 64 << 20;
    private const int MaxSymbolicSteps = 5;
    private const string Symbolic = "ref:";

    // What git keeps beside 'refs/'.
    private static readonly string[] Heads = ["HEAD", "ORIG_HEAD", "FETCH_HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"];

    /// <summary>The object that a reference names, as hex digits; null if there is no such reference, or it is damaged.</summary>
    /// <param name="folder">Git's folders of the work tree.</param>
    /// <param name="name">Its full name: <c>HEAD</c>, <c>refs/heads/main</c>.</param>
    public static string? Read(GitFolder folder, string name)
    {
        for (var step = 0; step < MaxSymbolicSteps && IsReference(name); step++)
        {
            var bytes = folder.Read(name, MaxReferenceBytes) ?? folder.ReadCommon(name, MaxReferenceBytes);
            if (bytes == null)
            {
                return Packed(folder, name);
            }

            var text = Encoding.UTF8.GetString(bytes).Trim();
            if (!text.StartsWith(Symbolic, StringComparison.Ordinal))
            {
                // FETCH_HEAD says more behind the hash.
                var hash = text.Split('\t', '\n')[0].TrimEnd();
                return IsHash(hash) ? hash : null;
            }

            name = text[Symbolic.Length..].Trim();
            if (!name.StartsWith("refs/", StringComparison.Ordinal))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Whether a text is a whole hash in lower case, of SHA-1 or SHA-256.</summary>
    public static bool IsHash(string text) => text.Length is 40 or 64 && text.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;

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
        (name.StartsWith("refs/", StringComparison.Ordinal) || Array.IndexOf(Heads, name) >= 0)
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains("//", StringComparison.Ordinal)
        && !name.EndsWith('/')
        && !name.AsSpan().ContainsAnyInRange('\0', ' ')
        && !name.Contains('\uFFFD');
}
