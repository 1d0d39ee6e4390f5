using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using XCoder.Cli;
using XCoder.Cli.Commands;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli;

/// <summary>Options and messages say what is true: formats, names, what may have been meant, what is wrong.</summary>
public sealed partial class OptionsTests : IClassFixture<OptionsTests.Corpus>
{
    private readonly Corpus _corpus;

    public OptionsTests(Corpus corpus) => _corpus = corpus;

    public static TheoryData<string> Commands => [.. All().Select(Path)];

    // What lists or reports, with what it needs; agents need a server and are tested with one.
    public static TheoryData<string[]> Listing => new()
    {
        new[] { "analyze", "tree", "--no-embed" }, new[] { "index", "tree", "--no-embed" }, new[] { "snippets" }, new[] { "duplicates" }, new[] { "coverage" }, new[] { "coverage", "--gaps" },
        new[] { "neighbours", "--all" }, new[] { "calibrate" }, new[] { "seeds" }, new[] { "generate", "--mined" }, new[] { "verify" }, new[] { "decontaminate" },
        new[] { "languages" }, new[] { "languages", "check", "python" }, new[] { "doctor" }, new[] { "purge", "other", "--dry-run" },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_OfACommand_NamesItsFormatsAndNoTypes(string path)
    {
        var command = All().Single(item => Path(item) == path);
        var help = CliProcess.Run(_corpus.Root, [.. path.Split(' '), "--help"]).Expect(0).Output;
        Assert.Contains($"--format <{string.Join('|', command.Formats)}>", help, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", help, StringComparison.Ordinal);
        Assert.DoesNotMatch(OldName(), help);
        // A check of all languages takes long.
        string[] words = [.. path.Split(' '), .. path == "languages check" ? ["lua"] : Array.Empty<string>()];
        Assert.All(command.Formats, format => Assert.DoesNotContain("is not possible here", CliProcess.Run(_corpus.Root, [.. words, "--format", format, "--workspace", "nowhere"]).Errors, StringComparison.Ordinal));
        Assert.All(((string[])["text", "json", "jsonl", "sarif", "html"]).Except(command.Formats), format =>
            Assert.Contains("is not possible here; choose " + string.Join(", ", command.Formats), CliProcess.Run(_corpus.Root, [.. path.Split(' '), .. Needed(command), "--format", format]).Expect(2).Errors, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Listing))]
    public void Format_OfWhatListsOrReports_IsJsonOrLinesOfIt(string[] arguments)
    {
        var json = Run([.. arguments, "--format", "json", "--workspace", "ws"]);
        Assert.True(json.ExitCode is 0 or 3, json.Errors);
        using var document = JsonDocument.Parse(json.Output);
        var lines = Run([.. arguments, "--format", "jsonl", "--workspace", "ws"]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(line).RootElement.ValueKind));
        if (document.RootElement.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(document.RootElement.GetArrayLength(), lines.Length);
        }
    }

    [Theory]
    [InlineData("There is no command 'analyse'. Did you mean 'analyze'?", "analyse", "tree")]
    [InlineData("There is no command 'dup'. Did you mean 'duplicates'?", "dup")]
    [InlineData("'duplicates' has no option --treshold. Did you mean '--threshold'?", "duplicates", "--treshold", "0.8")]
    [InlineData("'coverage' has no option --workspac. Did you mean '--workspace'?", "coverage", "--workspac", "ws")]
    [InlineData("There is no language 'c++'. Did you mean 'cpp'?", "snippets", "--language", "c++", "--workspace", "ws")]
    [InlineData("There is no language 'py'. Did you mean 'python'?", "seeds", "--language", "py", "--workspace", "ws")]
    [InlineData("There is no language 'pyhton'. Did you mean 'python'?", "neighbours", "--all", "--to", "pyhton", "--workspace", "ws")]
    [InlineData("no repository 'tre'. Did you mean 'tree'?", "coverage", "--repository", "tre", "--workspace", "ws")]
    [InlineData("--count takes a whole number, not 'many'.", "seeds", "--count", "many")]
    [InlineData("--per-concept takes a whole number, not '2.5'.", "seeds", "--per-concept", "2.5")]
    [InlineData("--margin takes a number, not 'x'.", "coverage", "--margin", "x")]
    [InlineData("--device: there is no 'gpu'; choose auto, cpu, cuda.", "coverage", "--device", "gpu")]
    [InlineData("--format: there is no 'yaml'; choose text, json, jsonl", "coverage", "--format", "yaml")]
    [InlineData("There is no file nowhere.py", "neighbours", "nowhere.py:3", "--workspace", "ws")]
    [InlineData("new.py is not in the workspace. Index it first", "neighbours", "new.py:1", "--workspace", "ws")]
    [InlineData("No function or structure stands at line 9 of tree/a.py. The nearest is second, lines 5 to 6.", "neighbours", "tree/a.py:9", "--workspace", "ws")]
    [InlineData("tree/empty.py holds no function or structure.", "neighbours", "tree/empty.py:1", "--workspace", "ws")]
    [InlineData("leave out one of the two", "generate", "--mined", "--estimate")]
    public void WrongUsage_NamesTheCauseOnOneLine(string expected, params string[] arguments)
    {
        var errors = CliProcess.Run(_corpus.Root, arguments).Expect(2, expected).Errors;
        Assert.DoesNotContain("System.", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("\\n", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("\t", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Models run on", errors, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Listing))]
    public void Repository_ThatIsUnknown_IsAnErrorEverywhere(string[] arguments) =>
        Run([.. arguments, "--repository", "nowhere", "--workspace", "ws"]).Expect(2, "no repository 'nowhere'");

    // What does nothing by repository says so, in its help and when it is given one.
    [Theory]
    [MemberData(nameof(Listing))]
    public void Repository_ThatChangesNothing_IsNotInHelpAndIsSaid(string[] arguments)
    {
        var name = arguments is ["languages", "check", ..] ? "languages check" : arguments[0];
        var takes = All().Single(command => Path(command) == name).TakesRepository;
        var help = CliProcess.Run(_corpus.Root, [.. name.Split(' '), "--help"]).Expect(0).Output;
        var errors = Run([.. arguments, "--repository", arguments[0] == "purge" ? "other" : "tree", "--workspace", "ws"]).Errors;

        Assert.Equal(takes, help.Contains("--repository", StringComparison.Ordinal));
        Assert.Equal(!takes, errors.Contains("--repository has no effect here", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("seeds", "--languages", "python")]
    [InlineData("seeds", "--languages=python")]
    [InlineData("generate", "--mined", "--tasks", "translation", "--languages", "python,go")]
    [InlineData("export", "--languages", "python")]
    public void OldNames_AreStillTaken(params string[] arguments) =>
        Assert.DoesNotContain("no option", CliProcess.Run(_corpus.Root, [.. arguments, "--workspace", "ws"]).Expect(0).Errors, StringComparison.Ordinal);

    [Fact]
    public void TheNoteOnDevices_ComesOnceAndAfterTheResults()
    {
        var result = CliProcess.Run(_corpus.Root, "coverage", "--gaps", "--workspace", "ws").Expect(0);
        Assert.Single(result.Errors.Split('\n'), line => line.StartsWith("Models run on", StringComparison.Ordinal));
    }

    // Doctor tries what PATH holds, which takes it half a minute.
    private CliResult Run(string[] arguments) => CliProcess.Run(_corpus.Root,
        arguments[0] == "doctor" ? new Dictionary<string, string> { ["PATH"] = _corpus.Root } : [], arguments);

    private static IEnumerable<CliCommand> All() => CommandLine.Build().Subcommands.OfType<CliCommand>().SelectMany(command => command.Subcommands.OfType<CliCommand>().Prepend(command));

    private static string Path(CliCommand command) => command.Parents.OfType<CliCommand>().FirstOrDefault() is { } parent ? $"{parent.Name} {command.Name}" : command.Name;

    private static IEnumerable<string> Needed(CliCommand command) => command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0).Select(_ => "tree")
        .Concat(command.Options.Where(option => option.Required).SelectMany(option => (string[])[option.Name, "HEAD"]));

    [GeneratedRegex("--(languages|tasks|datasets)\\b")]
    private static partial Regex OldName();

    public sealed class Corpus : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Corpus()
        {
            _folder.Write("tree/a.py", "def first(items):\n    \"\"\"Adds up.\"\"\"\n    return sum(item * 2 for item in items)\n\ndef second(a):\n    return a + 1\n\n# the end\n# of it\n");
            _folder.Write("tree/empty.py", "x = 1\n");
            _folder.Write("other/b.go", "package b\n\nfunc First(items []int) int {\n\ttotal := 0\n\tfor _, item := range items {\n\t\ttotal += item * 2\n\t}\n\treturn total\n}\n");
            _folder.Write("new.py", "def third():\n    return 3\n");
            CliProcess.Run(Root, "index", "tree", "other", "--workspace", "ws", "--device", "cpu").Expect(0);
            CliProcess.Run(Root, "generate", "--mined", "--workspace", "ws", "--device", "cpu").Expect(0);
        }

        public string Root => _folder.Root;

        public void Dispose() => _folder.Dispose();
    }
}
