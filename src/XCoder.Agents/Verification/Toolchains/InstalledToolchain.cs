using System.Runtime.InteropServices;
using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Agents.Verification.Toolchains;

/// <summary>A toolchain whose tools are here.</summary>
/// <param name="Toolchain">The row of the manifest.</param>
/// <param name="Paths">Where its tools are, by name.</param>
/// <param name="Readable">What the sandbox must show them.</param>
public sealed record InstalledToolchain(Toolchain Toolchain, IReadOnlyDictionary<string, string> Paths, IReadOnlyList<string> Readable)
{
    /// <summary>Looks for the tools, first in the system's folders.</summary>
    /// <param name="toolchain">The row.</param>
    /// <param name="missing">Name of a tool that is not here, or null.</param>
    /// <param name="repositories">Roots of indexed repositories: no program in them is used.</param>
    /// <returns>The toolchain, or null where a tool is missing.</returns>
    public static InstalledToolchain? Find(Toolchain toolchain, out string? missing, IReadOnlyList<string>? repositories = null)
    {
        var finder = ProgramFinder.Here(repositories ?? []);
        var (paths, readable) = (new Dictionary<string, string>(), toolchain.Readable.SelectMany(Expand).ToList());
        foreach (var (name, programs) in toolchain.Tools)
        {
            if (InSystem(finder, programs, out var refused) is { } path)
            {
                paths[name] = path;
            }
            else if (toolchain.Locate.TryGetValue(name, out var rule) && Located(finder, rule, name, ref refused) is { } folder)
            {
                paths[name] = Path.Combine(folder, "bin", name);
                readable.AddRange(rule.Show.Select(part => Path.Combine(folder, part)));
            }
            else
            {
                missing = string.Join(" or ", programs) + (refused is null ? "" : $" ({refused})");
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

    internal static IEnumerable<string> Expand(string pattern)
    {
        var folder = Path.GetDirectoryName(pattern)!;
        return !pattern.Contains('*', StringComparison.Ordinal) ? [pattern] : Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder, Path.GetFileName(pattern), new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = 0 }).Order(StringComparer.Ordinal) : [];
    }

    private static string? InSystem(ProgramFinder finder, IReadOnlyList<string> programs, out string? refused)
    {
        refused = null;
        foreach (var program in programs)
        {
            if (finder.FindInSystem(program, out var why) is { } path)
            {
                return path;
            }

            refused ??= why;
        }

        return null;
    }

    private static string? Located(ProgramFinder finder, LocateRule rule, string tool, ref string? refused)
    {
        foreach (var folder in rule.Candidates(finder))
        {
            var program = Path.Combine(folder, "bin", tool);
            if (!File.Exists(program))
            {
                continue;
            }

            if (finder.Objection(program) is not { } objection)
            {
                return folder;
            }

            refused ??= $"{program} is not used: {objection}";
        }

        return null;
    }
}
