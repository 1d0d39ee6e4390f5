using System.Globalization;
using System.Runtime.InteropServices;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>Reads from <c>/proc</c> what a process and its descendants use, and ends them.</summary>
internal static class ProcessTree
{
    private const string Unit = " kB";
    private const int EndNow = 9, Stop = 19;

    // USER_HZ is 100 on every system that .NET supports.
    private const int TicksASecond = 100;

    /// <summary>
    /// Bytes of memory that a process and its descendants use, page tables included. Shared memory counts once for each process; pages of
    /// files do not count, because the kernel can drop them.
    /// </summary>
    public static long Memory(int process) => All(process).Sum(MemoryOf);

    /// <summary>As <see cref="Memory"/>, plus the memory that the kernel holds for the sandbox of the last descendant.</summary>
    /// <param name="process">Id of the first process.</param>
    /// <param name="folderBytes">Size in bytes of each of the sandbox's folders in memory.</param>
    public static long MemoryOfSandbox(int process, long folderBytes)
    {
        var all = All(process).ToList();
        return all.Sum(MemoryOf) + KernelMemory.Of(all[^1], folderBytes);
    }

    /// <summary>
    /// Ends a process and all its descendants; a sandbox that is being set up would otherwise outlive the process that started it.
    /// </summary>
    public static void Kill(int process)
    {
        // A stopped process cannot start further ones.
        _ = kill(process, Stop);
        foreach (var id in All(process).Reverse().ToList())
        {
            _ = kill(id, EndNow);
        }
    }

    /// <summary>
    /// Processor time of a process and its descendants, including those that ended and were waited for. Resolution: 10 ms.
    /// </summary>
    public static TimeSpan ProcessorTime(int process)
    {
        // A parent is read before its children. A child that ends in between is missing this time but never counts twice.
        var ticks = 0L;
        foreach (var id in All(process))
        {
            ticks += Ticks(Read($"/proc/{id}/stat"));
        }

        return TimeSpan.FromSeconds((double)ticks / TicksASecond);
    }

    /// <summary>
    /// Whether a thread of a process or of its descendants runs, is ready to run or waits for a disk, and so does not wait for anything
    /// else.
    /// </summary>
    public static bool IsRunning(int process) =>
        All(process).SelectMany(Threads).Any(thread => StateOf(Read(thread + "/stat")) is 'R' or 'D');

    /// <summary>
    /// Total time that threads of a process and its descendants were ready to run but had no processor; zero if the kernel does not tell.
    /// </summary>
    public static TimeSpan RunDelay(int process)
    {
        var nanoseconds = 0L;
        foreach (var thread in All(process).SelectMany(Threads))
        {
            var fields = Read(thread + "/schedstat").Split(' ');
            nanoseconds += fields.Length > 1 && long.TryParse(fields[1], CultureInfo.InvariantCulture, out var delay) ? delay : 0;
        }

        return TimeSpan.FromMicroseconds(nanoseconds / 1000.0);
    }

    private static long MemoryOf(int process)
    {
        var kilobytes = 0L;
        foreach (var line in Read($"/proc/{process}/status").Split('\n'))
        {
            if (line.Split(':', 2) is ["RssAnon" or "RssShmem" or "VmPTE", var size]
                && long.TryParse(size.AsSpan(0, size.Length - Unit.Length), CultureInfo.InvariantCulture, out var number))
            {
                kilobytes += number;
            }
        }

        return kilobytes << 10;
    }

    private static IEnumerable<int> All(int process)
    {
        var open = new Stack<int>([process]);
        while (open.TryPop(out var id))
        {
            yield return id;
            foreach (var child in Children(id))
            {
                open.Push(child);
            }
        }
    }

    // proc(5): the state is the field after the name.
    private static char StateOf(string stat) => stat.LastIndexOf(')') is var end and >= 0 && end + 2 < stat.Length ? stat[end + 2] : ' ';

