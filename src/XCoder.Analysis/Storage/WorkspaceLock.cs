using System.Globalization;

namespace XCoder.Analysis.Storage;

/// <summary>Lets one process at a time write to a workspace. The system frees it when the process ends, however it ends.</summary>
public sealed class WorkspaceLock : IDisposable
{
    // errno of a file another process has locked: Linux, macOS.
    private static readonly int[] WouldBlock = [11, 35];

    private readonly FileStream _file;

    private WorkspaceLock(FileStream file) => _file = file;

    /// <summary>Takes the lock of a workspace, waiting for another holder.</summary>
    /// <param name="folder">The workspace's folder; it must exist.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="waiting">Called once, with the holder's process id (or "another process"), when it has to wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="StoreException">The lock was not free in time.</exception>
    public static WorkspaceLock Take(string folder, TimeSpan patience, Action<string>? waiting = null, CancellationToken cancellation = default)
    {
        var path = Path.Combine(folder, "lock");
        var end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        for (var told = false; ; told = true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
                WriteHolder(file);
                return new WorkspaceLock(file);
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new StoreException($"The workspace {folder} cannot be written: {exception.Message} Check its permissions, or choose another --workspace.", exception);
            }
            catch (IOException exception) when (WouldBlock.Contains(exception.HResult))
            {
                if (!told)
                {
                    waiting?.Invoke(Holder(path));
                }

                if (Environment.TickCount64 >= end)
                {
                    throw new StoreException($"The workspace {folder} is in use by {Holder(path)}. Wait for it to end, or choose another --workspace.");
                }

                cancellation.WaitHandle.WaitOne(100);
            }
            catch (IOException exception)
            {
                throw new StoreException($"The workspace {folder} cannot be written: {exception.Message} Check its permissions, or choose another --workspace.", exception);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static void WriteHolder(FileStream file)
    {
        try
        {
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush(flushToDisk: false);
        }
        catch (IOException)
        {
            // A full disk: the lock holds all the same, only its holder has no name.
        }
    }

    // The lock is advisory: the holder's id is read past it by a program that does not ask.
    private static string Holder(string path)
    {
        try
        {
            using var handle = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete });
            using var reader = new StreamReader(handle);
            return reader.ReadToEnd() is { Length: > 0 } id ? $"process {id}" : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
