using XCoder.Analysis.Repositories.Detect;
using XCoder.Analysis.Repositories.Git;

namespace XCoder.Analysis.Repositories.Ignore;

/// <summary>All ignore files that count in a folder.</summary>
/// <param name="Git">Chain of <c>.gitignore</c> files, <c>.git/info/exclude</c> last.</param>
/// <param name="Own">Chain of <c>.xcoderignore</c> files; these win at every level.</param>
internal readonly record struct IgnoreRules(IgnoreScope? Git, IgnoreScope? Own)
{
    /// <summary>Git's ignore files.</summary>
    public const string GitFile = ".gitignore";

    /// <summary>Ignore files of this tool, in the same syntax.</summary>
    public const string OwnFile = ".xcoderignore";

    private const int MaxFileBytes = 1 << 20;

    /// <summary>The rules within a folder, given those outside it.</summary>
    /// <param name="folder">Absolute path, ending in <c>/</c>.</param>
    /// <param name="folderLength">Length in bytes of its path below the root, the last <c>/</c> included.</param>
    /// <param name="hasGit">Whether it holds a <c>.gitignore</c>.</param>
    /// <param name="hasOwn">Whether it holds an <c>.xcoderignore</c>.</param>
    public IgnoreRules Within(string folder, int folderLength, bool hasGit, bool hasOwn) => new(
        hasGit ? Chain(folder + GitFile, folderLength, Git) : Git,
        hasOwn ? Chain(folder + OwnFile, folderLength, Own) : Own);

    /// <summary>The rules of a work tree before any folder's own: <c>info/exclude</c> of its git folder.</summary>
    public static IgnoreRules OfWorkTree(string root) =>
        new(GitFolder.Find(root)?.ReadCommon("info/exclude", MaxFileBytes) is { } text && IgnoreList.Parse(text) is { } list ? new IgnoreScope(list, 0, null) : null, null);

    /// <summary>What they say of the path.</summary>
    public IgnoreVerdict Judge(BytePath path, bool isFolder)
    {
        var own = IgnoreScope.Judge(Own, path, isFolder);
        return own != IgnoreVerdict.None ? own : IgnoreScope.Judge(Git, path, isFolder);
    }

    /// <summary>Whether this tool's own ignore files ask for the path in so many words (<c>!vendor/</c>).</summary>
    public bool IsAskedFor(BytePath path) => IgnoreScope.Judge(Own, path, isFolder: true) == IgnoreVerdict.Kept;

    private static IgnoreScope? Chain(string file, int folderLength, IgnoreScope? outer) =>
        SourceFileReader.ReadSmall(file, MaxFileBytes) is { } text && IgnoreList.Parse(text) is { } list
            ? new IgnoreScope(list, folderLength, outer)
            : outer;
}
