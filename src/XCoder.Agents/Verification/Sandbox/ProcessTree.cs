using System.Globalization;
using System.Runtime.InteropServices;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>What <c>/proc</c> says of a process and its descendants.</summary>
internal static class ProcessTree
{
    private const string Unit = " kB";
    private const int EndNow = 9, Stop = 19;

    // USER_HZ, which is 100 wherever .NET runs.
    private const int TicksASecond = 100;

    /// <summary>
    /// Bytes of memory that a process and its descendants have in use together, page tables included; what they share is counted for each,
    /// but for files, which need not stay in memory.
    /// </summary>
    public static long Memory(int process) => All(process).Sum(MemoryOf);

    /// <summary>The same with what the kernel holds for the sandbox that the last of the descendants is in.</summary>
    /// <param name="process">The first of them.</param>
    /// <param name="folderBytes">Size of the sandbox's folders in memory.</param>
    public static long MemoryOfSandbox(int process, long folderBytes)
    {
        var all = All(process).ToList();
        return all.Sum(MemoryOf) + KernelMemory.Of(all[^1], folderBytes);
    }

    /// <summary>Ends a process and all its descendants: what a sandbox starts outlives it while it is being set up.</summary>
    public static void Kill(int process)
    {
        // A process that is stopped starts no further ones.
        _ = kill(process, Stop);
        foreach (var id in All(process).Reverse().ToList())
        {
            _ = kill(id, EndNow);
        }
    }

    /// <summary>
    /// Processor time that a process and its descendants have used together, those that ended and were waited for included; in steps of 10
    /// ms.
    /// </summary>
    public static TimeSpan ProcessorTime(int process)
    {
        // A parent is read before its children: one that ends in between is missed for now, and never counted twice.
        var ticks = 0L;
        foreach (var id in All(process))
        {
            ticks += Ticks(Read($"/proc/{id}/stat"));
        }

        return TimeSpan.FromSeconds((double)ticks / TicksASecond);
    }

    /// <summary>
    /// Whether a thread of a process or of its descendants runs, is ready to, or waits for a disk: it does not wait for something else.
    /// </summary>
    public static bool IsRunning(int process) =>
        All(process).SelectMany(Threads).Any(thread => StateOf(Read(thread + "/stat")) is 'R' or 'D');

    /// <summary>
    /// How long threads of a process and its descendants have been ready to run without a processor, together; zero where the kernel does
    /// not say.
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

    // proc(5): the field behind the name.
    private static char StateOf(string stat) => stat.LastIndexOf(')') is var end and >= 0 && end + 2 < stat.Length ? stat[end + 2] : ' ';

    // proc(5): utime, stime, cutime and cstime are the fields 14 to 17; the second is a name in brackets that may hold anything.
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
/// Memory that the kernel holds for a sandbox beside that of its processes, as far as <c>/proc</c> tells: an upper bound for
/// sockets, and files in memory. For machines where no control group counts it.
/// </summary>
internal static class KernelMemory
{
    // What a datagram or Unix socket may hold by default, where the system does not say. No program in the sandbox can change its buffers.
    private const long UsualBuffer = 212_992;

    // An inode, a name and its place in the folder.
    private const ulong BytesOfAFile = 1200;

    // A byte in a queue of TCP costs this much with what is kept about it.
    private const int TcpFactor = 2;

    private static readonly string[] Buffered = ["unix", "udp", "udp6", "raw", "raw6", "netlink", "packet"];
    private static readonly string[] Streams = ["tcp", "tcp6"];
    private static readonly string[] Folders = ["work", "dev/shm"];
    // With filters and other options, which have a limit of their own.
    private static readonly Lazy<long> Buffer =
        new(() => Math.Max(UsualBuffer, Math.Max(Number("/proc/sys/net/core/wmem_default"), Number("/proc/sys/net/core/rmem_default")))
            + Number("/proc/sys/net/core/optmem_max"));

    /// <summary>Bytes of a sandbox.</summary>
    /// <param name="process">A process in it.</param>
    /// <param name="folderBytes">Size of its folders in memory, by which they are told from this machine's, which it has until it is set
    /// up.</param>
    public static long Of(int process, long folderBytes)
    {
        // Before it has its own network it shows this machine's.
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

    // The fifth field: bytes to send and bytes received, hexadecimal.
    private static long Queued(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, var queues, ..]
            && queues.Split(':') is [var sent, var received]
        && long.TryParse(sent, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var toSend)
        && long.TryParse(received, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var toRead) ? toSend + toRead : 0;

    // Of both: blocks of files, and the files themselves, of which there may be millions that are empty.
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

    private static long Number(string path) => long.TryParse(ProcessTree.Read(path), CultureInfo.InvariantCulture, out var number) ? number : 0;
}
