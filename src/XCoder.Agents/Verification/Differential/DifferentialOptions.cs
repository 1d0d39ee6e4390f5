using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Agents.Verification.Differential;

/// <summary>Limits and thresholds for the comparison of two functions.</summary>
internal sealed record DifferentialOptions
{
    /// <summary>Number of ordinary calls, 8 or more; calls with letters beyond ASCII or large numbers come on top. Default 32.</summary>
    public int Calls { get; init; } = 32;

    /// <summary>Number of calls that must agree on a value before the functions count as equal, 1 or more. Default 8.</summary>
    public int LeastValues { get; init; } = 8;

    /// <summary>Number of different values that must occur among the calls that agree, 1 or more. Default 2.</summary>
    public int LeastDistinct { get; init; } = 2;

    /// <summary>
    /// Seconds of processor time for one call, 1 or more. A program that takes longer is ended and started again after that call. Default
    /// 2.
    /// </summary>
    public int CallSeconds { get; init; } = 2;

    /// <summary>How often a program is started at most, 1 or more. Default 4.</summary>
    public int Starts { get; init; } = 4;

    /// <summary>
    /// Whether different values leave a translation unknown when they occur only for inputs that the function may not be meant for: empty,
    /// unsorted, out of range, beyond ASCII. Default false: such differences fail the translation.
    /// </summary>
    public bool IsLenient { get; init; }

    /// <summary>Limits of one whole run. Default: the limits for tests, but with 1 MiB of output and 40 s of processor time.</summary>
    public SandboxLimits Limits { get; init; } = new() { OutputBytes = 1 << 20, Cpu = TimeSpan.FromSeconds(40),
        Wall = SandboxLimits.WallOf(TimeSpan.FromSeconds(40)) };

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names the option, its value and its
    /// range.</exception>
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
