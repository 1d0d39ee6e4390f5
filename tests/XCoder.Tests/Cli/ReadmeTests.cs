using System.CommandLine.Parsing;
using XCoder.Cli;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli;

/// <summary>What README.md says to type works.</summary>
public class ReadmeTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(TestPaths.Root, "README.md"));

    public static TheoryData<string> Commands => [.. Blocks(0).SelectMany(Split).Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_InTheReadme_Parses(string command)
    {
        var words = CommandLineParser.SplitCommandLine(command.Split(" < ")[0]).Skip(1);
        Assert.Empty(CommandLine.Build().Parse([.. words]).Errors);
    }

    [Fact]
    public void Commands_OfTheUseSection_Run()
    {
        using var folder = new TemporaryFolder();
        folder.Write("clones/service/main.rs", "fn main() { println!(\"{}\", 1 + 2); }\n");
        folder.Write("clones/service/util.py", "def f(a):\n    return a + 1\n");
        folder.Write("clones/service/src/search.py", "def find(items, wanted):\n" + string.Concat(Enumerable.Range(0, 15).Select(i => $"    if items[{i}] == wanted:\n        return {i}\n")));
        folder.Write("function.py", "def g(a):\n    return a - 1\n");
        folder.Write("functions.jsonl", "{\"id\": \"a\", \"language\": \"python\", \"code\": \"def g(a):\\n    return a - 1\\n\"}\n");
        var from = Array.FindIndex(Lines, line => line.StartsWith("## Use", StringComparison.Ordinal));
        var script = string.Join('\n', Blocks(from)).Replace("xcoder ", "$XCODER ").Replace("~/clones", "clones").Replace("/data/corpus", "corpus");
        CliShell.Run(folder.Root, "set -e\n$XCODER index clones\n" + script).Expect(0);
    }

    // Lines of the sh blocks of the section that begins at a line; of all sections for line 0.
    private static IEnumerable<string> Blocks(int from)
    {
        var inside = false;
        foreach (var line in Lines.Skip(from == 0 ? 0 : from + 1))
        {
            if (from > 0 && line.StartsWith("## ", StringComparison.Ordinal))
            {
                yield break;
            }

            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = line == "```sh";
            }
            else if (inside && line.Contains("xcoder ", StringComparison.Ordinal) && !line.StartsWith("dotnet", StringComparison.Ordinal))
            {
                yield return line.Split(" #")[0];
            }
        }
    }

    private static IEnumerable<string> Split(string line) =>
        line.Split("&&").Select(part => part.Split('>')[0].Split(" | ")[0].Trim()).Where(part => part.StartsWith("xcoder ", StringComparison.Ordinal));
}
