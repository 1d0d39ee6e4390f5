namespace XCoder.Agents.Verification.Toolchains;

/// <summary>A text in sections; a line <c>@@NAME</c> begins each of them.</summary>
/// <param name="Sections">Texts by name.</param>
internal sealed record DriverText(IReadOnlyDictionary<string, string> Sections)
{
    private const string Mark = "@@";

    /// <summary>A text without sections.</summary>
    public static DriverText Empty { get; } = new(new Dictionary<string, string>());

    /// <summary>Cuts a text into its sections.</summary>
    public static DriverText Of(string text) => new(text.ReplaceLineEndings("\n").Split("\n" + Mark, StringSplitOptions.RemoveEmptyEntries)
        .Select(section => section.Split('\n', 2))
        .ToDictionary(parts => parts[0].Trim('@', ' '), parts => parts.ElementAtOrDefault(1) ?? ""));
}
