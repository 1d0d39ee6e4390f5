using System.Text.Json;
using XCoder.Tests.Analysis.Repositories;
using YamlDotNet.RepresentationModel;

namespace XCoder.Tests.Cli;

/// <summary>The recipes of the README, taken from its text and run by a shell on a repository whose branches have hostile names.</summary>
public sealed class RecipeTests : IDisposable
{
    private const string Readme = "src/XCoder.Cli/README.md";

    // A name that git allows, and that a script which pastes it would run.
    private const string Branch = "main$(touch${IFS}pwned);`touch${IFS}pwned`&'\"";

    private const string Code = """
        def total(values, limit, factor):
            result = 0
            for value in values:
                if value > limit:
                    result += value * factor
                else:
                    result -= value
            return result, limit

        """;

    private readonly ScratchRepository _repository = new();
    private readonly TemporaryFolder _runner = new();

    public RecipeTests()
    {
        _repository.Write("src/a.py", Code);
        _repository.Commit();
        _repository.Git("update-ref", $"refs/remotes/origin/{Branch}", "HEAD");
        _runner.WriteProgram("bin/xcoder", "#!/bin/sh\nexec $XCODER \"$@\"\n");
    }

    private static YamlMappingNode Action => Yaml("### GitHub Action", 1);

    public void Dispose()
    {
        _repository.Dispose();
        _runner.Dispose();
    }

