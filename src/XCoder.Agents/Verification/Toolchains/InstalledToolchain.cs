using System.Runtime.InteropServices;
using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Agents.Verification.Toolchains;

/// <summary>A toolchain whose tools are installed on this machine.</summary>
/// <param name="Toolchain">The manifest's row.</param>
/// <param name="Paths">Absolute paths of the tools, by name.</param>
/// <param name="Readable">Files and folders that the sandbox must show to the tools.</param>
public sealed record InstalledToolchain(Toolchain Toolchain, IReadOnlyDictionary<string, string> Paths, IReadOnlyList<string> Readable)
{
    /// <summary>Looks for the tools, first in the system's folders.</summary>
    /// <param name="toolchain">The manifest's row.</param>
    /// <param name="missing">Name of a missing tool, with the reason if one may not be used; null if all were found.</param>
    /// <param name="repositories">Roots of indexed repositories; programs in them are not used.</param>
    /// <returns>The toolchain, or null if a tool is missing.</returns>
    public static InstalledToolchain? Find(Toolchain toolchain, out string? missing, IReadOnlyList<string>? repositories = null)
    {
        var finder = ProgramLocator.Here(repositories ?? []);
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
            // The runtime that runs this program also runs the assemblies that it compiles.
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

    /// <summary>Replaces the tools in a command by their paths.</summary>
    public IReadOnlyList<string> Words(IReadOnlyList<string> command) =>
        [.. command.Select(
            word => Paths.Aggregate(word, (text, tool) => text.Replace("{" + tool.Key + "}", tool.Value, StringComparison.Ordinal)))];

    internal static IEnumerable<string> Expand(string pattern)
    {
        var folder = Path.GetDirectoryName(pattern)!;
        return !pattern.Contains('*', StringComparison.Ordinal) ? [pattern] : Directory.Exists(folder)
            ? Directory.EnumerateFileSystemEntries(folder, Path.GetFileName(pattern),
                new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = 0 }).Order(StringComparer.Ordinal) : [];
    }

    private static string? InSystem(ProgramLocator finder, IReadOnlyList<string> programs, out string? refused)
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

    private static string? Located(ProgramLocator finder, LocateRule rule, string tool, ref string? refused)
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

/// <summary>
/// Where a tool is installed outside the system's folders. The place is read from folders and settings; no program runs to find it.
/// </summary>
public sealed record LocateRule
{
    private const int MostSettings = 1 << 16;

    /// <summary>
    /// Folders that may hold the tool in their <c>bin</c>, best first. <c>~</c> is the user's home; the last part may hold <c>*</c> or
    /// <c>{default}</c>.
    /// </summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Settings file that names the default, or null.</summary>
    public string? File { get; init; }

    /// <summary>Regular expression whose first group captures the default's name in the settings.</summary>
    public string? Pattern { get; init; }

    /// <summary>
    /// Path that exists in such a folder beside <c>bin</c>; it distinguishes a whole installation from a folder of shims.
    /// </summary>
    public required string Sign { get; init; }

    /// <summary>Sub-folders that the sandbox must show.</summary>
    public IReadOnlyList<string> Show { get; init; } = ["bin", "lib"];

    /// <summary>Folders that may hold the tool and exist, best first: those of the search path, then those of the rule.</summary>
    internal IEnumerable<string> Candidates(ProgramLocator programs) =>
        programs.SearchPath.Where(folder => Path.GetFileName(folder) == "bin").Select(folder => Path.GetDirectoryName(folder)!)
            .Concat(programs.Home is { } home ? Folders.SelectMany(folder => Expand(folder, home)) : [])
            .Where(folder => Path.Exists(Path.Combine(folder, Sign)));

    private IEnumerable<string> Expand(string pattern, string home)
    {
        var named = pattern.Replace("{default}", pattern.Contains("{default}", StringComparison.Ordinal) ? Default(home) : "",
            StringComparison.Ordinal);
        return named.EndsWith('/') ? [] : InstalledToolchain.Expand(InHome(named, home));
    }

    private string Default(string home)
    {
        var file = File is null ? null : new FileInfo(InHome(File, home));
        return file is { Exists: true, Length: <= MostSettings } && Pattern is not null
            && ProgramText.Match(System.IO.File.ReadAllText(file.FullName), Pattern) is { Groups.Count: > 1 } match ? match.Groups[1].Value
            : "";
    }

    private static string InHome(string path, string home) =>
        path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : path;
}
