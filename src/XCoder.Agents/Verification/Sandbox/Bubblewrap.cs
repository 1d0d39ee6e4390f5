using System.Globalization;
using System.Runtime.InteropServices;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>
/// Builds the command line of <c>bwrap</c>: separate process, network, IPC and host name spaces, no network, a read-only system, an empty
/// work folder in memory, no inherited environment, no capabilities, no new privileges, a filter of system calls, and limits. As root, the
/// program runs under a user id of its own that owns nothing; otherwise it runs in a user name space.
/// </summary>
internal static class Bubblewrap
{
    public const string CodeFolder = "/code";
    private const string WorkFolder = "/work";
    private const string SearchPath = "/usr/local/bin:/usr/bin:/bin"; // inside
    private const int Nobody = 65534;

    // The arguments are the file of the filter, the file that takes the exit status, a control group to join, and then the command itself.
    private const string Script =
        "filter=$1 status=$2 group=$3; shift 3; [ -z \"$group\" ] || echo $$ >\"$group/cgroup.procs\" || "
            + "exit 1; exec \"$@\" 3<\"$filter\" 4>\"$status\"";

    // System folders beside /usr. A folder that is a link on this machine is the same link in the sandbox.
    private static readonly string[] SystemFolders = ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
    private static readonly string[] SystemFiles = ["/etc/alternatives", "/etc/ld.so.cache"];

    /// <summary>Builds the arguments for <c>sh</c>.</summary>
    /// <param name="programs">The programs that make the sandbox.</param>
    /// <param name="job">The job to run.</param>
    /// <param name="code">Folder on this machine that holds the job's files.</param>
    /// <param name="filter">File with the filter of system calls.</param>
    /// <param name="status">File that receives the exit status.</param>
    /// <param name="group">Folder of the control group; empty if there is none.</param>
    /// <param name="user">User id for the program; used only as root.</param>
    public static IReadOnlyList<string> Arguments(SandboxPrograms programs, SandboxJob job, string code, string filter, string status,
        string group, int user)
    {
        List<string> words =
        [
            "-c", Script, "sh", filter, status, group, .. UserScope.Words(job.Limits.Memory), programs.Isolation, "--json-status-fd", "4",
            "--seccomp", "3",
            "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--hostname", "sandbox",
            "--new-session", "--die-with-parent", "--clearenv",
            "--ro-bind", "/usr", "/usr",
        ];
        foreach (var folder in SystemFolders)
        {
            words.AddRange(new DirectoryInfo(folder) is { LinkTarget: { } target } ? ["--symlink", target, folder]
                : ["--ro-bind-try", folder, folder]);
        }

        // bwrap would create missing parent folders for root alone, so each is created with its permissions first.
        var made = new HashSet<string> { "/", "/usr" };
        foreach (var path in SystemFiles.Concat(job.Readable).Where(path => !path.StartsWith("/usr/", StringComparison.Ordinal)))
        {
            words.AddRange(Above(path).Where(made.Add).SelectMany(folder => (string[])["--perms", "0755", "--dir", folder]));
            words.AddRange(["--ro-bind-try", path, path]);
        }

        var size = Number(job.Limits.FolderBytes);
        words.AddRange(
        [
            "--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--size", size, "--tmpfs", "/dev/shm", "--remount-ro", "/dev",
            "--ro-bind", code, CodeFolder, "--perms", "0777", "--size", size, "--tmpfs", WorkFolder, "--symlink", WorkFolder, "/tmp",
            "--remount-ro", "/", "--chdir", WorkFolder,
            "--setenv", "PATH", SearchPath, "--setenv", "HOME", WorkFolder, "--setenv", "LANG", "C.UTF-8",
        ]);
        foreach (var (name, value) in job.Environment)
        {
            words.AddRange(["--setenv", name, value]);
        }

        // Root needs these capabilities to change to another user; setpriv then drops them for good.
        words.AddRange(IsRoot
            ? ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP", programs.Users,
                "--reuid", Number(user), "--regid", Number(user), "--clear-groups", "--no-new-privs", "--bounding-set", "-all",
                "--inh-caps", "-all"]
            : ["--unshare-user", "--uid", Number(Nobody), "--gid", Number(Nobody), "--cap-drop", "ALL"]);
        words.AddRange(
        [
            programs.Limits, "--nproc=" + Number(job.Limits.Processes), "--data=" + Number(job.Limits.Memory),
            "--cpu=" + Number((long)Math.Ceiling(job.Limits.Cpu.TotalSeconds) + 1),
            "--fsize=" + Number(job.Limits.FileBytes), "--nofile=" + Number(job.Limits.OpenFiles), "--core=0", "--memlock=65536", "--",
            .. job.Command,
        ]);
        return words;
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var at = path.IndexOf('/', 1); at > 0; at = path.IndexOf('/', at + 1))
        {
            yield return path[..at];
        }
    }

    public static bool IsRoot => geteuid() == 0;

    [DllImport("libc")]
    private static extern uint geteuid();

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Absolute paths of the programs that make the sandbox.</summary>
/// <param name="Shell"><c>sh</c>, which opens files for <c>bwrap</c>.</param>
/// <param name="Isolation"><c>bwrap</c>, which sets up the sandbox.</param>
/// <param name="Limits"><c>prlimit</c>, which runs inside the sandbox.</param>
/// <param name="Users"><c>setpriv</c>, which runs inside the sandbox; needed only as root.</param>
internal sealed record SandboxPrograms(string Shell, string Isolation, string Limits, string Users)
{
    /// <summary>Finds them.</summary>
    /// <param name="finder">Where to look.</param>
    /// <param name="missing">What is not here or not used, and why; null where all are.</param>
    public static SandboxPrograms? Find(ProgramLocator finder, out string? missing)
    {
        var lacks = new List<string>();
        var found = new SandboxPrograms(Require("sh", true), Require("bwrap", false), Require("prlimit", true),
            Bubblewrap.IsRoot ? Require("setpriv", true) : "");
        missing = lacks.Count > 0 ? string.Join(" and ", lacks) + " not found" : null;
        return missing is null ? found : null;

        // A program that runs inside must be in a folder that the sandbox shows.
        string Require(string name, bool isInside)
        {
            var path = isInside ? finder.FindInSystem(name, out var refused) : finder.Find(name, out refused);
            if (path is null)
            {
                lacks.Add(refused is null ? name : $"{name} ({refused})");
            }

            return path ?? "";
        }
    }
}
