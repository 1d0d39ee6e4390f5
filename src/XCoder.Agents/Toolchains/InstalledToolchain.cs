using System.Diagnostics;
using System.Runtime.InteropServices;
using XCoder.Agents.Sandbox;

namespace XCoder.Agents.Toolchains;

/// <summary>A toolchain whose tools are here.</summary>
/// <param name="Toolchain">The row of the manifest.</param>
/// <param name="Paths">Where its tools are, by name.</param>
/// <param name="Readable">What the sandbox must show them.</param>
public sealed record InstalledToolchain(Toolchain Toolchain, IReadOnlyDictionary<string, string> Paths, IReadOnlyList<string> Readable)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Looks for the tools, first in the system's folders.</summary>
    /// <param name="toolchain">The row.</param>
    /// <param name="missing">Name of a tool that is not here, or null.</param>
    /// <returns>The toolchain, or null where a tool is missing.</returns>
    public static InstalledToolchain? Find(Toolchain toolchain, out string? missing)
    {
        var (paths, readable) = (new Dictionary<string, string>(), toolchain.Readable.SelectMany(Expand).ToList());
        foreach (var (name, programs) in toolchain.Tools)
        {
            if (programs.Select(SystemPrograms.Find).FirstOrDefault(path => path is not null) is { } path)
            {
                paths[name] = path;
            }
            else if (toolchain.Locate.TryGetValue(name, out var command) && Located(command) is { } folder && File.Exists(Path.Combine(folder, "bin", name)))
            {
                paths[name] = Path.Combine(folder, "bin", name);
                readable.Add(folder);
            }
            else
            {
                missing = string.Join(" or ", programs);
                return null;
            }
        }

        if (toolchain.Compiler is not null)
        {
            // What runs this program runs what is compiled in it.
            var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
            paths["dotnet"] = Path.Combine(root, "dotnet");
            readable.Add(root);
            if (!File.Exists(paths["dotnet"]))
            {
                missing = "dotnet";
                return null;
            }
        }

        missing = null;
        return new InstalledToolchain(toolchain, paths, readable);
    }

    /// <summary>A command with the places of its tools.</summary>
    public IReadOnlyList<string> Words(IReadOnlyList<string> command) =>
        [.. command.Select(word => Paths.Aggregate(word, (text, tool) => text.Replace("{" + tool.Key + "}", tool.Value, StringComparison.Ordinal)))];

    private static IEnumerable<string> Expand(string pattern)
    {
        var folder = Path.GetDirectoryName(pattern)!;
        return !pattern.Contains('*', StringComparison.Ordinal) ? [pattern] : Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal) : [];
    }

    // The tool is this machine's, found as its user would find it.
    private static string? Located(IReadOnlyList<string> command)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = "/" })!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            _ = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            return process.ExitCode == 0 && output.Result.Trim() is { Length: > 0 } folder && Path.IsPathFullyQualified(folder) ? folder : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