    // proc(5): utime, stime, cutime and cstime are fields 14 to 17; field 2 is a name in parentheses that may hold anything.
    private static long Ticks(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 15 ? 0 : fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
    }

    private static string[] Threads(int process)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{process}/task");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<int> Children(int process) =>
        Threads(process).SelectMany(thread => Read(thread + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture));

    [DllImport("libc")]
    private static extern int kill(int process, int signal);

    // A process may end while it is looked at.
    internal static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

/// <summary>
/// Estimates the memory that the kernel holds for a sandbox beside that of its processes, as far as <c>/proc</c> tells: an upper bound for
/// sockets, and the files in memory. It serves machines where no control group counts this memory.
/// </summary>
internal static class KernelMemory
{
    // Default buffer size of datagram and Unix sockets if the system does not tell. No program in the sandbox can change its buffers.
    private const long UsualBuffer = 212_992;

    // An inode, a name and a directory entry.
    private const ulong BytesOfAFile = 1200;

    // A queued TCP byte costs this factor, including the kernel's bookkeeping.
    private const int TcpFactor = 2;

    private static readonly string[] Buffered = ["unix", "udp", "udp6", "raw", "raw6", "netlink", "packet"];
    private static readonly string[] Streams = ["tcp", "tcp6"];
    private static readonly string[] Folders = ["work", "dev/shm"];
    // Includes filters and other socket options, which have a limit of their own.
    private static readonly Lazy<long> Buffer =
        new(() => Math.Max(UsualBuffer, Math.Max(Number("/proc/sys/net/core/wmem_default"), Number("/proc/sys/net/core/rmem_default")))
            + Number("/proc/sys/net/core/optmem_max"));

    /// <summary>The kernel's memory for a sandbox, in bytes.</summary>
    /// <param name="process">Id of a process in the sandbox.</param>
    /// <param name="folderBytes">
    /// Size in bytes of each of the sandbox's folders in memory. A folder of another size is ignored, because until the sandbox is set up,
    /// the process sees this machine's folders.
    /// </param>
    public static long Of(int process, long folderBytes)
    {
        // Until the process has a network of its own, it shows this machine's sockets.
        if (Link($"/proc/{process}/ns/net") is not { } network || network == Link("/proc/self/ns/net"))
        {
            return 0;
        }

        return (Buffered.Sum(name => Lines(process, name).Count()) * Buffer.Value)
            + (Streams.Sum(name => Lines(process, name).Sum(Queued)) * TcpFactor)
            + Folders.Sum(folder => Used($"/proc/{process}/root/{folder}", folderBytes));
    }

    private static IEnumerable<string> Lines(int process, string name) =>
        ProcessTree.Read($"/proc/{process}/net/{name}").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);

    // The fifth field holds the bytes to send and the bytes received, in hexadecimal.
    private static long Queued(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, var queues, ..]
            && queues.Split(':') is [var sent, var received]
        && long.TryParse(sent, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var toSend)
        && long.TryParse(received, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var toRead) ? toSend + toRead : 0;

    // Counts the blocks of files and the files themselves, since there may be millions of empty ones.
    private static long Used(string folder, long size) =>
        statvfs(folder, out var system) == 0 && system.Blocks == ((ulong)size + system.BlockSize - 1) / system.BlockSize
            ? (long)(((system.Blocks - system.FreeBlocks) * system.BlockSize) + ((system.Files - system.FreeFiles) * BytesOfAFile)) : 0;

    private static string? Link(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: false)?.Name;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [DllImport("libc")]
    private static extern int statvfs(string path, out FileSystem system);

    [StructLayout(LayoutKind.Sequential, Size = 256)]
    private readonly struct FileSystem
    {
        private readonly ulong _preferredSize;
        public readonly ulong BlockSize;
        public readonly ulong Blocks;
        public readonly ulong FreeBlocks;
        private readonly ulong _availableBlocks;
        public readonly ulong Files;
        public readonly ulong FreeFiles;
    }

    private static long Number(string path) =>
        long.TryParse(ProcessTree.Read(path), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
