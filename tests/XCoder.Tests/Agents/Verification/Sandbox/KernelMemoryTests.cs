using System.Text;
using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification.Sandbox;

/// <summary>
/// Programs that have the kernel take memory for them: sockets, pipes, page tables, files. With <c>XCODER_ATTACKS=1</c>, on a machine
/// of their own, what that has free at the worst moment says whether the limit held. With <c>XCODER_NO_MEMORY_GROUP=1</c> they run
/// without a control group.
/// </summary>
public sealed class KernelMemoryTests : IDisposable
{
    private const long Limit = 256L << 20;

    // Others use memory, too, and what is watched is looked at every few milliseconds.
    private const long Slack = 384L << 20;

    private static readonly bool IsMeasured = Environment.GetEnvironmentVariable("XCODER_ATTACKS") == "1";

    private const string Socketpairs = """
        import os, socket, time
        def fill():
            pairs = []
            while True:
                try:
                    a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
                except OSError:
                    return pairs
                for s in (a, b):
                    try:
                        s.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24)
                    except OSError:
                        pass
                    s.setblocking(False)
                    try:
                        while True:
                            s.send(b'x' * 65536)
                    except OSError:
                        pass
                pairs.append((a, b))
        for _ in range(60):
            try:
                if os.fork() == 0:
                    keep = fill()
                    time.sleep(3)
            except OSError:
                break
        keep = fill()
        time.sleep(3)
        """;

    private const string Pipes = """
        import os, fcntl, time
        def fill():
            pipes = []
            while True:
                try:
                    r, w = os.pipe()
                except OSError:
                    return pipes
                try:
                    fcntl.fcntl(w, 1031, 1 << 20)
                except OSError:
                    pass
                os.set_blocking(w, False)
                try:
                    while True:
                        os.write(w, b'x' * 65536)
                except OSError:
                    pass
                pipes.append((r, w))
        for _ in range(100):
            try:
                if os.fork() == 0:
                    keep = fill()
                    time.sleep(3)
                    os._exit(0)
            except OSError:
                break
        keep = fill()
        time.sleep(3)
        """;

    private const string PageTables = """
        import mmap, os, time
        f = os.open('/work/f', os.O_RDWR | os.O_CREAT)
        os.ftruncate(f, 60 << 20)
        os.write(f, b'x' * 4096)
        keep = []
        for _ in range(4):
            if os.fork() == 0:
                break
        try:
            while True:
                m = mmap.mmap(f, 60 << 20, mmap.MAP_SHARED, mmap.PROT_READ)
                for at in range(0, 60 << 20, 2 << 20):
                    m[at]
                keep.append(m)
        except OSError:
            time.sleep(3)
        """;

    private const string Files = """
        import os
        n = 0
        while True:
            os.close(os.open('/work/%d' % n, os.O_CREAT | os.O_WRONLY))
            n += 1
        """;

    private const string FilesAndMemory = """
        import time
        keep = []
        for folder in ('/work', '/dev/shm'):
            for n in range(60):
                try:
                    with open('%s/%d' % (folder, n), 'wb') as f:
                        f.write(b'x' * (4 << 20))
                except OSError:
                    break
        while True:
            keep.append(bytearray(8 << 20))
        """;

    private const string Threads = """
        import threading, time
        threading.stack_size(64 << 20)
        def deep(n):
            return bytes(200000) if n == 0 else (bytes(50000), deep(n - 1))
        def work():
            keep = [deep(100) for _ in range(4)]
            time.sleep(3)
        while True:
            threading.Thread(target=work).start()
        """;

    private const string Streams = """
        import os, socket, time
        server = socket.socket()
        server.bind(('127.0.0.1', 0))
        server.listen(4096)
        keep = []
        for _ in range(60):
            try:
                if os.fork() == 0:
                    break
            except OSError:
                break
        while True:
            try:
                c = socket.create_connection(server.getsockname(), timeout=1)
                a, _ = server.accept()
            except OSError:
                time.sleep(3)
                break
            keep += [a, c]
            for s in (a, c):
                s.setblocking(False)
                try:
                    while True:
                        s.send(b'x' * 65536)
                except OSError:
                    pass
        """;

    // Sockets that hold descriptors of sockets that are closed here: no process has them, no limit of one counts them.
    private const string InFlight = """
        import array, os, socket, time
        keep = []
        for _ in range(20):
            try:
                if os.fork() == 0:
                    break
            except OSError:
                break
        try:
            while True:
                a, b = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
                for _ in range(8):
                    c, d = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
                    d.setblocking(False)
                    try:
                        while True:
                            d.send(b'x' * 65536)
                    except OSError:
                        pass
                    a.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [c.fileno(), d.fileno()]))])
                    c.close()
                    d.close()
                keep += [a, b]
        except OSError:
            time.sleep(3)
        """;

