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

    /// <summary>The lines of the sh blocks of a section, without comments at their ends; continued lines are one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="heading">The heading of the section, with its signs.</param>
    public static IReadOnlyList<string> Shell(string file, string heading) =>
        [.. Blocks(file, heading, "sh").SelectMany(static block => block.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Select(static line => line.Split("  #")[0].TrimEnd())];

    /// <summary>The blocks of a language in a section, in order; the section ends where the next of its level or above begins.</summary>
    public static IReadOnlyList<string> Blocks(string file, string heading, string language)
    {
        var text = File.ReadAllText(Path.Combine(TestPaths.Root, file));
        var begin = text.IndexOf($"\n{heading}\n", StringComparison.Ordinal);
        Assert.True(begin >= 0, $"{file} has no section {heading}");
        var rest = text[(begin + heading.Length + 2)..];
        var level = heading.IndexOf(' ', StringComparison.Ordinal);
        var end = Heading().Matches(Block().Replace(rest, static block => new string('.', block.Length))).FirstOrDefault(next => next.Value.IndexOf(' ', StringComparison.Ordinal) <= level)?.Index ?? rest.Length;
        return [.. Block().Matches(rest[..end]).Where(block => block.Groups["language"].Value == language).Select(static block => block.Groups["text"].Value)];
    }

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
