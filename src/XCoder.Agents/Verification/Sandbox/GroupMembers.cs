using System.Globalization;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>Who is in a group, as <c>/etc/group</c> and <c>/etc/passwd</c> say; many systems give each user a group of their own.</summary>
internal static class GroupMembers
{
    /// <summary>Whether somebody other than root and <paramref name="user"/> is in a group, or that cannot be told.</summary>
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

    private static IEnumerable<string[]> Rows(string file, int fields) => File.ReadLines(file).Select(line => line.Split(':')).Where(row => row.Length >= fields);

    private static long Number(string text) => long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
