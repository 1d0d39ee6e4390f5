namespace XCoder.Tests;

/// <summary>
/// Tools that some tests need. Where one is missing its tests are skipped with the reason, but not in CI (the variable <c>CI</c> is
/// set), where it must be there: there they run and fail.
/// </summary>
internal static class CiTools
{
    /// <summary>Why a test is skipped; null where it runs.</summary>
    /// <param name="isThere">Whether the tool works here.</param>
    /// <param name="reason">What is missing.</param>
    public static string? Skip(bool isThere, string reason) => Skip(isThere, reason, Environment.GetEnvironmentVariable("CI"));

    internal static string? Skip(bool isThere, string reason, string? ci) => isThere || ci is { Length: > 0 } and not "false" ? null : reason;
}

public class CiToolsTests
{
    [Theory]
    [InlineData(true, null, null)]
    [InlineData(true, "true", null)]
    [InlineData(false, null, "missing")]
    [InlineData(false, "", "missing")]
    [InlineData(false, "false", "missing")]
    [InlineData(false, "true", null)]
    [InlineData(false, "1", null)]
    public void Skip_OfAMissingTool_IsForbiddenInCI(bool isThere, string? ci, string? reason) => Assert.Equal(reason, CiTools.Skip(isThere, "missing", ci));
}
