namespace XCoder.Tests.Agents.Verification.Sandbox;

/// <summary>A test for a machine of its own, such as one that fills gigabytes of memory: runs with <c>XCODER_ATTACKS=1</c>, as in <c>.ci/full attacks</c>.</summary>
public sealed class AttackFactAttribute : FactAttribute
{
    public AttackFactAttribute() => Skip = Environment.GetEnvironmentVariable("XCODER_ATTACKS") == "1" ? null : "Takes gigabytes of memory: set XCODER_ATTACKS=1";
}
