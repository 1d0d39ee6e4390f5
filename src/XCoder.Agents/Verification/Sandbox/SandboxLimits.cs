namespace XCoder.Agents.Verification.Sandbox;

/// <summary>How much a program in the sandbox may use. What it uses beyond ends it.</summary>
public sealed record SandboxLimits
{
    private static readonly TimeSpan LeastIdle = TimeSpan.FromSeconds(2);

    /// <summary>Processor time of all its processes together, from 10 ms. Default 20 s.</summary>
    public TimeSpan Cpu { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest time it may take, from 1 ms: for programs that wait, and for busy machines. Default 105 s, see <see cref="WallOf"/>.</summary>
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