    [Fact]
    public void Action_OfAChangeWithoutDuplicates_Passes()
    {
        _repository.Write("src/b.py", "def other(a):\n    return a + 1\n");
        _repository.Commit();
        Act().Expect(0);
        Assert.Contains("No finding", Read("summary.md"), StringComparison.Ordinal);
        using var sarif = JsonDocument.Parse(Read("temp/xcoder.sarif"));
        Assert.Empty(sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
        Assert.Equal(Path.Join(_runner.Root, "home") + "/.dotnet/tools\n", Read("path"));
    }

    [Fact]
    public void Action_OfAChangeWithADuplicate_AnnotatesSummarisesAndFails()
    {
        _repository.Write("src/b.py", "x = 1\n" + Code);
        _repository.Commit();
        Assert.Contains("::warning file=src/b.py,line=2", Act().Expect(1).Output, StringComparison.Ordinal);
        Assert.Contains("src/b.py", Read("summary.md"), StringComparison.Ordinal);
        using var sarif = JsonDocument.Parse(Read("temp/xcoder.sarif"));
        Assert.NotEmpty(sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
    }

    // A push has no base, and another gate may be asked for.
    [Fact]
    public void Action_OfAPush_ComparesWithTheCommitBefore()
    {
        _repository.Write("src/b.py", "x = 1\n" + Code);
        _repository.Commit();
        _repository.Write("src/c.py", "y = 1\n");
        _repository.Commit();
        Act(branch: "", failOn: "any").Expect(0);
    }

    // GitHub's guidance on script injection: an expression in a script is pasted into it.
    [Fact]
    public void Scripts_HoldNoExpression_AndChecksOutAllHistory()
    {
        var scripts = Steps().Where(static step => step.Children.ContainsKey("run")).Select(static step => step["run"].ToString()).ToList();
        Assert.Equal(2, scripts.Count);
        Assert.DoesNotContain(scripts, static script => script.Contains("${{", StringComparison.Ordinal) || script.Contains("eval", StringComparison.Ordinal));
        Assert.All(Steps().Where(static step => step.Children.ContainsKey("run")), static step => Assert.Equal("bash", step["shell"].ToString()));

        var workflow = Yaml("### GitHub Action", 0);
        Assert.DoesNotContain("pull_request_target", workflow["on"].ToString(), StringComparison.Ordinal);
        var steps = ((YamlSequenceNode)workflow["jobs"]["check"]["steps"]).Children;
        Assert.Equal("0", steps[0]["with"]["fetch-depth"].ToString());
        Assert.Equal(Inputs().Where(static input => input.Value.Children.ContainsKey("required")).Select(static input => input.Key),
            ((YamlMappingNode)steps[1]["with"]).Children.Keys.Select(static key => key.ToString()));
        Assert.All(steps.Concat(Steps()).OfType<YamlMappingNode>().Where(static step => step.Children.ContainsKey("run")), static step => Assert.DoesNotContain("${{", step["run"].ToString(), StringComparison.Ordinal));
    }

    // The key of the cache begins with what the next run looks for.
    [Fact]
    public void Cache_IsRestoredFromTheBaseBranch()
    {
        var cache = Steps().Single(static step => step.Children.ContainsKey("uses") && step["uses"].ToString().StartsWith("actions/cache@", StringComparison.Ordinal))["with"];
        var key = cache["key"].ToString();
        Assert.EndsWith("-${{ github.sha }}", key, StringComparison.Ordinal);
        Assert.All(cache["restore-keys"].ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), prefix => Assert.StartsWith(prefix, key, StringComparison.Ordinal));
        Assert.Contains("--workspace \"$RUNNER_TEMP/xcoder\"", Steps().Single(static step => step["name"].ToString() == "Check")["run"].ToString(), StringComparison.Ordinal);
        Assert.Equal("${{ runner.temp }}/xcoder", cache["path"].ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Hook_StopsACommitThatAddsADuplicate(bool isFramework)
    {
        var script = isFramework ? "#!/bin/sh\n" + Yaml("### Hook before a commit", 0)["repos"][0]["hooks"][0]["entry"] + "\n"
            : Readmes.Blocks(Readme, "### Hook before a commit", "bash").Single();
        _repository.Folder.WriteProgram(".git/hooks/pre-commit", script);
        var result = Shell("""
            commit() { git add -A && git commit -q -m "$1"; echo "$1 $?"; }
            echo 'def other(a): return a + 1' > src/b.py; commit plain
            cp src/a.py src/c.py; commit copy
            git reset -q; rm src/c.py; echo text > README.md; commit text
            """);
        Assert.Equal("plain 0\ncopy 1\ntext 0\n", string.Concat(result.Output.Split('\n').Where(static line => line.StartsWith("plain ", StringComparison.Ordinal) || line.StartsWith("copy ", StringComparison.Ordinal) || line.StartsWith("text ", StringComparison.Ordinal)).Select(static line => line + "\n")));
        Assert.Contains("src/c.py", result.Output + result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(".xcoder", _repository.Git("ls-files"), StringComparison.Ordinal);
    }

    [Fact]
    public void Hook_OfTheFirstCommit_LetsItPass()
    {
        _runner.Write("new/.git/hooks/placeholder");
        _runner.Write("new/hook", Readmes.Blocks(Readme, "### Hook before a commit", "bash").Single());
        Shell($"cd {_runner.Root}/new && git init -q . && sh ./hook").Expect(0);
    }

    // Runs the scripts of the action one after another, as GitHub does, up to the first that fails.
    private CliResult Act(string branch = Branch, string failOn = "new")
    {
        var inputs = new Dictionary<string, string> { ["inputs.packages"] = "packages", ["inputs.fail-on"] = failOn };
        _runner.Write("temp/x");
        _runner.Write("home/x");
        var script = new List<string>();
        foreach (var step in Steps().Where(static step => step.Children.ContainsKey("run")))
        {
            var file = _runner.Write($"step{script.Count}.sh", step["run"].ToString());
            var variables = ((YamlMappingNode)step["env"]).Children.Select(pair => $"{pair.Key}={Quoted(Expand(pair.Value.ToString(), inputs))}");
            script.Add($"env {string.Join(' ', variables)} bash --noprofile --norc -eo pipefail {file} || exit $?");
        }

        return Shell($"""
            export GITHUB_BASE_REF={Quoted(branch)} GITHUB_STEP_SUMMARY={_runner.Root}/summary.md GITHUB_PATH={_runner.Root}/path
            export RUNNER_TEMP={_runner.Root}/temp GITHUB_ACTIONS=true HOME={_runner.Root}/home
            {string.Join('\n', script)}
            """);
    }

    private CliResult Shell(string script)
    {
        var result = CliShell.Run(_repository.Root, $"export PATH={_runner.Root}/bin:$PATH GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1\n{script}");
        Assert.False(File.Exists(Path.Join(_repository.Root, "pwned")), "The name of a branch was run.");
        return result;
    }

    private string Read(string file) => File.ReadAllText(Path.Join(_runner.Root, file));

    private static string Expand(string value, Dictionary<string, string> known) =>
        value.StartsWith("${{", StringComparison.Ordinal) ? known[value[3..^2].Trim()] : value;

    private static IEnumerable<YamlMappingNode> Steps() => ((YamlSequenceNode)Action["runs"]["steps"]).Children.Cast<YamlMappingNode>();

    private static IEnumerable<(string Key, YamlMappingNode Value)> Inputs() =>
        ((YamlMappingNode)Action["inputs"]).Children.Select(static pair => (pair.Key.ToString(), (YamlMappingNode)pair.Value));

    private static YamlMappingNode Yaml(string section, int index)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Readmes.Blocks(Readme, section, "yaml")[index]));
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
