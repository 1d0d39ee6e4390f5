using XCoder.Analysis.Repositories.Ignore;

namespace XCoder.Analysis.Repositories.Walk;

/// <summary>One folder of a work tree, read.</summary>
/// <param name="Path">Path below the root, empty or ending in <c>/</c>.</param>
/// <param name="Entries">Its entries in the order of their paths.</param>
/// <param name="Rules">The ignore rules for its entries.</param>
internal sealed record Folder(string Path, IReadOnlyList<FolderEntry> Entries, IgnoreRules Rules)
{
    /// <summary>Whether an entry of that name and kind stands in it.</summary>
    public bool Has(string name, EntryKind kind = EntryKind.File) => Has(Entries, name, kind);

    /// <summary>Whether an entry of that name and kind is among <paramref name="entries"/>.</summary>
    public static bool Has(IReadOnlyList<FolderEntry> entries, string name, EntryKind kind)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Kind == kind && entries[i].Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
