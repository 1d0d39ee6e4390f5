namespace XCoder.Analysis.Settings;

/// <summary>What one <c>xcoder.json</c> says.</summary>
public sealed record ProjectSettings
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "xcoder.json";

    /// <summary>Absolute path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>Its rules, those for everything first.</summary>
    public IReadOnlyList<PathRule> Rules { get; init; } = [];

    /// <summary>Least number of tokens that it asks for; null if it says nothing.</summary>
    public int? MinTokens { get; init; }

    /// <summary>Least Jaccard similarity of near duplicates that it asks for; null if it says nothing.</summary>
    public double? MinSimilarity { get; init; }

    /// <summary>Formats of results by command.</summary>
    public IReadOnlyDictionary<string, string> Formats { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// Options of the command line. Only a file that the user named, or that stands in the user's own folder, may have them.
    /// </summary>
    public IReadOnlyList<SettingOption> Options { get; init; } = [];
}

/// <summary>An option of the command line that a file sets.</summary>
/// <param name="Command">The command for which it is set; null for all that have it.</param>
/// <param name="Name">Its name without <c>--</c>.</param>
/// <param name="Values">Its values in words.</param>
public sealed record SettingOption(string? Command, string Name, IReadOnlyList<string> Values);

/// <summary>
/// Thrown when a file of settings says something that it must not or cannot; the message names the file and the place in it.
/// </summary>
public sealed class SettingsException : RequestException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">What is wrong, as a sentence.</param>
    public SettingsException(string file, string problem)
        : base($"{file}: {problem}")
    {
    }
}
