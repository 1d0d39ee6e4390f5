namespace XCoder.Agents.Verification.Sandbox;

/// <summary>
/// One command for the sandbox. It finds its files in <c>/code</c>, which is read-only, and starts in <c>/work</c>, an empty folder of its
/// own.
/// </summary>
internal sealed record SandboxJob
{
    /// <summary>Program and arguments. A program without a slash is searched for in the system's folders.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Contents of the files in <c>/code</c> by their path in it, such as <c>main.c</c> or <c>a/b.java</c>.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; init; } = new Dictionary<string, byte[]>();

    /// <summary>Environment of the command, in addition to <c>PATH</c>, <c>HOME</c> and <c>LANG</c>.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Files and folders of this machine that the command may read beside <c>/usr</c>, at the same paths as here. Missing ones are left
    /// out.
    /// </summary>
    public IReadOnlyList<string> Readable { get; init; } = [];

    /// <summary>
    /// Talks with the program over its standard input and output, on a thread of its own, until the output ends. If it returns false, the
    /// program is ended for too much output. The result's output is then empty. Null: the output is collected.
    /// </summary>
    public Func<Stream, Stream, bool>? Talk { get; init; }

    /// <summary>Bytes for the standard input, which is closed after them. Default empty. Ignored if <see cref="Talk"/> is set.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>Whether the program is waiting for <see cref="Talk"/>; such time does not count as idle. Null: it never does.</summary>
    public Func<bool>? MayWait { get; init; }

    /// <summary>Limits of the command.</summary>
    public SandboxLimits Limits { get; init; } = new();
}

/// <summary>Limits of a program in the sandbox. A program that exceeds one of them is ended.</summary>
public sealed record SandboxLimits
{
    private static readonly TimeSpan LeastIdle = TimeSpan.FromSeconds(2);

    /// <summary>Processor time of all processes together, 10 ms or more. Default 20 s.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Longest elapsed time, 1 ms or more; it catches programs that wait, and allows for busy machines. Default 105 s, see
    /// <see cref="WallOf"/>.
    /// </summary>
    public TimeSpan Wall { get; init; } = WallOf(TimeSpan.FromSeconds(20));

    /// <summary>
    /// Longest time without a thread that runs or is ready to run, 1 ms or more; it catches programs that wait. Default 20 s.
    /// </summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Bytes of memory for each process and for all processes together, 1 MiB or more. Default 1 GiB.</summary>
    public long Memory { get; init; } = 1L << 30;

    /// <summary>
    /// Number of processes and threads at the same time, 1 or more. Default 128, because some language runtimes start dozens.
    /// </summary>
    public int Processes { get; init; } = 128;

    /// <summary>Largest size of one file in bytes, 1 or more. Default 64 MiB.</summary>
    public long FileBytes { get; init; } = 64L << 20;

    /// <summary>
    /// Bytes of all files that the program writes, 4 KiB or more. The files are in memory and vanish with the program. Default 256 MiB.
    /// </summary>
    public long FolderBytes { get; init; } = 256L << 20;

    /// <summary>Number of open files for each process, 8 or more. Default 256.</summary>
    public int OpenFiles { get; init; } = 256;

    /// <summary>
    /// Bytes that are kept of standard output and of standard error each, 2 or more: the first and the last half. Default 64 KiB.
    /// </summary>
    public int OutputBytes { get; init; } = 64 << 10;

    /// <summary>
    /// Bytes of standard output or standard error after which the program is ended, at least <see cref="OutputBytes"/>. Default 16 MiB.
    /// </summary>
    public long MostOutputBytes { get; init; } = 16L << 20;

    /// <summary>The longest elapsed time for a limit on processor time: five times that limit plus 5 s.</summary>
    public static TimeSpan WallOf(TimeSpan cpu) => (cpu * 5) + TimeSpan.FromSeconds(5);

    /// <summary>Copies the limits with another processor time; the elapsed and the idle time follow from it.</summary>
    public SandboxLimits WithTime(TimeSpan cpu) => this with { Cpu = cpu, Wall = WallOf(cpu), Idle = cpu > LeastIdle ? cpu : LeastIdle };

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names the option, its value and its
    /// range.</exception>
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

/// <summary>The result of a run in the sandbox.</summary>
/// <param name="Outcome">How the run ended.</param>
/// <param name="ExitCode">Exit code if the program ended by itself, else -1.</param>
/// <param name="Output">Standard output; only the first and the last part if it is long.</param>
/// <param name="Errors">Standard error, shortened likewise.</param>
/// <param name="Wall">Elapsed time from start to end, including the set-up of the sandbox.</param>
/// <param name="Detail">Why the sandbox could not be set up, or null.</param>
/// <param name="Cpu">Processor time at the last measurement.</param>
/// <param name="WasStarved">For <see cref="SandboxOutcome.Waited"/>: whether the program lacked a processor, so that it may succeed another
/// time.</param>
internal sealed record SandboxResult(SandboxOutcome Outcome, int ExitCode, string Output, string Errors, TimeSpan Wall,
    string? Detail = null, TimeSpan Cpu = default, bool WasStarved = false)
{
    /// <summary>Whether the program ended by itself with exit code 0.</summary>
    public bool Succeeded => Outcome == SandboxOutcome.Exited && ExitCode == 0;
}

/// <summary>How a run in the sandbox ended.</summary>
internal enum SandboxOutcome
{
    /// <summary>The program ended by itself with the given exit code; 128 plus the signal's number if a signal ended it.</summary>
    Exited,

    /// <summary>The program reached its limit of processor time.</summary>
    TimedOut,

    /// <summary>
    /// The program was ended because it took too long without reaching its limit of processor time: it waited, or the machine was busy.
    /// </summary>
    Waited,

    /// <summary>The program's processes together exceeded the memory limit.</summary>
    OutOfMemory,

    /// <summary>The program exceeded the limit of its standard output or error.</summary>
    TooMuchOutput,

    /// <summary>The sandbox could not be set up, and nothing ran.</summary>
    NotStarted,
}
