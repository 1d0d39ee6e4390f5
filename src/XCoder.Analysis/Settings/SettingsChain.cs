namespace XCoder.Analysis.Settings;

/// <summary>
/// The files of settings that hold for a command, strongest first: the one that the user named, that of the repository, that in the user's
/// own folder. What the command line says is stronger than all of them.
/// </summary>
public sealed record SettingsChain
{
    /// <summary>The file given by <c>--config</c>, or null.</summary>
    public ProjectSettings? Named { get; init; }

    /// <summary>The nearest <c>xcoder.json</c> of the repository, or null. It is not trusted and sets no options.</summary>
    public ProjectSettings? Repository { get; init; }

    /// <summary>The file in the user's own folder, or null.</summary>
    public ProjectSettings? Own { get; init; }

    /// <summary>What is wrong with files that were left out. Not yet made safe for a terminal.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>The files, strongest first.</summary>
    public IEnumerable<ProjectSettings> Files => new[] { Named, Repository, Own }.OfType<ProjectSettings>();

    /// <summary>The files that may set options, strongest first.</summary>
    public IEnumerable<ProjectSettings> Trusted => new[] { Named, Own }.OfType<ProjectSettings>();

    /// <summary>Rules that hold in every repository: those of trusted files.</summary>
    public IReadOnlyList<PathRule> Rules => [.. Trusted.SelectMany(static file => file.Rules)];

    /// <summary>Path of the file in the user's own folder; null if the user has no home.</summary>
    /// <param name="configuration">Value of <c>XDG_CONFIG_HOME</c>; null or a relative path stands for <c>~/.config</c>.</param>
    /// <param name="home">The user's home, or null.</param>
    public static string? OwnPath(string? configuration, string? home) =>
        Path.IsPathRooted(configuration) ? Path.Join(configuration, "xcoder", ProjectSettings.FileName)
            : Path.IsPathRooted(home) ? Path.Join(home, ".config", "xcoder", ProjectSettings.FileName) : null;

    /// <summary>Reads the files.</summary>
    /// <param name="named">Path of the file that the user named, or null.</param>
    /// <param name="own">Path of the file in the user's own folder, or null; it need not exist.</param>
    /// <param name="paths">
    /// Paths of the command. From each upwards to the root of its work tree, the nearest file is looked for; paths that lead to different
    /// files have none.
    /// </param>
    /// <exception cref="SettingsException">A trusted file is missing or wrong.</exception>
    public static SettingsChain Read(string? named, string? own, IReadOnlyList<string> paths)
    {
        var problems = new List<string>();
        var found = paths.Select(path => SettingsFiles.Nearest(path, problems)).DistinctBy(static file => file?.Path).ToList();
        return new SettingsChain
        {
            Named = named is null ? null : SettingsFiles.Trusted(named),
            Repository = found.Count == 1 ? found[0] : null,
            Own = own is null ? null : SettingsFiles.Own(own, [.. paths, "."], problems),
            Problems = [.. problems.Distinct()],
        };
    }
}
