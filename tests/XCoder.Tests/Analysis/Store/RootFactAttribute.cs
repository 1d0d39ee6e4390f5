using System.Diagnostics;

namespace XCoder.Tests.Analysis.Store;

/// <summary>A test that needs what only root may do; skipped where that is not so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute(string script)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            Skip = process.ExitCode == 0 ? null : $"'{script}' is not possible here: {process.StandardError.ReadToEnd().Trim()}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            Skip = exception.Message;
        }
    }
}
