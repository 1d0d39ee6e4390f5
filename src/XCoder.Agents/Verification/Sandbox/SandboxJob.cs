namespace XCoder.Agents.Verification.Sandbox;

/// <summary>
/// One command in the sandbox. It finds its files in <c>/code</c>, which it cannot change, and starts in <c>/work</c>, which is empty and
/// its own.
/// </summary>
internal sealed record SandboxJob
{
    /// <summary>Program and arguments. A program without a slash is looked up in the system's folders.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Files in <c>/code</c> by bare name.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Its whole environment beside <c>PATH</c>, <c>HOME</c> and <c>LANG</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Files and folders of this machine that it may read beside <c>/usr</c>, at the places where they are here; those that do not exist
    /// are left out.
    /// </summary>
    public IReadOnlyList<string> Readable { get; init; } = [];

    /// <summary>
    /// Talks with the program: given its standard input and output, on a thread of its own, until the output ends; false ends the
    /// program for too much output. The result's output is then empty. Null: the input is empty and the output is collected.
    /// </summary>
    public Func<Stream, Stream, bool>? Talk { get; init; }

    /// <summary>What its standard input holds, closed after it; empty: nothing.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Whether the program rightly waits for who talks with it: that is no time of its own. Null: it never does.</summary>
    public Func<bool>? MayWait { get; init; }

    /// <summary>What it may use.</summary>
    public SandboxLimits Limits { get; init; } = new();
}

/// <summary>How much a program in the sandbox may use. What it uses beyond ends it.</summary>
public sealed record SandboxLimits
{
    private static readonly TimeSpan LeastIdle = TimeSpan.FromSeconds(2);

    /// <summary>Processor time of all its processes together, from 10 ms. Default 20 s.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Longest time it may take, from 1 ms: for programs that wait, and for busy machines. Default 105 s, see <see cref="WallOf"/>.
    /// </summary>
    public TimeSpan Wall { get; init; } = WallOf(TimeSpan.FromSeconds(20));

    /// <summary>Longest time it may neither run nor be ready to, from 1 ms: for programs that wait. Default 20 s.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Bytes of memory of each process, and of all of them together. Default 1 GiB.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>Processes and threads at once, 1 or more. Default 128: virtual machines start dozens.</summary>
    public int Processes { get; init; } = 128;

    /// <summary>Bytes of one file. Default 64 MiB.</summary>
    public long FileBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of all files it writes; they live in memory and vanish with it. Default 256 MiB.</summary>
    public long FolderBytes { get; init; } = 256L << 20;

    /// <summary>Open files of each process. Default 256.</summary>
    public int OpenFiles { get; init; } = 256;

    /// <summary>Bytes of standard output, and of standard error, that are kept: the first and the last half. Default 64 KiB.</summary>
    public int OutputBytes { get; init; } = 64 << 10;

    /// <summary>Bytes of either after which the program is ended. Default 16 MiB.</summary>
    public long MostOutputBytes { get; init; } = 16L << 20;

    /// <summary>The longest time that goes with a limit on processor time: five times as long and 5 s.</summary>
    public static TimeSpan WallOf(TimeSpan cpu) => (cpu * 5) + TimeSpan.FromSeconds(5);

    /// <summary>The same limits with another one on time.</summary>
    public SandboxLimits WithTime(TimeSpan cpu) => this with { Cpu = cpu, Wall = WallOf(cpu), Idle = cpu > LeastIdle ? cpu : LeastIdle };

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Wall, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Cpu, TimeSpan.FromMilliseconds(10));
        ArgumentOutOfRangeException.ThrowIfLessThan(Idle, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Memory, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(Processes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FolderBytes, 1 << 12);
        ArgumentOutOfRangeException.ThrowIfLessThan(OpenFiles, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(OutputBytes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostOutputBytes, OutputBytes);
    }
}

/// <summary>What a run in the sandbox left.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ExitCode">Exit code where it ended by itself, else -1.</param>
/// <param name="Output">Its standard output: the first and the last part where it is long.</param>
/// <param name="Errors">Its standard error, likewise.</param>
/// <param name="Wall">Time from start to end, setting up the sandbox included.</param>
/// <param name="Detail">Why the sandbox could not be set up, or null.</param>
/// <param name="Cpu">Processor time it was last seen to have used.</param>
/// <param name="WasStarved">Where it <see cref="SandboxOutcome.Waited"/>: whether that was for a processor, so that on another day it may
/// end.</param>
internal sealed record SandboxResult(SandboxOutcome Outcome, int ExitCode, string Output, string Errors, TimeSpan Wall,
    string? Detail = null, TimeSpan Cpu = default, bool WasStarved = false)
{
    /// <summary>Whether it ended by itself with exit code 0.</summary>
    public bool Succeeded => Outcome == SandboxOutcome.Exited && ExitCode == 0;
}

/// <summary>How a run in the sandbox ended.</summary>
internal enum SandboxOutcome
{
    /// <summary>It ended by itself, with the exit code given; 128 and more where a signal ended it.</summary>
    Exited,

    /// <summary>It was ended at the limit of processor time.</summary>
    TimedOut,

    /// <summary>
    /// It was ended because it took too long, though it had used less processor time than it may: it waited, or the machine was busy.
    /// </summary>
    Waited,

    /// <summary>It was ended because its processes took more memory together than allowed.</summary>
    OutOfMemory,

    /// <summary>It was ended because it wrote more than allowed to its standard output or error.</summary>
    TooMuchOutput,

    /// <summary>The sandbox could not be set up; nothing was run.</summary>
    NotStarted,
}
