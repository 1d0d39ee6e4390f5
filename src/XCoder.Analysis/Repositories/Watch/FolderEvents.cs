namespace XCoder.Analysis.Repositories.Watch;

/// <summary>
/// The system's events about changes below some paths. Links in a folder are not followed. Events may be lost, or come twice: they say
/// when to look, not what changed.
/// </summary>
internal sealed class FolderEvents : IDisposable
{
    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly Action<string> _changed;
    private readonly Action<string> _failed;

    /// <summary>Begins to watch.</summary>
    /// <param name="paths">Files or folders; those that do not exist are left out.</param>
    /// <param name="changed">Called from other threads with the path of a change, or with "" if events were lost.</param>
    /// <param name="failed">Called, maybe from another thread, with the reason why the system gives no events.</param>
    public FolderEvents(IReadOnlyList<string> paths, Action<string> changed, Action<string> failed)
    {
        (_changed, _failed) = (changed, failed);
        foreach (var path in paths)
        {
            if (NativeFiles.RealPath(Path.GetFullPath(path)) is { } real)
            {
                Add(real);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watchers.ForEach(static watcher => watcher.Dispose());

    private void Add(string path)
    {
        try
        {
            var isFolder = Directory.Exists(path);
            var watcher = isFolder ? new FileSystemWatcher(path) { IncludeSubdirectories = true }
                : new FileSystemWatcher(Path.GetDirectoryName(path) ?? "/", Path.GetFileName(path));
            _watchers.Add(watcher);
            watcher.NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite;
            watcher.Created += (_, change) => _changed(change.FullPath);
            watcher.Changed += (_, change) => _changed(change.FullPath);
            watcher.Deleted += (_, change) => _changed(change.FullPath);
            watcher.Renamed += (_, change) =>
            {
                _changed(change.OldFullPath);
                _changed(change.FullPath);
            };
            watcher.Error += (_, error) => OnError(error.GetException());
            watcher.EnableRaisingEvents = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // An argument is wrong if the folder went away in between.
            if (exception is ArgumentException || !Path.Exists(path))
            {
                _changed("");
                return;
            }

            _failed(exception.Message);
        }
    }

    private void OnError(Exception exception)
    {
        if (exception is InternalBufferOverflowException)
        {
            _changed("");
        }
        else
        {
            _failed(exception.Message);
        }
    }
}
