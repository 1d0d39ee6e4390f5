using System.Text;

namespace XCoder.Analysis.Repositories.Git;

/// <summary>Lists the files of a commit.</summary>
internal static class GitTree
{
    private const int MostFiles = 5_000_000;
    private const int MostDepth = 512;

    // What file systems allow. Without limits, a few folders that share one long name would make gigabytes of paths.
    private const int MostNameBytes = 255, MostPathBytes = 4096;
    private const long MostCharacters = 1 << 29;
    private const int IdBytes = 20;
    private const uint TypeMask = 0xF000, Folder = 0x4000, File = 0x8000;

    /// <summary>
    /// The files below a folder, by path: regular files alone, neither links nor submodules, and only under names that a file below
    /// a root can have. A name with a slash, <c>..</c> or <c>.git</c>, which git refuses to check out, is left out.
    /// </summary>
    /// <param name="objects">The repository's objects.</param>
    /// <param name="tree">Name of the root's folder.</param>
    /// <param name="isWanted">Whether to enter a folder, or list a file, by its path; folders end in <c>/</c>.</param>
    /// <param name="cancellation">Cancels the listing.</param>
    /// <returns>Path below the root → name of the blob.</returns>
    /// <exception cref="GitException">
    /// A folder is missing or damaged, there are more than five million entries, or a name or path is longer than files can have.
    /// </exception>
    public static Dictionary<string, string> Files(GitObjects objects, string tree, Func<string, bool> isWanted,
        CancellationToken cancellation = default)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Stack<(string Path, string Tree, int Depth)>();
        open.Push(("", tree, 0));
        var (left, characters) = (MostFiles, 0L);
        while (open.TryPop(out var folder))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (mode, name, id) in Entries(objects.Read(folder.Tree, GitObjectType.Tree), folder.Tree, ref left))
            {
                if (folder.Depth > MostDepth)
                {
                    throw Harmful($"The commit holds folders nested more than {MostDepth} deep");
                }

                var path = folder.Path + name;
                if (Encoding.UTF8.GetByteCount(path) > MostPathBytes)
                {
                    throw Harmful($"Git's folder {folder.Tree} holds a path of more than {MostPathBytes:N0} bytes");
                }

                if ((characters += path.Length) > MostCharacters)
                {
                    throw Harmful($"The paths of the commit have more than {MostCharacters:N0} characters together");
                }

                if ((mode & TypeMask) == Folder && isWanted(path + "/"))
                {
                    open.Push((path + "/", id, folder.Depth + 1));
                }
                else if ((mode & TypeMask) == File && isWanted(path))
                {
                    files[path] = id;
                }
            }
        }

        return files;
    }

    private static GitException Harmful(string what) => new($"{what}: it is damaged or made to do harm.");

    // An entry is its mode in octal digits, a blank, its name, a zero byte, and 20 bytes of a hash. Entries whose names are refused
    // count as well: a folder of nothing else takes as long to read.
    private static List<(uint Mode, string Name, string Id)> Entries(byte[] tree, string id, ref int left)
    {
        var entries = new List<(uint, string, string)>();
        for (var rest = tree.AsSpan(); !rest.IsEmpty;)
        {
            var (blank, end) = (rest.IndexOf((byte)' '), rest.IndexOf((byte)0));
            if (blank is < 1 or > 7 || end < blank || end + 1 + IdBytes > rest.Length)
            {
                throw new GitException($"Git's folder {id} is damaged. 'git fsck' tells more.");
            }

            if (--left < 0)
            {
                throw Harmful($"The commit holds more than {MostFiles:N0} entries");
            }

            uint mode = 0;
            foreach (var digit in rest[..blank])
            {
                mode = (mode << 3) | (uint)(digit & 7);
            }

            var name = rest[(blank + 1)..end];
            if (name.Length > MostNameBytes)
            {
                throw Harmful($"Git's folder {id} holds a name of more than {MostNameBytes} bytes");
            }

            if (IsName(name))
            {
                entries.Add((mode, Encoding.UTF8.GetString(name), Convert.ToHexStringLower(rest.Slice(end + 1, IdBytes))));
            }

            rest = rest[(end + 1 + IdBytes)..];
        }

        return entries;
    }

    private static bool IsName(ReadOnlySpan<byte> name) =>
        !name.IsEmpty && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8) && name.IndexOf((byte)'/') < 0
        && System.Text.Unicode.Utf8.IsValid(name)
        && !Encoding.UTF8.GetString(name).Equals(".git", StringComparison.OrdinalIgnoreCase);
}
