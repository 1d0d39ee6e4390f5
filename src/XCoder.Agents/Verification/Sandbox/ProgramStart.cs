using System.Diagnostics;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>Starts all other programs; no other place in this code starts one.</summary>
internal static class ProgramStart
{
    /// <summary>Starts a program in <c>/</c> with the given environment only. Its standard streams are redirected.</summary>
    /// <param name="path">Absolute path, as returned by <see cref="ProgramFinder"/>.</param>
    /// <param name="arguments">The program's arguments.</param>
    /// <param name="environment">The program's whole environment.</param>
    /// <exception cref="ArgumentException">The path is not absolute; the system would search for it, first in the current
    /// folder.</exception>
    public static Process Start(string path, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        if (!path.StartsWith('/'))
        {
            throw new ArgumentException($"A program is started by its absolute path, not as '{path}'.", nameof(path));
        }

        var info = new ProcessStartInfo(path, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        info.Environment.Clear();
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return Process.Start(info)!;
    }
}
