using System.Globalization;
using System.Runtime.InteropServices;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>
/// A scope of the user's systemd around a run: a control group for who has logged in but may not write to the group of the
/// session. Asked for where <see cref="MemoryGroup"/> finds no place.
/// </summary>
internal static class UserScope
{
    private const string Program = "/usr/bin/systemd-run";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string Folder = string.Create(CultureInfo.InvariantCulture, $"/run/user/{geteuid()}");
    private static readonly Lazy<bool> Tried = new(Try);

    /// <summary>Whether runs get a scope here.</summary>
    public static bool IsHere => !MemoryGroup.IsOff && !MemoryGroup.IsHere && Tried.Value;

    /// <summary>What stands before the command of a run; nothing where there is no scope.</summary>
    /// <param name="bytes">Most memory.</param>
    public static IReadOnlyList<string> Words(long bytes) => IsHere ? Command(bytes) : [];

    /// <summary>
    /// The environment of what starts a run, with what <c>systemd-run</c> needs to find the user's systemd where it is used; the run itself
    /// does not see it.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Environment =>
        IsHere ? Variables : new Dictionary<string, string> { ["PATH"] = ProgramLocator.SystemPath };

    private static Dictionary<string, string> Variables { get; } = new() { ["PATH"] = ProgramLocator.SystemPath,
        ["XDG_RUNTIME_DIR"] = Folder, ["DBUS_SESSION_BUS_ADDRESS"] = $"unix:path={Folder}/bus" };

    private static string[] Command(long bytes) =>
        [Program, "--user", "--scope", "--quiet", "--collect", "-p", string.Create(CultureInfo.InvariantCulture, $"MemoryMax={bytes}"),
            "-p", "MemorySwapMax=0", "--"];

    private static bool Try()
    {
        if (!File.Exists(Program) || !File.Exists(Folder + "/bus"))
        {
            return false;
        }

        // The group's limit must be there: a version or a set-up without the memory controller takes the words and does nothing.
        var words = Command(64L << 20);
        string[] test = ["/bin/sh", "-c", "grep -q '^67108864$' \"/sys/fs/cgroup$(sed -n 's/^0:://p' /proc/self/cgroup)/memory.max\""];
        using var process = ProgramStart.Start(words[0], [.. words.Skip(1), .. test], Variables);
        process.StandardInput.Close();
        if (process.WaitForExit(Patience))
        {
            return process.ExitCode == 0;
        }

        process.Kill(entireProcessTree: true);
        return false;
    }

    [DllImport("libc")]
    private static extern uint geteuid();
}
