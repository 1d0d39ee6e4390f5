using System.Text.RegularExpressions;
using XCoder.Cli;

namespace XCoder.Tests;

/// <summary>The README files lead where they say, and name all commands.</summary>
public sealed partial class ReadmeLinkTests
{
    public static TheoryData<string> Files => [.. Readmes.Ours];

    [Theory]
    [MemberData(nameof(Files))]
    public void RelativeLinks_OfAFile_Resolve(string file)
    {
        var missing = Link().Matches(Readmes.Prose(file)).Select(link => link.Groups["target"].Value).Where(target => !target.Contains("://", StringComparison.Ordinal) && !Resolves(file, target));
        Assert.Empty(missing);
    }

    [Fact]
    public void Readme_HasAtMost250Lines() => Assert.InRange(File.ReadLines(Path.Combine(TestPaths.Root, "README.md")).Count(), 1, 250);

    [Fact]
    public void CommandTable_OfTheReadme_NamesEveryCommand()
    {
        var rows = File.ReadLines(Path.Combine(TestPaths.Root, "README.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(line => CodeWord().Matches(line.Split('|')[1])).Select(word => word.Groups["word"].Value);
        Assert.Empty(CommandLine.Build().Subcommands.Select(command => command.Name).Except(rows));
    }

    private static bool Resolves(string file, string target)
    {
        var parts = target.Split('#', 2);
        var path = parts[0].Length == 0 ? file : Path.GetRelativePath(TestPaths.Root, Path.Combine(TestPaths.Root, Path.GetDirectoryName(file)!, Uri.UnescapeDataString(parts[0])));
        return Path.Exists(Path.Combine(TestPaths.Root, path)) && (parts.Length == 1 || !path.EndsWith(".md", StringComparison.Ordinal) || Readmes.Anchors(path).Contains(parts[1]));
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<word>[a-z]+)")]
    private static partial Regex CodeWord();
}
