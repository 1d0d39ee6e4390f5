using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Agents.Verification.Differential;

/// <summary>How functions are compared.</summary>
internal sealed record DifferentialOptions
{
    /// <summary>Calls, those beyond the ordinary (letters beyond ASCII, large numbers) not counted; 8 or more. Default 32.</summary>
    public int Calls { get; init; } = 32;

    /// <summary>Calls that must give a value on both sides for an agreement to count, 1 or more. Default 8.</summary>
    public int LeastValues { get; init; } = 8;

    /// <summary>Different values there must be among them, 1 or more. Default 2.</summary>
    public int LeastDistinct { get; init; } = 2;

    /// <summary>
    /// Seconds of processor time after which a program is ended and begun again behind the call it was in, 1 or more. Default 2.
    /// </summary>
    public int CallSeconds { get; init; } = 2;

    /// <summary>Times a program is begun, 1 or more. Default 4.</summary>
    public int Starts { get; init; } = 4;

    /// <summary>
    /// Whether values that differ leave a translation unknown where a function may not be meant to be called: empty, unsorted, out of
    /// range, beyond ASCII. Default false: they refuse it.
    /// </summary>
    public bool IsLenient { get; init; }

    /// <summary>What all of it may use. Default: as for tests, with 1 MiB of output.</summary>
    public SandboxLimits Limits { get; init; } = new() { OutputBytes = 1 << 20, Cpu = TimeSpan.FromSeconds(40),
        Wall = SandboxLimits.WallOf(TimeSpan.FromSeconds(40)) };

    /// <summary>Throws if a value is out of its range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Calls, 8);
        ArgumentOutOfRangeException.ThrowIfLessThan(LeastValues, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LeastDistinct, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(CallSeconds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Starts, 1);
        Limits.Validate();
    }
}
