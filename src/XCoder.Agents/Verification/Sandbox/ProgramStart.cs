using System.Diagnostics;

namespace XCoder.Agents.Verification.Sandbox;

/// <summary>Starts all other programs; no other place in this code starts one.</summary>
internal static class ProgramStart
{
    /// <summary>
    /// Starts a program by its absolute path, in <c>/</c>, with nothing in its environment but what is given, its streams redirected.
    /// </summary>
    /// <param name="path">Absolute path, as <see cref="ProgramLocator"/> gives it.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Its whole environment.</param>
    /// <exception cref="ArgumentException">The path is not absolute: the system would look for it, in the current folder first.</exception>
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
