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
/// Where a tool is installed outside the system's folders. Its place is read from folders and settings; nothing is run to find it.
/// </summary>
public sealed record LocateRule
{
    private const int MostSettings = 1 << 16;

    /// <summary>
    /// Folders that may hold the tool in their <c>bin</c>, best first: <c>~</c> is the user's home, the last part may hold <c>*</c> or
    /// <c>{default}</c>.
    /// </summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>File of settings that names the default; null where there is none.</summary>
    public string? File { get; init; }

    /// <summary>Regular expression whose first group takes the default's name out of the settings.</summary>
    public string? Pattern { get; init; }

    /// <summary>What such a folder holds beside <c>bin</c>: tells a whole installation from a folder of shims.</summary>
    public required string Sign { get; init; }

    /// <summary>Folders below it that the sandbox must show.</summary>
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
