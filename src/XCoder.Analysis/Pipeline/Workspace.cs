using XCoder.Analysis.Storage;

namespace XCoder.Analysis.Pipeline;

/// <summary>The folder that holds the database, caches and reports of a run.</summary>
public sealed class Workspace
{
    private Workspace(string folder) => Folder = folder;

    /// <summary>Absolute path.</summary>
    public string Folder { get; }

    /// <summary>Opens a workspace, making its folder.</summary>
    /// <exception cref="StoreException">The folder cannot be made.</exception>
    public static Workspace Create(string folder)
    {
        var path = Path.GetFullPath(folder);
        try
        {
            Directory.CreateDirectory(path);

            // A workspace inside a repository should not show up as untracked.
            var ignore = Path.Combine(path, ".gitignore");
            if (!File.Exists(ignore))
            {
                File.WriteAllText(ignore, "*\n");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The workspace {path} cannot be written: {exception.Message} Make room, check its permissions, or choose another --workspace.", exception);
        }

        return new Workspace(path);
    }

    /// <summary>Opens a workspace that exists.</summary>
    /// <exception cref="StoreException">There is none.</exception>
    public static Workspace OpenExisting(string folder)
    {
        var path = Path.GetFullPath(folder);
        return File.Exists(Path.Combine(path, SnippetStore.FileName))
            ? new Workspace(path)
            : throw new StoreException($"There is no store in {path}. Run 'xcoder index PATH' or 'xcoder analyze PATH' first, or name the workspace with --workspace.");
    }

    /// <summary>Opens the store.</summary>
    /// <exception cref="StoreException">It cannot be used.</exception>
    public SnippetStore OpenStore() => SnippetStore.Open(Folder);
}
