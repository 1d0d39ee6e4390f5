namespace XCoder.Analysis.Repositories.Walk;

/// <summary>Folders in which version control keeps its own data: neither entered nor counted.</summary>
internal static class AdministrativeFolders
{
    /// <summary>Whether a folder of that name is one.</summary>
    public static bool Contains(string name) => name is ".git" or ".hg" or ".svn" or ".jj";
}
