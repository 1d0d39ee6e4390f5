using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Agents.Verification.Sandbox;

/// <summary>What hostile code tries; all of it must come to nothing.</summary>
public sealed class SandboxEscapeTests : IDisposable
{
    private static readonly SandboxLimits Tight = new() { Wall = TimeSpan.FromSeconds(5), Cpu = TimeSpan.FromSeconds(3), Memory = 128 << 20, Processes = 24, FileBytes = 4 << 20, FolderBytes = 8 << 20 };

    private readonly SandboxRunner? _sandbox = SandboxFactAttribute.Check.Works ? new SandboxRunner() : null;

    public void Dispose() => _sandbox?.Dispose();

    [SandboxFact]
    public void Run_Home_IsNotThere()
    {
        using var folder = new TemporaryFolder();
        folder.Write("secret.txt", "planted");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var result = Shell($"ls -a {home} 2>&1; cat {folder.Root}/secret.txt 2>&1; ls /home /root /var /etc/shadow /etc/passwd /opt /srv /mnt /tmp 2>&1; grep -rl planted /etc /code /work /dev/shm --include=secret.txt 2>/dev/null; env");
        Assert.DoesNotContain("planted", result.Output, StringComparison.Ordinal);
        Assert.Equal(["HOME", "LANG", "PATH", "PWD"], result.Output.Split('\n').Where(line => line.Contains('=')).Select(line => line.Split('=')[0]).Where(name => name is not ("_" or "OLDPWD" or "SHLVL")).Order(StringComparer.Ordinal));
    }