    private const string NativeTables = """
        #define _GNU_SOURCE
        #include <fcntl.h>
        #include <pthread.h>
        #include <sys/mman.h>
        #include <unistd.h>
        static int file;
        static volatile char sink;
        static void *work(void *unused) {
          for (;;) {
            char *m = mmap(0, 60 << 20, PROT_READ, MAP_SHARED, file, 0);
            if (m == MAP_FAILED) { pause(); return unused; }
            for (long at = 0; at < 60 << 20; at += 2 << 20) sink += m[at];
          }
        }
        int main(void) {
          pthread_t t;
          file = open("/work/f", O_RDWR | O_CREAT, 0600);
          if (ftruncate(file, 60 << 20) || write(file, "x", 1) != 1) return 1;
          for (int i = 0; i < 8; i++) pthread_create(&t, 0, work, 0);
          pause();
        }
        """;

    private readonly SandboxRunner? _sandbox = SandboxFactAttribute.Check.Works ? new SandboxRunner() : null;

    public void Dispose() => _sandbox?.Dispose();

    public static TheoryData<string, bool, string> Attacks => new() { { "socketpairs", true, Socketpairs }, { "pipes", false, Pipes }, { "page tables", true, PageTables }, { "empty files", true, Files }, { "files and memory", true, FilesAndMemory }, { "threads", false, Threads }, { "streams", false, Streams }, { "descriptors in flight", false, InFlight }, { "page tables by threads", true, NativeTables } };

    [Trait(FullRun.Category, FullRun.Heavy)]
    [SandboxTheory]
    [MemberData(nameof(Attacks))]
    public void Run_OfWhatTakesMemoryOfTheKernel_StaysWithinTheLimit(string attack, bool isEnded, string program)
    {
        var limits = new SandboxLimits { Memory = Limit, FolderBytes = 128 << 20, FileBytes = 64 << 20 }.WithTime(TimeSpan.FromSeconds(10)) with { Wall = TimeSpan.FromSeconds(20) };
        var (before, least) = (Available(), long.MaxValue);
        using var timer = new Timer(_ => least = Math.Min(least, Available()), null, 0, 10);
        var result = Run(program, limits);
        var rise = before - least;
        Assert.NotEqual(SandboxOutcome.NotStarted, result.Outcome);
        Assert.Equal(isEnded ? SandboxOutcome.OutOfMemory : result.Outcome, result.Outcome);
        Assert.True(rise < Limit + Slack || !IsMeasured, $"{attack}: {rise >> 20} MB were taken, the limit is {Limit >> 20} MB; it ended with {result.Outcome}, {result.ExitCode}.");
        Console.Error.WriteLine($"{attack}: {rise >> 20} MB, {result.Outcome} {result.ExitCode} after {result.Wall.TotalSeconds:0.0} s, {result.Cpu.TotalSeconds:0.0} s of processor time; memory by {(MemoryGroup.IsHere ? "group" : "watching")}");
    }

    [SandboxTheory]
    [InlineData("import asyncio\nasync def f():\n    await asyncio.sleep(0.01)\n    return 5\nprint(asyncio.run(f()))", "5")]
    [InlineData("import subprocess\nprint(subprocess.run(['echo', 'a'], capture_output=True).stdout)", "b'a\\n'")]
    [InlineData("import socket\ns = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20); s.bind(('127.0.0.1', 0)); s.listen(); c = socket.create_connection(s.getsockname()); print(c.send(b'abc'))", "3")]
    [InlineData("import socket\ns = socket.socket(); n = s.getsockopt(1, 7); s.setsockopt(1, 7, 1 << 20); print(n == s.getsockopt(1, 7))", "True")]
    [InlineData("import fcntl, os\nr, w = os.pipe()\ntry:\n    fcntl.fcntl(w, 1031, 1 << 20)\nexcept PermissionError:\n    print('refused')", "refused")]
    public void Run_OfSoundUseOfSocketsAndPipes_Works(string program, string output)
    {
        var result = Run(program, new SandboxLimits());

        Assert.Equal(output, (result.Output + result.Errors).Trim());
    }

    // A program in Python, or in C where it begins as such.
    private SandboxResult Run(string program, SandboxLimits limits)
    {
        var (file, command) = program.StartsWith('#')
            ? ("attack.c", new[] { "sh", "-c", "cc -o /work/attack /code/attack.c -lpthread && exec /work/attack" })
            : ("attack.py", ["/usr/bin/python3", "/code/attack.py"]);
        return _sandbox!.Run(new SandboxJob { Command = command, Files = new Dictionary<string, byte[]> { [file] = Encoding.UTF8.GetBytes(program) }, Limits = limits });
    }

    private static long Available() => long.Parse(File.ReadLines("/proc/meminfo").First(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) << 10;
}
