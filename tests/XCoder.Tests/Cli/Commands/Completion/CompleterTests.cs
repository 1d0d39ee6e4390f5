using System.CommandLine;
using XCoder.Cli;
using XCoder.Cli.Commands.Completion;

namespace XCoder.Tests.Cli.Commands.Completion;

public class CompleterTests
{
    private static readonly RootCommand Root = CommandLine.Build();

    [Theory]
    [InlineData("xcoder ch", "check")]
    [InlineData("xcoder --quiet ch", "check")]
    [InlineData("xcoder --workspace dir ch", "check")]
    [InlineData("xcoder --workspace ch", "")] // a path
    [InlineData("NAME=1 /usr/bin/xcoder ch", "check")]
    [InlineData("xcoder languages ", "check")]
    [InlineData("xcoder languages check l", "lua")]
    [InlineData("xcoder languages check lua l", "lua")]
    [InlineData("xcoder check --format s", "sarif")]
    [InlineData("xcoder check --format=js", "--format=json --format=jsonl")]
    [InlineData("xcoder snippets --format s", "")]
    [InlineData("xcoder watch . --format ", "text jsonl")]
    [InlineData("xcoder check --fail-on ", "new any percent:")]
    [InlineData("xcoder check --dir", "--direct")]
    [InlineData("xcoder check --direct --dir", "")] // once
    [InlineData("xcoder check -- --dir", "")]
    [InlineData("xcoder check --base --dir", "")] // a value, whatever it looks like
    [InlineData("xcoder duplicates --kind exact,ren", "exact,renamed")]
    [InlineData("xcoder duplicates --kind exact,e", "")]
    [InlineData("xcoder duplicates --kind=exact,n", "--kind=exact,near")]
    [InlineData("xcoder snippets --kind str", "structure")]
    [InlineData("xcoder snippets --language jav", "java javascript")]
    [InlineData("xcoder snippets --language java,", "")] // one only
    [InlineData("xcoder generate --language java,pyt", "java,python")]
    [InlineData("xcoder generate --task test", "test-translation")]
    [InlineData("xcoder index --device c", "cpu cuda")]
    [InlineData("xcoder index --model ", "default quality")]
    [InlineData("xcoder completion ", "bash fish zsh")]
    [InlineData("xcoder index ", "")]
    [InlineData("xcoder index src ch", "")]
    [InlineData("xcoder index \"a b\" --no-e", "--no-embed")]
    [InlineData("xcoder index 'a --no-e", "")] // inside quotes
    [InlineData("xcoder index a\\ --no-e", "")]
    [InlineData("xcoder index \"$(touch x) --no-e", "")]
    [InlineData("xcoder nonsense --no-e", "")]
    [InlineData("xcoder index --nonsense=", "")]
    [InlineData("xcoder index --quiet=", "")]
    [InlineData("xcoder", "")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    public void Complete_OfALine_GivesWholeWords(string line, string expected) =>
        Assert.Equal(expected, string.Join(' ', Completer.Complete(Root, line).Select(static candidate => candidate.Word)));

    [Fact]
    public void Complete_OffersEveryCommandAndOption_AndNothingThatIsHidden()
    {
        Assert.Equal(Root.Subcommands.Select(static command => command.Name), Words("xcoder "));
        foreach (var command in Root.Subcommands)
        {
            var options = Words($"xcoder {command.Name} -");
            Assert.Equal(command.Options.Concat(Root.Options.Where(static option => option.Recursive)).Where(static option => !option.Hidden).Select(static option => option.Name).Order(StringComparer.Ordinal),
                options.Order(StringComparer.Ordinal));
            Assert.Contains("--workspace", options);
            Assert.Contains("--help", options);
        }

        static IEnumerable<string> Words(string line) => Completer.Complete(Root, line).Select(static candidate => candidate.Word);
    }

    // A description must stay one line with one tab.
    [Fact]
    public void Write_IsALineForEachWord()
    {
        var all = Root.Subcommands.SelectMany(command => Completer.Complete(Root, $"xcoder {command.Name} -")).Concat(Completer.Complete(Root, "xcoder ")).ToList();
        var writer = new StringWriter();
        Completer.Write(writer, all, isDescribed: true);
        var lines = writer.ToString().Split('\n')[..^1];
        Assert.Equal(all.Count, lines.Length);
        Assert.All(lines, line => Assert.Matches(@"^[-a-z]+\t[A-Za-z][^\t]+$", line));
        writer = new StringWriter();
        Completer.Write(writer, all, isDescribed: false);
        Assert.DoesNotContain('\t', writer.ToString());
    }

    [Theory]
    [InlineData("xcoder check --fo", "[suggest]", false)]
    [InlineData("xcoder check --fo", "[complete]", true)]
    [InlineData("xcoder ch", "[suggest:9]", false)]
    [InlineData("xcoder check --fo", "[suggest:99]", false)]
    [InlineData("xcoder check --fo", "[suggest:-1]", false)]
    [InlineData("xcoder check --fo", "[suggest:x]", false)]
    public void Asked_OfADirective_IsTheLineUpToTheCursor(string expected, string directive, bool isDescribed) =>
        Assert.Equal((expected, isDescribed), Completer.Asked([directive, "xcoder check --fo"]));

    [Theory]
    [InlineData("check")]
    [InlineData("[diagram]")]
    [InlineData("[]")]
    [InlineData("[suggestion]")]
    public void Asked_OfAnotherArgument_IsNull(string argument) => Assert.Null(Completer.Asked([argument, "line"]));

    [Theory]
    [InlineData("a b", "a|b")]
    [InlineData("a ", "a|")]
    [InlineData("  a\t b", "a|b")]
    [InlineData("'a b'c \"d'e\" f\\ g", "a bc|d'e|f g")]
    [InlineData("a ''", "a|")]
    [InlineData("a '' b", "a||b")]
    [InlineData("\"a\\\"b\" 'c\\d'", "a\"b|c\\d")]
    [InlineData("a 'b c", "a|b c")]
    [InlineData("a\\", "a\\")]
    [InlineData("$(x y) `z`", "$(x|y)|`z`")]
    [InlineData("", "")]
    public void Split_OfALine_IsThatOfShells_WithoutEvaluation(string line, string expected) => Assert.Equal(expected, string.Join('|', ShellWords.Split(line)));
}
