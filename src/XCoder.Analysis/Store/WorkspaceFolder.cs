using XCoder.Analysis.Text;

namespace XCoder.Analysis.Store;

/// <summary>The folder that holds the database, caches and reports of a run.</summary>
public sealed class WorkspaceFolder
{
    private readonly bool _mustExist;

    private WorkspaceFolder(string folder, bool mustExist) => (Folder, _mustExist) = (folder, mustExist);

    /// <summary>Absolute path.</summary>
    public string Folder { get; }

    /// <summary>Opens a workspace, making its folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="trust">What the user vouches for.</param>
    /// <exception cref="StoreException">The folder cannot be made, or what is in it is not to be used.</exception>
    public static WorkspaceFolder Create(string folder, WorkspaceTrust? trust = null)
    {
        var path = Path.GetFullPath(folder);
        Validate(path, trust);
        try
        {
            Directory.CreateDirectory(path);

            // A workspace inside a repository should not show up as untracked.
            var ignore = Path.Combine(path, ".gitignore");
            if (!Path.Exists(ignore))
            {
                AsideFile.Write(ignore, file => file.Write("*\n"u8));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"The workspace {path} cannot be written: {exception.Message} Make room, check its "
                    + $"permissions, or choose another --workspace.", exception);
        }

        return new WorkspaceFolder(path, mustExist: false);
    }

    /// <summary>Opens a workspace that exists.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="trust">What the user vouches for.</param>
    /// <exception cref="StoreException">There is none, or what is in it is not to be used.</exception>
    public static WorkspaceFolder OpenExisting(string folder, WorkspaceTrust? trust = null)
    {
        var path = Path.GetFullPath(folder);
        Validate(path, trust);
        var store = Path.Combine(path, SnippetStore.FileName);
        if (!File.Exists(store))
        {
            throw new StoreException(
                $"There is no store in {path}. Run 'xcoder index PATH' or 'xcoder analyze PATH' first, or "
                    + $"name the workspace with --workspace.");
        }

        DatabaseFiles.Check(store, mustExist: true);
        return new WorkspaceFolder(path, mustExist: true);
    }

    /// <summary>
    /// Fails where a folder, which need not exist, is not to be used as a workspace: a repository may have brought it along.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="trust">What the user vouches for.</param>
    /// <exception cref="StoreException">Says what is wrong and what to do.</exception>
    public static void Validate(string folder, WorkspaceTrust? trust = null) =>
        WorkspaceGuard.Check(Path.GetFullPath(folder), trust ?? new WorkspaceTrust());

    /// <summary>Opens the store.</summary>
    /// <exception cref="StoreException">It cannot be used, or is empty where the workspace was opened as one that exists.</exception>
    public SnippetStore OpenStore() => _mustExist ? SnippetStore.OpenExisting(Folder) : SnippetStore.Open(Folder);
}
