using XCoder.Agents.Verification.Sandbox;

namespace XCoder.Agents.Verification.Toolchains;

/// <summary>Where a tool is installed outside the system's folders. Its place is read from folders and settings; nothing is run to find it.</summary>
public sealed record LocateRule
{
    private const int MostSettings = 1 << 16;

    /// <summary>Folders that may hold the tool in their <c>bin</c>, best first: <c>~</c> is the user's home, the last part may hold <c>*</c> or <c>{default}</c>.</summary>
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
    internal IEnumerable<string> Candidates(ProgramFinder programs) =>
        programs.SearchPath.Where(folder => Path.GetFileName(folder) == "bin").Select(folder => Path.GetDirectoryName(folder)!)
            .Concat(programs.Home is { } home ? Folders.SelectMany(folder => Expand(folder, home)) : [])
            .Where(folder => Path.Exists(Path.Combine(folder, Sign)));

    private IEnumerable<string> Expand(string pattern, string home)
    {
        var named = pattern.Replace("{default}", pattern.Contains("{default}", StringComparison.Ordinal) ? Default(home) : "", StringComparison.Ordinal);
        return named.EndsWith('/') ? [] : InstalledToolchain.Expand(InHome(named, home));
    }

    private string Default(string home)
    {
        var file = File is null ? null : new FileInfo(InHome(File, home));
        return file is { Exists: true, Length: <= MostSettings } && Pattern is not null
            && ProgramText.Match(System.IO.File.ReadAllText(file.FullName), Pattern) is { Groups.Count: > 1 } match ? match.Groups[1].Value : "";
    }

    private static string InHome(string path, string home) => path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : path;
}
