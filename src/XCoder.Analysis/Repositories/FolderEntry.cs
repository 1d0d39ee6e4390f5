namespace XCoder.Analysis.Repositories;

/// <summary>One entry of a directory.</summary>
/// <param name="Name">Its name; bytes that are no UTF-8 show as U+FFFD.</param>
/// <param name="RawName">The name's bytes where they are no valid UTF-8, else null.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct FolderEntry(string Name, byte[]? RawName, EntryKind Kind)
{
    /// <summary>
    /// Orders as the full paths below do: a folder sorts as if its name ended in <c>/</c>, so that a depth-first
    /// walk gives paths in ordinal order.
    /// </summary>
    public static int Compare(FolderEntry left, FolderEntry right)
    {
        var (a, b) = (left.Name, right.Name);
        var common = a.AsSpan().CommonPrefixLength(b);
        var order = CharAt(a, common, left.Kind) - CharAt(b, common, right.Kind);
        return order != 0 ? order : a.Length - b.Length;
    }

    private static int CharAt(string name, int index, EntryKind kind) =>
        index < name.Length ? name[index] : kind == EntryKind.Folder ? '/' : -1;
}
