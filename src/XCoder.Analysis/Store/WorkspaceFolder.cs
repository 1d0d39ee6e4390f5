using XCoder.Analysis.Text;

namespace XCoder.Analysis.Store;

/// <summary>The folder for the database, caches and reports.</summary>
public sealed class WorkspaceFolder
{
    private readonly bool _mustExist;

    private WorkspaceFolder(string folder, bool mustExist) => (Folder, _mustExist) = (folder, mustExist);

    /// <summary>Absolute path of the workspace.</summary>
    public string Folder { get; }

    /// <summary>Opens a workspace, creating its folder if necessary.</summary>
    /// <param name="folder">Path of the workspace.</param>
    /// <param name="trust">What the user vouches for; null for the defaults.</param>
    /// <exception cref="StoreException">The folder cannot be created, or its content must not be used.</exception>
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
                AsideFile.Replace(ignore, file => file.Write("*\n"u8));
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

    /// <summary>Opens an existing workspace.</summary>
    /// <param name="folder">Path of the workspace.</param>
    /// <param name="trust">What the user vouches for; null for the defaults.</param>
    /// <exception cref="StoreException">The folder has no store, or its content must not be used.</exception>
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
    /// Throws if a folder must not be used as a workspace, because a repository may have brought it along. The folder
    /// need not exist.
    /// </summary>
    /// <param name="folder">Path of the workspace.</param>
    /// <param name="trust">What the user vouches for; null for the defaults.</param>
    /// <exception cref="StoreException">The folder must not be used; the message says why and what to do.</exception>
    public static void Validate(string folder, WorkspaceTrust? trust = null) =>
        WorkspaceGuard.Check(Path.GetFullPath(folder), trust ?? new WorkspaceTrust());

    /// <summary>Opens the store of the workspace.</summary>
    /// <exception cref="StoreException">
    /// The store cannot be used, or it is empty and the workspace was opened with <see cref="OpenExisting"/>.
    /// </exception>
    public SnippetStore OpenStore() => _mustExist ? SnippetStore.OpenExisting(Folder) : SnippetStore.Open(Folder);
}
