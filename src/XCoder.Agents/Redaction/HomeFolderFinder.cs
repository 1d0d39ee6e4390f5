namespace XCoder.Agents.Redaction;

/// <summary>
/// Finds the names of users in paths below their home folders: <c>/home/NAME/…</c>, <c>/Users/NAME/…</c>, <c>C:\Users\NAME\…</c>.
/// </summary>
internal sealed class HomeFolderFinder(SensitiveRules rules, ValueShape shape) : IFinder
{
    private const int Longest = 32;

    /// <summary>Folders of home folders, up to the name.</summary>
    public static IReadOnlyList<string> Keywords { get; } = ["/home/", "/Users/", "\\Users\\", "\\\\Users\\\\",
        "\\Documents and Settings\\"];

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var isWindows = text[at] == '\\';
        var start = text.IndexOf(isWindows ? '\\' : '/', at + 2);
        while (start < text.Length && text[start] is '/' or '\\')
        {
            start++;
        }

        if (!IsRoot(text, at, isWindows))
        {
            return;
        }

        var end = start;
        while (end < text.Length && end - start <= Longest && (char.IsLetterOrDigit(text[end]) || text[end] is '.' or '_' or '-'))
        {
            end++;
        }

        var name = text.AsSpan(start, end - start).TrimEnd('.');
        var hasMore = end < text.Length - 1 && text[end] is '/' or '\\'
            && (char.IsLetterOrDigit(text[end + 1]) || text[end + 1] is '.' or '\\' or '_');
        if (name.Length is < 2 or > Longest || !char.IsLetter(name[0]) || (!hasMore && !isWindows) || shape.IsDummy(name)
            || rules.GenericUsers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name))
        {
            return;
        }

        found.Add(new Finding(start, start + name.Length, SensitiveKind.User, Finding.Address));
    }

    // Whether the path begins there: not within a longer path or the address of a site.
    private static bool IsRoot(string text, int at, bool isWindows) => isWindows
        ? at > 0 && text[at - 1] is ':' or '\\'
        : at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '.' or '_' or '-' or '}' or ')' or '~' or '/' or '$')
            || text.AsSpan(0, at) is var before && (before.EndsWith("file://") || before.EndsWith("/mnt/c") || before.EndsWith("/export")
                || before.EndsWith("\\n") || before.EndsWith("C:") || before.EndsWith("/c"));
}
