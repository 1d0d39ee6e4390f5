using System.Globalization;
using XCoder.Analysis.Repositories;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>
/// Finds programs that are safe to start: in absolute entries of the search path, where only root and this user can change the program and
/// every folder and link on the way to it, and outside of the analysed code. All other programs are ignored.
/// </summary>
internal sealed class ProgramLocator
{
    private const int GroupWrites = 0x10, OthersWrite = 0x2, Executes = 0x49;

    private static readonly string[] SystemFolders = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    private readonly IReadOnlyList<string> _forbidden, _accountHomes;
    private readonly string? _current;
    private readonly uint _user = NativeFiles.User;

    /// <summary>A finder.</summary>
    /// <param name="searchPath">Folders as <c>PATH</c> has them; entries that are not absolute are ignored.</param>
    /// <param name="home">The user's home, or null.</param>
    /// <param name="current">The current folder: no program in it is used, nor one in the git work trees around it.</param>
    /// <param name="repositories">Roots of indexed repositories: no program in them is used.</param>
    /// <param name="accountHomes">The home folders that the system's list of users has for this user.</param>
    public ProgramLocator(string searchPath, string? home, string? current, IEnumerable<string> repositories,
        IReadOnlyList<string> accountHomes)
    {
        Home = home is not null && Path.IsPathRooted(home) && NativeFiles.RealPath(home) is { } real ? real : null;
        _current = current is null ? null : NativeFiles.RealPath(current) ?? current;
        var analysed = repositories.Select(root => NativeFiles.RealPath(root) ?? root);

        // A home under version control, for example for its settings, is not analysed code. But some CI systems set HOME to the checkout.
        _accountHomes = [.. accountHomes.Select(own => NativeFiles.RealPath(own)).OfType<string>()];
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
            Environment.CurrentDirectory, repositories, Accounts.Homes(NativeFiles.User));
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
        if (Fault("/") is { } root)
        {
            return root;
        }

        try
        {
            return PathWalk.Steps(path).Select(step => Forbidden(step.Path) ?? Fault(step.Path)).FirstOrDefault(why => why is not null);
        }
        catch (IOException exception)
        {
            return exception.Message;
        }
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
            : (facts.Mode & OthersWrite) != 0 || ((facts.Mode & GroupWrites) != 0 && Accounts.HasOthers(facts.Group, _user))
                ? $"other users can write to {path}"
            : null;
    }

    private IEnumerable<string> WorkTreesAround(string? folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (!_accountHomes.Contains(at) && Path.Exists(Path.Combine(at, ".git")))
            {
                yield return at;
            }
        }
    }
}

/// <summary>Reads users and groups from <c>/etc/passwd</c> and <c>/etc/group</c>.</summary>
internal static class Accounts
{
    /// <summary>The home folders of a user; none if they cannot be read, or the user stands elsewhere.</summary>
    /// <param name="user">User id.</param>
    public static IReadOnlyList<string> Homes(uint user)
    {
        try
        {
            return [.. Rows("/etc/passwd", 6).Where(row => Number(row[2]) == user).Select(row => row[5])];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>
    /// Whether a group has members other than root and <paramref name="user"/>; true also if this cannot be determined. Many systems give
    /// each user a group of their own.
    /// </summary>
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
