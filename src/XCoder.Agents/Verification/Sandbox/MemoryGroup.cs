using System.Diagnostics;
using System.Globalization;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>
/// A memory control group for one run. The kernel counts all memory of the run's processes together, including sockets, pipes, page tables
/// and files in memory, and ends processes that exceed the limit. Uses cgroup version 2 if a part of the tree is delegated to this user,
/// and version 1 as root.
/// </summary>
internal sealed class MemoryGroup : IDisposable
{
    /// <summary>Switch of <see cref="AppContext"/> that turns groups off, so that tests can check the other limits.</summary>
    public const string Without = "XCoder.Sandbox.WithoutMemoryGroup";

    private const string Prefix = "xcoder-";
    private const int RemovalAttempts = 100;
    private static readonly TimeSpan RemovalPause = TimeSpan.FromMilliseconds(10);

    private static readonly Lazy<(string Folder, bool IsSecond)?> Place = new(() => IsOff ? null : Find());
    private static long _made;

    private readonly bool _isSecond;

    private MemoryGroup(string folder, bool isSecond) => (Folder, _isSecond) = (folder, isSecond);

    /// <summary>Whether groups are turned off.</summary>
    public static bool IsOff => AppContext.TryGetSwitch(Without, out var isWithout) && isWithout;

    /// <summary>Whether runs on this machine get a group.</summary>
    public static bool IsHere => Place.Value is not null;

    /// <summary>Folder of the group. A process joins by writing its id into <c>cgroup.procs</c> there.</summary>
    public string Folder { get; }

    /// <summary>Whether the kernel has ended a process of the group for its memory.</summary>
    public bool HasEndedAProcess => ProcessTree.Read(Path.Combine(Folder, _isSecond ? "memory.events" : "memory.oom_control")).Split('\n')
        .Any(line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && line != "oom_kill 0");

    /// <summary>Creates a group with a limit. Returns null if that is not possible.</summary>
    /// <param name="bytes">Largest memory in bytes.</param>
    public static MemoryGroup? Create(long bytes)
    {
        if (Place.Value is not var (folder, isSecond))
        {
            return null;
        }

        return Create(folder, isSecond, bytes);
    }

    /// <summary>Removes the group; waits up to a second until its processes are gone.</summary>
    public void Dispose()
    {
        for (var attempt = 0; attempt < RemovalAttempts && !Remove(Folder); attempt++)
        {
            Thread.Sleep(RemovalPause);
        }
    }

    private static MemoryGroup? Create(string parent, bool isSecond, long bytes)
    {
        var folder = Path.Combine(parent,
            string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Interlocked.Increment(ref _made)}"));
        var limit = bytes.ToString(CultureInfo.InvariantCulture);
        try
        {
            Directory.CreateDirectory(folder);
            if (isSecond)
            {
                File.WriteAllText(Path.Combine(folder, "memory.max"), limit);
                WriteIfThere(Path.Combine(folder, "memory.swap.max"), "0");
                WriteIfThere(Path.Combine(folder, "memory.oom.group"), "1");
            }
            else
            {
                File.WriteAllText(Path.Combine(folder, "memory.limit_in_bytes"), limit);
                WriteIfThere(Path.Combine(folder, "memory.memsw.limit_in_bytes"), limit);
                WriteIfThere(Path.Combine(folder, "memory.kmem.tcp.limit_in_bytes"), (bytes / 4).ToString(CultureInfo.InvariantCulture));
            }

            return new MemoryGroup(folder, isSecond);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Remove(folder);
            return null;
        }
    }

    // Finds a folder where a group can be created and joined: beside our own group or above it, because a group with processes cannot have
    // child groups.
    private static (string Folder, bool IsSecond)? Find()
    {
        var own = ProcessTree.Read("/proc/self/cgroup").Split('\n').Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3)
            .ToList();
        foreach (var mount in ProcessTree.Read("/proc/self/mounts").Split('\n').Select(line => line.Split(' '))
            .Where(parts => parts.Length > 3))
        {
            var isSecond = mount[2] == "cgroup2";
            if (!isSecond && !(mount[2] == "cgroup" && mount[3].Split(',').Contains("memory")))
            {
                continue;
            }

            var path = own.Find(parts => isSecond ? parts[0] == "0" : parts[1].Split(',').Contains("memory"))?[2] ?? "/";
            foreach (var folder in Above(mount[1], path, withOwn: !isSecond))
            {
                if ((!isSecond || ProcessTree.Read(Path.Combine(folder, "cgroup.subtree_control")).Split(' ', '\n').Contains("memory"))
                    && CanJoin(folder, isSecond))
                {
                    Sweep(folder);
                    return (folder, isSecond);
                }
            }
        }

        return null;
    }

    private static IEnumerable<string> Above(string mount, string path, bool withOwn)
    {
        var folder = path == "/" || path.Contains("/..", StringComparison.Ordinal) ? mount : mount + path;
        for (var at = withOwn || folder == mount ? folder : Path.GetDirectoryName(folder)!; ; at = Path.GetDirectoryName(at)!)
        {
            if (Directory.Exists(at))
            {
                yield return at;
            }

            if (at.Length <= mount.Length)
            {
                yield break;
            }
        }
    }

    private static bool CanJoin(string folder, bool isSecond)
    {
        using var group = Create(folder, isSecond, 64L << 20);
        if (group is null)
        {
            return false;
        }

        using var process = ProgramStart.Start("/bin/sh", ["-c", "echo $$ >\"$1/cgroup.procs\"", "sh", group.Folder],
            new Dictionary<string, string>());
        process.StandardInput.Close();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    // Removes the groups of runs that were killed.
    private static void Sweep(string folder)
    {
        foreach (var left in Directory.EnumerateDirectories(folder, Prefix + "*"))
        {
            if (int.TryParse(Path.GetFileName(left)[Prefix.Length..].Split('-')[0], CultureInfo.InvariantCulture, out var process)
                && !Directory.Exists($"/proc/{process}"))
            {
                Remove(left);
            }
        }
    }

    private static bool Remove(string folder)
    {
        try
        {
            Directory.Delete(folder);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static void WriteIfThere(string path, string text)
    {
        try
        {
            if (File.Exists(path))
            {
                File.WriteAllText(path, text);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // This file only refines the limit that is already set.
        }
    }
}
