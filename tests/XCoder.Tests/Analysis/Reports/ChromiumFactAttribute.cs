using Xunit;

namespace XCoder.Tests.Analysis.Reports;

/// <summary>A test that drives a browser; skipped, saying so, where there is none, but fails in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    private static readonly string[] Places = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Looks for a browser.</summary>
    public ChromiumFactAttribute() =>
        Skip = CiTools.Skip(Browser is not null, $"No Chromium: none of {string.Join(", ", Places)} exists (apt-get install chromium-headless-shell).");

    /// <summary>The browser's program, or null.</summary>
    public static string? Browser { get; } = Array.Find(Places, File.Exists);
}
