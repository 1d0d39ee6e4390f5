namespace XCoder.Analysis.Repositories.Ignore;

/// <summary>The ignore files of one name from a folder up to the root, nearest first.</summary>
/// <param name="List">The patterns of this folder.</param>
/// <param name="FolderLength">Length in bytes of the folder's path below the root, its last <c>/</c> included.</param>
/// <param name="Outer">The files above, or null.</param>
internal sealed record IgnoreScope(IgnoreList List, int FolderLength, IgnoreScope? Outer)
{
    /// <summary>The verdict of the nearest file that has one; null scopes have none.</summary>
    public static IgnoreVerdict Judge(IgnoreScope? scope, BytePath path, bool isFolder)
    {
        if (scope == null)
        {
            return IgnoreVerdict.None;
        }

        var relative = path.Relative;
        var name = relative[path.FolderLength..];
        for (; scope != null; scope = scope.Outer)
        {
            var verdict = scope.List.Judge(relative[scope.FolderLength..], name, isFolder);
            if (verdict != IgnoreVerdict.None)
            {
                return verdict;
            }
        }

        return IgnoreVerdict.None;
    }
}
