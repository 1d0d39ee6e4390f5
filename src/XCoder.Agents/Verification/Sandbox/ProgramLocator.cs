using System.Globalization;
using XCoder.Analysis.Repositories;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>
/// Finds programs that are safe to start: in absolute entries of the search path, where only root and this user can change the program and
/// every folder and link on the way to it, and outside of the analysed code. All other programs are ignored.
/// </summary>
internal sealed class ProgramLocator
{
    private const int MostLinks = 40, GroupWrites = 0x10, OthersWrite = 0x2, Executes = 0x49;

    private static readonly string[] SystemFolders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    private readonly IReadOnlyList<string> _forbidden;
    private readonly string? _current;
    private readonly uint _user = NativeFiles.User;

    /// <summary>A finder.</summary>
    /// <param name="searchPath">Folders as <c>PATH</c> has them; entries that are not absolute are ignored.</param>
    /// <param name="home">The user's home, or null.</param>
    /// <param name="current">The current folder: no program in it is used, nor one in the git work trees around it.</param>
    /// <param name="repositories">Roots of indexed repositories: no program in them is used.</param>
    public ProgramLocator(string searchPath, string? home, string? current, IEnumerable<string> repositories)
    {
        Home = home is not null && Path.IsPathRooted(home) && NativeFiles.RealPath(home) is { } real ? real : null;
        _current = current is null ? null : NativeFiles.RealPath(current) ?? current;
        var analysed = repositories.Select(root => NativeFiles.RealPath(root) ?? root);
        _forbidden = [.. WorkTreesAround(_current).Concat(analysed).Select(Path.TrimEndingDirectorySeparator).Distinct()];
        SearchPath = [.. SystemFolders.Concat(searchPath.Split(':').Where(Path.IsPathRooted)).Select(Path.TrimEndingDirectorySeparator)
            .Distinct()];
    }

    /// <summary>The system's folders in the form of <c>PATH</c>; the sandbox shows them at the same places.</summary>
    public static string SystemPath { get; } = string.Join(':', SystemFolders);

    /// <summary>The user's home folder with links resolved, or null.</summary>
    public string? Home { get; }

    /// <summary>The folders that are searched: first the system's, then those of the search path.</summary>
    public IReadOnlyList<string> SearchPath { get; }

    /// <summary>A finder for this process as it is now.</summary>
    /// <param name="repositories">Roots of indexed repositories.</param>
    public static ProgramLocator Here(IEnumerable<string> repositories)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return new ProgramLocator(Environment.GetEnvironmentVariable("PATH") ?? "", home.Length > 0 ? home : null,
            Environment.CurrentDirectory, repositories);
    }

    /// <summary>Finds a program. Returns its absolute path, or null.</summary>
    /// <param name="name">The bare name.</param>
    /// <param name="refused">Why a program of this name is not used, as a sentence without a full stop; null if there is none.</param>
    public string? Find(string name, out string? refused) => First(SearchPath, name, out refused);

    /// <summary>Finds a program in the system's folders, which the sandbox shows. Returns its absolute path, or null.</summary>
    /// <param name="name">The bare name.</param>
    /// <param name="refused">Why a program of this name is not used; null if there is none.</param>
    public string? FindInSystem(string name, out string? refused) => First(SystemFolders, name, out refused);

    /// <summary>Why a program or a folder of programs cannot be trusted, or null if it can.</summary>
    /// <param name="path">Absolute path.</param>
    public string? Objection(string path)
    {
        var (at, links, left) = ("/", 0, new Stack<string>());
        Push(left, path);
        if (Fault("/") is { } root)
        {
            return root;
        }

        while (left.TryPop(out var part))
        {
            if (part == "..")
            {
                at = Path.GetDirectoryName(at) ?? "/";
                continue;
            }

            var next = at == "/" ? "/" + part : at + "/" + part;
            if (Forbidden(next) is { } why)
            {
                return why;
            }

            if (Fault(next) is { } fault)
            {
                return fault;
            }

            if (new FileInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++links > MostLinks)
            {
                return $"{path} is a link to itself";
            }

            at = Path.IsPathRooted(target) ? "/" : at;
            Push(left, target);
        }

        return null;
    }

    private string? First(IEnumerable<string> folders, string name, out string? refused)
    {
        refused = null;
        foreach (var folder in name.Contains('/', StringComparison.Ordinal) ? [] : folders)
        {
            var path = folder + "/" + name;
            if (NativeFiles.RealPath(path) is not { } real || NativeFiles.OwnershipOf(real) is not { Kind: EntryKind.File } facts
                || (facts.Mode & Executes) == 0)
            {
                continue;
            }

            if (Objection(path) is not { } objection)
            {
                refused = null;
                return path;
            }

            refused ??= $"{path} is not used: {objection}";
        }

        return null;
    }

    private string? Forbidden(string path)
    {
        if (_current is not null && Path.GetDirectoryName(path) == _current && File.Exists(path))
        {
            return "it is in the current folder";
        }

        return _forbidden.FirstOrDefault(root => path == root || path.StartsWith(root + "/", StringComparison.Ordinal)) is { } inside
            ? $"it is inside {inside}, which is analysed or the current folder's work tree"
            : null;
    }

    private string? Fault(string path)
    {
        var facts = NativeFiles.OwnershipOf(path);
        return facts.Kind == EntryKind.Missing ? $"{path} is not there"
            : facts.Owner != 0 && facts.Owner != _user ? $"{path} belongs to another user"
            : facts.Kind == EntryKind.Link ? null
            : (facts.Mode & OthersWrite) != 0 || ((facts.Mode & GroupWrites) != 0 && GroupMembers.HasOthers(facts.Group, _user))
                ? $"other users can write to {path}"
            : null;
    }

    // A home folder under version control, for example for its settings, is not analysed code.
    private IEnumerable<string> WorkTreesAround(string? folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (at != Home && Path.Exists(Path.Combine(at, ".git")))
            {
                yield return at;
            }
        }
    }

    private static void Push(Stack<string> left, string path)
    {
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")).Reverse())
        {
            left.Push(part);
        }
    }
}

/// <summary>
/// Reads the members of groups from <c>/etc/group</c> and <c>/etc/passwd</c>; many systems give each user a group of their own.
/// </summary>
internal static class GroupMembers
{
    /// <summary>Whether a group has members other than root and <paramref name="user"/>; true also if this cannot be determined.</summary>
    /// <param name="group">Group id.</param>
    /// <param name="user">User id.</param>
    public static bool HasOthers(uint group, uint user)
    {
        try
        {
            // name:password:user:group:… and name:password:group:member,member
            var users = Rows("/etc/passwd", 4).Select(row => (Name: row[0], Id: Number(row[2]), Group: Number(row[3]))).ToList();
            var own = users.Where(row => row.Id == 0 || row.Id == user).Select(row => row.Name).ToHashSet();
            var named = Rows("/etc/group", 4).Where(row => Number(row[2]) == group).ToList();
            return named.Count == 0 || users.Any(row => row.Group == group && !own.Contains(row.Name))
                || named.SelectMany(row => row[3].Split(',', StringSplitOptions.RemoveEmptyEntries)).Any(member => !own.Contains(member));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static IEnumerable<string[]> Rows(string file, int fields) =>
        File.ReadLines(file).Select(line => line.Split(':')).Where(row => row.Length >= fields);

    private static long Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
