using XCoder.Agents.Rows;
using XCoder.Agents.Verification.Sandbox;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Agents.Verification.Gates;

/// <summary>Ends the verification where programs cannot be isolated, or where a toolchain is missing or broken.</summary>
internal sealed class ToolGate(ToolRunner tools, ToolchainCatalog toolchains, ToolchainFinder installed, SandboxCheck sandbox) : IGate
{
    private readonly Dictionary<Toolchain, GateResult?> _broken = [];

    public RowStatus? Pass(GateCase answer)
    {
        if (Missing(answer) is not { } missing)
        {
            return null;
        }

        answer.Results.Add(missing);
        return answer.IsRefusedByParser ? RowStatus.Failed : RowStatus.Unverifiable;
    }

    /// <summary>Whether this machine can run code in a language: isolation works, and the toolchain is installed and works.</summary>
    public bool Has(string language, string code, CancellationToken cancellation) => sandbox.Works
        && toolchains.Find(language, code) is { } toolchain && installed.Find(toolchain, out _) is { } found
        && Broken(found, cancellation) is null;

    private GateResult? Missing(GateCase answer)
    {
        var missing = answer.Toolchain is null ? "There is no toolchain for it." : null;
        answer.Installed = answer.Toolchain is null ? null : installed.Find(answer.Toolchain, out missing);
        return !sandbox.Works
            ? new GateResult(GateNames.Check, GateOutcome.Unknown, GateReason.NoIsolation,
                $"Nothing is run without isolation: {sandbox.Detail}.", Lacks: sandbox.WasLate ? RowVerification.Time
                    : RowVerification.Isolation)
            : answer.Installed is null
                ? new GateResult(GateNames.Check, GateOutcome.Unknown, GateReason.NoToolchain, missing!,
                    Lacks: answer.Toolchain is null ? null : RowVerification.Toolchain)

            // A tool that refuses an empty program cannot be trusted about any other.
            : Broken(answer.Installed, answer.Cancellation);
    }

    // Returns what is wrong with a tool, or null. A tool that took too long is tried again next time, because a busy machine says nothing
    // about it.
    private GateResult? Broken(InstalledToolchain installed, CancellationToken cancellation)
    {
        lock (_broken)
        {
            if (_broken.TryGetValue(installed.Toolchain, out var known))
            {
                return known;
            }

            // Uses default limits: the limits for answers are no measure of whether the tool works.
            var limits = new SandboxLimits();
            var result = tools.Check(installed, "", limits, cancellation);
            if (IsLate(result))
            {
                result = tools.Check(installed, "", limits.WithTime(limits.Cpu * 3), cancellation);
            }

            var broken = result.Outcome == GateOutcome.Passed ? null
                : new GateResult(GateNames.Check, GateOutcome.Unknown, IsLate(result) ? GateReason.TooLittleTime
                    : GateReason.BrokenToolchain, $"{installed.Toolchain.Name} does not work here: {result.ToEvidence()}",
                    Lacks: IsLate(result) ? RowVerification.Time : RowVerification.Toolchain);
            return IsLate(result) ? broken : _broken[installed.Toolchain] = broken;
        }

        static bool IsLate(GateResult result) =>
            result.Lacks == RowVerification.Time || result.Run?.Outcome is SandboxOutcome.TimedOut or SandboxOutcome.Waited;
    }
}
