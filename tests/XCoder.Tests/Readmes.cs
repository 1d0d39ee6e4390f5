using System.Text.RegularExpressions;

namespace XCoder.Tests;

/// <summary>The Markdown files that people wrote for this repository: README files, model cards, results.</summary>
internal static partial class Readmes
{
    // Build outputs, packages of npm, workspaces and approved snapshots, some of which are Markdown that the product wrote.
    private static readonly string[] Generated = ["bin", "obj", "node_modules", "build", ".git", ".xcoder", "Snapshots", "TestResults"];

    /// <summary>Paths relative to the root of the repository, with <c>/</c>.</summary>
    public static IReadOnlyList<string> Ours { get; } = [.. In(TestPaths.Root).Select(path => Path.GetRelativePath(TestPaths.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>Reads a file of ours without the text of its code blocks.</summary>
    public static string Prose(string file) => Block().Replace(File.ReadAllText(Path.Combine(TestPaths.Root, file)), "");

    /// <summary>The C# blocks of a file, in order.</summary>
    public static IReadOnlyList<string> Programs(string file) =>
        [.. Block().Matches(File.ReadAllText(Path.Combine(TestPaths.Root, file))).Where(block => block.Groups["language"].Value == "csharp").Select(block => block.Groups["text"].Value)];

    /// <summary>The anchors that GitHub gives the headings of a file.</summary>
    public static IReadOnlySet<string> Anchors(string file) =>
        Heading().Matches(Prose(file)).Select(heading => NotInAnchor().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> In(string folder) =>
        Directory.EnumerateFiles(folder, "*.md").Concat(
            Directory.EnumerateDirectories(folder).Where(inner => !Generated.Contains(Path.GetFileName(inner))).SelectMany(In));

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^#+ (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();
}
