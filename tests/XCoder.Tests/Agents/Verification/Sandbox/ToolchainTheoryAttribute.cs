using XCoder.Tests.Agents.Verification.Differential;

namespace XCoder.Tests.Agents.Verification.Sandbox;

/// <summary>
/// A test that needs isolation and a language's toolchain; skipped with the reason where one is missing. <c>.ci/run</c> installs the
/// quick ones, so in CI they must be there; the others are for <c>.ci/full</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ToolchainTheoryAttribute : TheoryAttribute
{
    /// <param name="language">Language id.</param>
    /// <param name="isQuick">Whether <c>.ci/run</c> installs it.</param>
    public ToolchainTheoryAttribute(string language, bool isQuick)
    {
        var (isHere, reason) = (DifferentialFixture.IsHere(language), $"The toolchain of {language} is not installed.");
        Skip = SandboxFactAttribute.SkipReason ?? (isQuick ? CiTools.Skip(isHere, reason) : isHere ? null : reason);
    }
}
