using System.Globalization;
using System.Runtime.InteropServices;

namespace XCoder.Agents.Verification.Sandbox;

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
    private static readonly Lazy<long> Buffer = new(() => Math.Max(UsualBuffer, Math.Max(Number("/proc/sys/net/core/wmem_default"), Number("/proc/sys/net/core/rmem_default"))) + Number("/proc/sys/net/core/optmem_max"));

    /// <summary>Bytes of a sandbox.</summary>
    /// <param name="process">A process in it.</param>
    /// <param name="folderBytes">Size of its folders in memory, by which they are told from this machine's, which it has until it is set up.</param>
    public static long Of(int process, long folderBytes)
    {
        // Before it has its own network it shows this machine's.
        if (Link($"/proc/{process}/ns/net") is not { } network || network == Link("/proc/self/ns/net"))
        {
            return 0;
        }

        return (Buffered.Sum(name => Lines(process, name).Count()) * Buffer.Value) + (Streams.Sum(name => Lines(process, name).Sum(Queued)) * TcpFactor) + Folders.Sum(folder => Used($"/proc/{process}/root/{folder}", folderBytes));
    }

    private static IEnumerable<string> Lines(int process, string name) => Read($"/proc/{process}/net/{name}").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1);

    // The fifth field: bytes to send and bytes received, hexadecimal.
    private static long Queued(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, _, var queues, ..] && queues.Split(':') is [var sent, var received]
        && long.TryParse(sent, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var toSend) && long.TryParse(received, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var toRead) ? toSend + toRead : 0;

    // Of both: blocks of files, and the files themselves, of which there may be millions that are empty.
    private static long Used(string folder, long size) =>
        statvfs(folder, out var system) == 0 && system.Blocks == ((ulong)size + system.BlockSize - 1) / system.BlockSize ? (long)(((system.Blocks - system.FreeBlocks) * system.BlockSize) + ((system.Files - system.FreeFiles) * BytesOfAFile)) : 0;

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

    private static long Number(string path) => long.TryParse(Read(path), CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Read(string path)
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
