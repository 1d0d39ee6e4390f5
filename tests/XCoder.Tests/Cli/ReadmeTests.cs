using System.CommandLine.Parsing;
using XCoder.Cli;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli;

/// <summary>The commands that the README files tell a reader to type work.</summary>
public class ReadmeTests
{
    /// <summary>Every command line of the README files and cards.</summary>
    public static TheoryData<string> Commands => [.. Readmes.Ours.SelectMany(file => Blocks(file)).SelectMany(Split).Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_InAReadme_Parses(string command)
    {
        var words = CommandLineParser.SplitCommandLine(command.Split(" < ")[0]).Skip(1);
        Assert.Empty(CommandLine.Build().Parse([.. words]).Errors);
    }

    [Theory]
    [InlineData("README.md", "## For maintainers")]
    [InlineData("src/XCoder.Cli/README.md", "## Examples")]
    public void Commands_OfASection_Run(string file, string section)
    {
        using var folder = new TemporaryFolder();
        folder.Write("clones/service/main.rs", "fn main() { println!(\"{}\", 1 + 2); }\n");
        folder.Write("clones/service/util.py", "def f(a):\n    return a + 1\n");
        folder.Write("clones/service/src/search.py", "def find(items, wanted):\n" + string.Concat(Enumerable.Range(0, 15).Select(i => $"    if items[{i}] == wanted:\n        return {i}\n")));
        folder.Write("function.py", "def g(a):\n    return a - 1\n");
        folder.Write("functions.jsonl", "{\"id\": \"a\", \"language\": \"python\", \"code\": \"def g(a):\\n    return a - 1\\n\"}\n");

        // 'check' compares with a branch of a remote, and GitHub names a file for the summary of a job.
        folder.Run("git", "init", "-q", ".");
        folder.Run("git", "add", "-A");
        folder.Run("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first");
        folder.Run("git", "update-ref", "refs/remotes/origin/main", "HEAD");
        var lines = Blocks(file, section).Where(line => !line.Contains(" doctor", StringComparison.Ordinal));
        var script = string.Join('\n', lines).Replace("xcoder ", "$XCODER ").Replace("~/clones", "clones").Replace("/data/corpus", "corpus");
        Assert.NotEmpty(script);
        CliShell.Run(folder.Root, "set -e\nexport GITHUB_STEP_SUMMARY=summary.md\n" + script).Expect(0);
    }

    // Lines of the sh blocks that call xcoder: of one section, or of the whole file.
    private static IEnumerable<string> Blocks(string file, string? section = null)
    {
        var (isInside, isInSection) = (false, section is null);
        foreach (var line in File.ReadLines(Path.Combine(TestPaths.Root, file)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isInside = line == "```sh";
            }
            else if (section is not null && line.StartsWith("## ", StringComparison.Ordinal))
            {
                isInSection = line == section;
            }
            else if (isInside && isInSection && line.Contains("xcoder ", StringComparison.Ordinal) && !line.StartsWith("dotnet", StringComparison.Ordinal))
            {
                yield return line.Split(" #")[0];
            }
        }
    }

    private static IEnumerable<string> Split(string line) =>
        line.Split("&&").Select(part => part.Split('>')[0].Split(" | ")[0].Trim()).Where(part => part.StartsWith("xcoder ", StringComparison.Ordinal));
}
