namespace XCoder.Analysis.Repositories.Walk;

/// <summary>Counts the files of a folder that is left out: directory reads only, no file is looked at.</summary>
internal static class FileCounter
{
    /// <summary>
    /// Everything below the folder that is no folder, links counted and not followed, git's own folders left out.
    /// Folders that cannot be read count as empty.
    /// </summary>
    public static int Count(ReadOnlySpan<byte> path, CancellationToken cancellation)
    {
        var count = 0;
        var pending = new Stack<byte[]>();
        pending.Push(path.ToArray());
        while (pending.TryPop(out var folder))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var entry in NativeFiles.List(folder, out _) ?? [])
            {
                if (entry.Kind != EntryKind.Folder)
                {
                    count++;
                }
                else if (!AdministrativeFolders.Contains(entry.Name))
                {
                    var end = folder.AsSpan().IndexOf((byte)0);
                    pending.Push([.. folder.AsSpan(0, end), (byte)'/', .. entry.RawName ?? System.Text.Encoding.UTF8.GetBytes(entry.Name), 0]);
                }
            }
        }

        return count;
    }
}
