using System.Runtime.InteropServices;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>Tells whether this machine can isolate untrusted code. Without isolation no such code runs.</summary>
/// <param name="Works">Whether isolation works.</param>
/// <param name="Detail">How code is isolated, or what is missing and how to get it.</param>
public sealed record SandboxCheck(bool Works, string Detail)
{
    // Each line tests one property from inside the sandbox and prints a numbered message if the property does not hold.
    private const string Probe = """
        grep -q '^Seccomp:.2$' /proc/self/status || echo "1 no filter of system calls"
        grep -q '^NoNewPrivs:.1$' /proc/self/status || echo "2 new privileges are possible"
        grep -q '^CapEff:.0*$' /proc/self/status && grep -q '^CapBnd:.0*$' /proc/self/status ||
          [ "$(id -u)" = 65534 ] || echo "3 capabilities are left"
        [ "$(id -u)" != 0 ] || echo "4 the program is root"
        [ "$(grep -c : /proc/net/dev)" -le 1 ] || echo "5 there is a network"
        ! (: > /usr/xcoder-probe) 2>/dev/null || echo "6 the system is writable"
        ! (: > /xcoder-probe) 2>/dev/null || echo "7 the root folder is writable"
        [ -z "$(ls -A /home /root /var /run /mnt /media /srv 2>/dev/null)" ] || echo "8 folders of this machine are visible"
        [ "$(ls -d /proc/[0-9]* | wc -l)" -le 8 ] || echo "9 processes of this machine are visible"
        (: > /work/probe) 2>/dev/null || echo "10 there is no folder to work in"
        [ "$(ls /proc/self/fd | wc -l)" -le 4 ] || echo "11 open files are inherited"
        ! grep -Eq "^Max (processes|file size|data size|cpu time) +unlimited" /proc/self/limits || echo "12 a limit is missing"
        echo done
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether the check took too long, so that nothing is known about isolation.</summary>
    public bool WasLate { get; init; }

    /// <summary>How the memory limit is enforced; null if isolation does not work.</summary>
    public string? Memory { get; init; }

    /// <summary>Roots of indexed repositories; programs in them are not used.</summary>
    public IReadOnlyList<string> Repositories { get; init; } = [];

    /// <summary>Checks isolation, a second time with a longer limit if the first check takes too long.</summary>
    /// <param name="repositories">Roots of indexed repositories; programs in them are not used.</param>
    public static SandboxCheck Run(IReadOnlyList<string>? repositories = null) =>
        Try(repositories ?? []) with { Repositories = repositories ?? [] };

    private static SandboxCheck Try(IReadOnlyList<string> repositories)
    {
        if (!OperatingSystem.IsLinux() || !SeccompFilter.IsKnown)
        {
            return new SandboxCheck(false, $"absent: it needs Linux on x86-64 or arm64, this is {RuntimeInformation.RuntimeIdentifier}");
        }

        if (SandboxPrograms.Find(ProgramLocator.Here(repositories), out var missing) is null)
        {
            return new SandboxCheck(false, $"absent: {missing}; install bubblewrap and util-linux");
        }

        try
        {
            return Probed(repositories);
        }
        catch (IOException exception)
        {
            return new SandboxCheck(false, "absent: " + exception.Message);
        }
    }

    private static SandboxCheck Probed(IReadOnlyList<string> repositories)
    {
        using var runner = new SandboxRunner(repositories);
        var result = runner.Run(new SandboxJob { Command = ["sh", "-c", Probe], Limits = new SandboxLimits().WithTime(Patience) });
        if (IsLate(result))
        {
            result = runner.Run(new SandboxJob { Command = ["sh", "-c", Probe], Limits = new SandboxLimits().WithTime(Patience * 3) });
        }

        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return result.Outcome == SandboxOutcome.NotStarted ? new SandboxCheck(false, "absent: " + Reason(result.Detail!))
            : IsLate(result)
                ? new SandboxCheck(false,
                    $"it could not be tried: its probe did not end within {result.Wall.TotalSeconds:0} s; "
                        + $"try again when this machine is less busy") { WasLate = true }
            : lines is ["done"]
                ? new SandboxCheck(true, $"bubblewrap, {(Bubblewrap.IsRoot ? "a separate user id for each run" : "a user name space")}, "
                    + "no network, filter of system calls")
                {
                    Memory = MemoryGroup.IsHere || UserScope.IsHere ? "a control group counts it, including the kernel's share"
                        : "measured at intervals, because no control group is available: a program may exceed its limit for a moment",
                }
            : new SandboxCheck(false,
                "it does not isolate: "
                    + string.Join("; ", lines.Where(line => line != "done")
                        .DefaultIfEmpty($"the probe ended with {result.Outcome}, {result.ExitCode}: {result.Errors.Trim()}")));
    }

    private static bool IsLate(SandboxResult result) => result.Outcome is SandboxOutcome.TimedOut or SandboxOutcome.Waited;

    // Containers often forbid the user name spaces that an ordinary user needs.
    private static string Reason(string detail) =>
        detail.Contains("user namespace", StringComparison.OrdinalIgnoreCase)
            || detail.Contains("uid map", StringComparison.OrdinalIgnoreCase)
            || detail.Contains("Operation not permitted", StringComparison.Ordinal)
            ? detail + " (allow unprivileged user name spaces: sysctl kernel.unprivileged_userns_clone=1 or "
                + "kernel.apparmor_restrict_unprivileged_userns=0)"
            : detail;
}
