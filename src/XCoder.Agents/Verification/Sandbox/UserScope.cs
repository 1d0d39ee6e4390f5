using System.Globalization;
using System.Runtime.InteropServices;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>
/// Runs a program in a scope of the user's systemd, which gives it a control group. It helps users who have logged in but may not write to
/// their session's group. Used where <see cref="MemoryGroup"/> finds no place.
/// </summary>
internal static class UserScope
{
    private const string Program = "/usr/bin/systemd-run";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string Folder = string.Create(CultureInfo.InvariantCulture, $"/run/user/{geteuid()}");
    private static readonly Lazy<bool> Tried = new(Try);

    /// <summary>Whether runs on this machine get a scope.</summary>
    public static bool IsHere => !MemoryGroup.IsOff && !MemoryGroup.IsHere && Tried.Value;

    /// <summary>The words before the command of a run; empty if there is no scope.</summary>
    /// <param name="bytes">Largest memory in bytes.</param>
    public static IReadOnlyList<string> Words(long bytes) => IsHere ? Command(bytes) : [];

    /// <summary>
    /// Environment of the process that starts a run. With a scope it holds what <c>systemd-run</c> needs to find the user's systemd. The
    /// run itself does not see it.
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

        // Checks that the limit has arrived: systemd without the memory controller accepts the property and ignores it.
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