    [SandboxFact]
    public void Run_Network_ReachesNeitherTheWorldNorOurLoopback()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var accepted = listener.AcceptTcpClientAsync();
        var result = Python($"""
            import socket
            for family, address in [(socket.AF_INET, ('127.0.0.1', {port})), (socket.AF_INET, ('1.1.1.1', 53)), (40, (2, 1234)), (38, None), (17, None)]:
                try:
                    s = socket.socket(family, socket.SOCK_STREAM if family != 38 else socket.SOCK_SEQPACKET)
                    s.settimeout(1)
                    s.connect(address)
                    print('REACHED', family, address)
                except (OSError, TypeError) as error:
                    print('no', family, error)
            print(sorted(name for _, name in socket.if_nameindex()))
            """);
        Assert.DoesNotContain("REACHED", result.Output, StringComparison.Ordinal);
        Assert.Contains("['lo']", result.Output, StringComparison.Ordinal);
        Assert.False(accepted.IsCompleted || listener.Pending());
    }

    [SandboxFact]
    public void Run_ForkBomb_IsContained()
    {
        const string Mark = "fork-bomb-of-this-test";
        var result = Shell($"bash -c 'f() {{ f | f & }}; f; sleep 1; echo after' {Mark}");
        Assert.NotEqual(SandboxOutcome.NotStarted, result.Outcome);
        Assert.True(SpinWait.SpinUntil(() => !IsAnyAlive(Mark), TimeSpan.FromSeconds(10)), "A process outlived its sandbox.");
        AssertNothingIsLeft();
    }

    [SandboxTheory]
    [InlineData("x = []\nwhile True: x.append(bytearray(1 << 20))")]
    [InlineData("import mmap\nx = []\nwhile True:\n    m = mmap.mmap(-1, 8 << 20)\n    m.write(b'x' * (8 << 20))\n    x.append(m)")]
    [InlineData("import os\nx = []\nwhile True:\n    f = os.memfd_create('m')\n    os.write(f, b'x' * (4 << 20))\n    x.append(f)")]
    [InlineData("import os\nfor i in range(20):\n    if os.fork() == 0:\n        x = bytearray(100 << 20)\n        import time\n        time.sleep(9)\nwhile True: pass")]
    public void Run_MemoryHog_IsEnded(string code)
    {
        var result = Python(code);
        Assert.False(result.Succeeded);
        Assert.True(result.Outcome is SandboxOutcome.OutOfMemory || (result.Outcome == SandboxOutcome.Exited && result.ExitCode != 0), result.ToString());
        AssertNothingIsLeft();
    }

    [SandboxFact]
    public void Run_DiskHog_IsStoppedAtTheFolderAndTheFile()
    {
        var result = Shell("head -c 100000000 /dev/zero > /work/big; stat -c %s /work/big; for i in 1 2 3 4 5 6; do head -c 3000000 /dev/zero > /work/f$i; done; du -sb /work | cut -f1; head -c 100000000 /dev/zero > /dev/shm/x; stat -c %s /dev/shm/x; : > /dev/x; : > /x; : > /code/x; : > /usr/x; : > /proc/sys/kernel/hostname; ls /dev/x /x /code/x /usr/x");
        var sizes = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).ToList();
        Assert.InRange(sizes[0], 0, Tight.FileBytes);
        Assert.InRange(sizes[1], 0, Tight.FolderBytes + 4096);
        Assert.InRange(sizes[2], 0, Tight.FileBytes);
        Assert.Equal(3, sizes.Count);
    }

    [SandboxFact]
    public void Run_OutlivingTheLimit_IsEndedWithAllItStarted()
    {
        var result = Shell("(setsid nohup sh -c 'trap \"\" TERM HUP INT; while :; do sleep 0.1; done' >/dev/null 2>&1 &) ; trap '' TERM INT; while :; do sleep 0.1; done", Tight with { Wall = TimeSpan.FromSeconds(1) });
        // Whether it was starved, too, depends on what else the machine does.
        Assert.Equal(SandboxOutcome.Waited, result.Outcome);
        AssertNothingIsLeft();
    }

    [SandboxFact]
    public void Run_CancelledWhileItIsSetUp_LeavesNothing()
    {
        const string Mark = "cancelled-while-set-up";
        for (var i = 0; i < 40; i++)
        {
            using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(i % 20));
            Assert.ThrowsAny<OperationCanceledException>(() => _sandbox!.Run(new SandboxJob { Command = ["sh", "-c", "sleep 60", Mark], Limits = Tight }, cancellation.Token));
        }

        Assert.False(IsAnyAlive(Mark));
    }

    [SandboxFact]
    public void Run_ADaemon_EndsWithTheProgram()
    {
        Assert.True(Shell("(setsid nohup sleep 600 >/dev/null 2>&1 &); exit 0").Succeeded);
        AssertNothingIsLeft();
    }

    [SandboxFact]
    public void Run_BusyLoop_IsEndedByProcessorTime() =>
        Assert.Equal(SandboxOutcome.TimedOut, Shell("while :; do :; done", Tight.WithTime(TimeSpan.FromSeconds(1))).Outcome);

    [SandboxFact]
    public void Run_ManyProcesses_ShareTheirProcessorTime()
    {
        var result = Shell("for i in 1 2 3 4 5 6 7 8; do timeout 0.4 sh -c 'while :; do :; done'; done; (while :; do :; done) & (while :; do :; done) & wait", Tight.WithTime(TimeSpan.FromSeconds(3)));
        Assert.Equal(SandboxOutcome.TimedOut, result.Outcome);
        Assert.InRange(result.Cpu.TotalSeconds, 3, 5);
    }

    [SandboxFact]
    public void Run_OtherProcesses_AreNeitherSeenNorKilledNorTraced()
    {
        var result = Python($"""
            import os, ctypes
            def attempt(name, action):
                try:
                    print('DID' if action() else 'no', name)
                except OSError as error:
                    print('no', name, error)
            attempt('kill', lambda: os.kill({Environment.ProcessId}, 0) is None)
            attempt('kill all', lambda: (os.kill(-1, 0), len(os.listdir('/proc')) > 200)[1])
            attempt('environ of 1', lambda: open('/proc/1/environ').read() and False)
            attempt('memory of 1', lambda: open('/proc/1/mem', 'rb').read(1))
            libc = ctypes.CDLL(None, use_errno=True)
            attempt('ptrace', lambda: libc.ptrace(16, 1, 0, 0) == 0)
            attempt('ptrace me', lambda: libc.ptrace(0, 0, 0, 0) == 0)
            attempt('user name space', lambda: libc.unshare(0x10000000) == 0)
            attempt('mount', lambda: libc.mount(b'none', b'/work', b'tmpfs', 0, None) == 0)
            attempt('setuid', lambda: os.setuid(0) is None)
            attempt('chroot', lambda: os.chroot('/work') is None)
            attempt('mknod', lambda: os.mknod('/work/sda', 0o60660, os.makedev(8, 0)) is None)
            print('user', os.getuid(), os.geteuid(), os.getgroups())
            """);
        Assert.DoesNotContain("DID", result.Output, StringComparison.Ordinal);
        Assert.Contains("no chroot", result.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("user 0 ", result.Output);
    }

    [SandboxFact]
    public void Run_Links_LeadNowhere()
    {
        using var folder = new TemporaryFolder();
        folder.Write("target.txt", "untouched");
        var result = Shell($"ln -s {folder.Root}/target.txt a; cat a; echo changed > a; ln -s / root; cat root{folder.Root}/target.txt; ln -s /proc/1/root r; ls r/ 2>&1 | head -3; ls /proc/1/cwd/ /proc/self/root{folder.Root}; ln -s /code/../../../..{folder.Root} up; ls up");
        Assert.Equal("untouched", File.ReadAllText(Path.Combine(folder.Root, "target.txt")));
        Assert.DoesNotContain("untouched", result.Output, StringComparison.Ordinal);
    }

    [SandboxFact]
    public void Run_Handles_OfOursAreNotInherited()
    {
        using var planted = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1, FileOptions.DeleteOnClose);
        Assert.Equal(0, fcntl((int)planted.SafeFileHandle.DangerousGetHandle(), 2, 0));

        // A library that is no .NET may open a file in another test just when the program starts.
        string[] seen = [];
        for (var tries = 0; tries < 3 && seen is not ["4", "0", "1", "2"]; tries++)
        {
            var result = _sandbox!.Run(new SandboxJob { Command = ["sh", "-c", "ls -l /proc/self/fd | grep -c ' -> '; ls /proc/$$/fd"], Limits = Tight });
            seen = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.DoesNotContain($"{planted.SafeFileHandle.DangerousGetHandle()}", seen[1..]);
        }

        Assert.Equal(["4", "0", "1", "2"], seen);
    }

    [SandboxFact]
    public void Run_Output_IsCappedAndAFloodIsEnded()
    {
        var result = Shell("echo first; yes | head -c 300000; echo last");
        Assert.True(result.Succeeded);
        Assert.InRange(Encoding.UTF8.GetByteCount(result.Output), 1000, Tight.OutputBytes + 200);
        Assert.StartsWith("first\n", result.Output, StringComparison.Ordinal);
        Assert.EndsWith("last\n", result.Output, StringComparison.Ordinal);
        Assert.Equal(SandboxOutcome.TooMuchOutput, Shell("yes").Outcome);
    }

    [SandboxFact]
    public void Run_Input_IsEmpty() => Assert.Equal("0\n", Shell("wc -c").Output);

    private SandboxResult Shell(string script, SandboxLimits? limits = null) => _sandbox!.Run(new SandboxJob { Command = ["sh", "/code/x.sh"], Files = new Dictionary<string, byte[]> { ["x.sh"] = Encoding.UTF8.GetBytes(script) }, Limits = limits ?? Tight });

    private SandboxResult Python(string code) => _sandbox!.Run(new SandboxJob { Command = ["/usr/bin/python3", "/code/x.py"], Files = new Dictionary<string, byte[]> { ["x.py"] = Encoding.UTF8.GetBytes(code) }, Limits = Tight });

    // Whether a process has the mark in its command line.
    private static bool IsAnyAlive(string mark) =>
        Directory.GetDirectories("/proc").Any(path => char.IsAsciiDigit(Path.GetFileName(path)[0]) && CommandLine(path).Contains(mark, StringComparison.Ordinal));

    private static string CommandLine(string path)
    {
        try
        {
            return File.ReadAllText(path + "/cmdline");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // No process of a sandbox's user is alive; a moment is given for the kernel to clear away.
    private static void AssertNothingIsLeft()
    {
        Assert.True(SpinWait.SpinUntil(() => !Directory.GetDirectories("/proc").Any(IsOurs), TimeSpan.FromSeconds(10)), "A process outlived its sandbox.");

        static bool IsOurs(string path) => CommandLine(path).Split('\0') is ["sleep", "600", ..] or [_, "/code/x.sh" or "/code/x.py", ..];
    }

    [System.Runtime.InteropServices.DllImport("libc")]
    private static extern int fcntl(int file, int command, int argument);
}
