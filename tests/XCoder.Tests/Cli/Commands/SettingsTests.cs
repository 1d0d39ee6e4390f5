using System.Text.Json;
using XCoder.Tests.Analysis.Repositories;
using Xunit;

namespace XCoder.Tests.Cli.Commands;

/// <summary>Settings and ignores on the command line: xcoder.json, --config, config, ignore, and what they do to the gate of check.</summary>
public sealed class SettingsTests : IDisposable
{
    private const string Total = """
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
    private readonly TemporaryFolder _elsewhere = new();

    public SettingsTests()
    {
        _repository.Write("src/a.py", Total);
        _repository.Commit();
    }

    public void Dispose()
    {
        _repository.Dispose();
        _elsewhere.Dispose();
    }

    [Fact]
    public void A_gate_names_places_that_are_taken_out_of_a_finding()
    {
        _repository.Write("src/b.py", "x = 1\n" + Total);
        _repository.Write("src/c.py", "x = 2\n# xcoder-ignore: goes away\n" + Total);
        var result = Check(1);
        Assert.Contains("Left out: 1 finding, 1 of which the gate would count; by", result.Output, StringComparison.Ordinal);
        Assert.Contains("src/c.py:2 (1: goes away", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gate_names_what_is_taken_out_of_it()
    {
        _repository.Write("src/b.py", "x = 1\n" + Total);
        Check(1);
        _repository.Write("xcoder.json", """{"rules": [{"path": "src/b.py", "ignore": true, "reason": "goes\u001b[31m away"}]}""");
        var result = Check(0);
        Assert.Contains("Left out: 1 finding, 1 of which the gate would count; by", result.Output, StringComparison.Ordinal);
        Assert.Contains("xcoder.json: src/b.py (1: goes", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", result.Output, StringComparison.Ordinal);
        Assert.Contains("New duplicates are 0 of", result.Output, StringComparison.Ordinal);
        Check(1, "--no-ignores");
        using var json = JsonDocument.Parse(Check(0, "--format", "json").Output);
        Assert.Empty(json.RootElement.GetProperty("findings").EnumerateArray());
        var ignored = Assert.Single(json.RootElement.GetProperty("ignored").EnumerateArray());
        Assert.True(ignored.GetProperty("gateCounts").GetBoolean());
        Assert.Equal("path", ignored.GetProperty("source").GetString());
        Assert.Equal("src/b.py", ignored.GetProperty("finding").GetProperty("snippet").GetProperty("path").GetString());
        foreach (var format in new[] { "markdown", "github" })
        {
            Assert.Contains("Left out", Check(0, "--format", format).Output.Replace("&#58;", ":", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_finding_of_the_last_check_can_be_ignored_by_its_id()
    {
        _repository.Write("src/b.py", "x = 1\n# edited\n" + Total.Replace("total", "sums", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(Check(1, "--format", "json").Output);
        var group = json.RootElement.GetProperty("findings")[0].GetProperty("group").GetString()!;
        Assert.Contains(group, Check(1).Output, StringComparison.Ordinal);
        Run("ignore", group).Expect(2, "--reason is missing");
        Run("ignore", group, "--reason", "apart on purpose").Expect(0, "2 copies added to");
        Assert.Contains("apart on purpose", Check(0).Output, StringComparison.Ordinal);
        Assert.Contains("apart on purpose", Run("ignore").Output, StringComparison.Ordinal);
        _repository.Write("src/c.py", "y = 1\n" + Total);
        Check(1);
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("sarif")]
    [InlineData("codeclimate")]
    [InlineData("badge")]
    public void Where_the_format_has_no_place_a_message_names_it(string format)
    {
        _repository.Write("src/b.py", "x = 1\n# xcoder-ignore: a copy on purpose\n" + Total);
        Assert.Contains("Left out: 1 finding, 1 of which the gate would count; by", Check(0, "--format", format).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_may_be_given_to_an_option_with_commas()
    {
        var named = _elsewhere.Write("named.json", """{"options": {"duplicates": {"kind": ["exact", "near"]}}}""");
        Run("index", ".", "--no-embed", "-q").Expect(0);
        Run("duplicates", "--config", named).Expect(0);
    }

    [Fact]
    public void A_comment_takes_a_finding_out_of_the_gate()
    {
        _repository.Write("src/b.py", "x = 1\n# xcoder-ignore: a copy on purpose\n" + Total);
        Assert.Contains("src/b.py:2 (1: a copy on purpose)", Check(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_said_nearer_to_the_user_is_stronger()
    {
        _repository.Write("xcoder.json", """{"formats": {"duplicates": "sarif", "check": "json"}, "minTokens": 5}""");
        var own = _elsewhere.Write("own/xcoder/xcoder.json", """{"formats": {"duplicates": "jsonl", "snippets": "jsonl"}, "options": {"threads": 1}}""");
        var named = _elsewhere.Write("named.json", """{"options": {"min-tokens": 6, "duplicates": {"format": "html"}}}""");
        var environment = new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = Path.Join(_elsewhere.Root, "own") };
        Assert.Contains("\"$schema\"", Ask().Output, StringComparison.Ordinal); // the repository's
        Assert.StartsWith("<!DOCTYPE html>", Ask("--config", named).Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("No duplicates", Ask("--config", named, "--format", "text").Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(CliProcess.Run(_repository.Root, environment, "config", "--config", named, "--format", "json").Output);
        var settings = json.RootElement.GetProperty("settings").EnumerateArray().Select(static setting => (
            $"{setting.GetProperty("option").GetString()} {(setting.TryGetProperty("command", out var command) ? command.GetString() : "")}".Trim(),
            setting.GetProperty("value").GetString(), Path.GetFileName(setting.GetProperty("from").GetString()), setting.GetProperty("holds").GetBoolean())).ToList();
        Assert.Contains(("min-tokens", "6", "named.json", true), settings);
        Assert.Contains(("min-tokens", "5", "xcoder.json", false), settings);
        Assert.Contains(("format duplicates", "html", "named.json", true), settings);
        Assert.Contains(("format duplicates", "sarif", "xcoder.json", false), settings);
        Assert.Contains(("format snippets", "jsonl", "xcoder.json", true), settings);
        Assert.Contains(("threads", "1", "xcoder.json", true), settings);
        Assert.Contains(("threshold", "0.7", "default", true), settings);
        Assert.NotEmpty(own);

        CliResult Ask(params string[] more)
        {
            CliProcess.Run(_repository.Root, environment, "index", ".", "--no-embed", "-q").Expect(0);
            return CliProcess.Run(_repository.Root, environment, ["duplicates", .. more]);
        }
    }

    [Theory]
    [InlineData("""{"options": {"output": "/etc/passwd", "workspace": "/tmp/x", "endpoint": "http://evil", "trust-workspace": true}}""", "must not set them")]
    [InlineData("""{"formats": {"index": "text --output=/tmp/x"}}""", "has no format")]
    [InlineData("""{"formats": {"index": "html"}}""", "has no format")]
    [InlineData("{", "not JSON")]
    public void A_repository_cannot_make_a_command_do_or_fail(string text, string problem)
    {
        _repository.Write("xcoder.json", text);
        var result = Run("index", ".", "--no-embed");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains(problem, result.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Join(_repository.Root, ".xcoder/xcoder.db")));
    }

    [Theory]
    [InlineData("""{"options": {"thread": 4}}""", "no option 'thread'. Did you mean 'threads'?")]
    [InlineData("""{"options": {"chek": {"fail-on": "new"}}}""", "no command 'chek'. Did you mean 'check'?")]
    [InlineData("""{"options": {"index": {"fail-on": "new"}}}""", "no option 'fail-on' of index")]
    [InlineData("""{"options": {"config": "other.json"}}""", "no option 'config'")]
    [InlineData("""{"options": {"threads": "many"}}""", "--threads takes a whole number")]
    [InlineData("[", "not JSON")]
    public void A_file_that_the_user_named_must_be_right(string text, string problem) =>
        Run("index", ".", "--no-embed", "--config", _elsewhere.Write("named.json", text)).Expect(2, problem);

    [Fact]
    public void A_file_may_set_an_option_that_a_command_requires()
    {
        var named = _elsewhere.Write("named.json", """{"options": {"check": {"base": "HEAD", "no-semantic": true}}}""");
        Run("check", "--config", named).Expect(0);
        Run("check").Expect(2, "--base");
    }

    [Fact]
    public void What_is_set_for_a_command_is_not_for_one_of_its_name_in_another()
    {
        var named = _elsewhere.Write("named.json", """{"formats": {"check": "markdown"}, "options": {"check": {"format": "badge"}}}""");
        Run("languages", "check", "lua", "--config", named).Expect(0);
    }

    [Fact]
    public void Devices_and_pipes_in_place_of_a_file_do_not_hang()
    {
        Run("index", ".", "--config", "/dev/zero").Expect(2, "/dev/zero: it is larger than 1 MiB");
        Run("index", ".", "--config", "/dev/null").Expect(2, "/dev/null: this is not JSON");
        Directory.CreateDirectory(Path.Join(_elsewhere.Root, "pipes", "xcoder"));
        _elsewhere.Run("mkfifo", "pipes/xcoder/xcoder.json");
        var environment = new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = Path.Join(_elsewhere.Root, "pipes") };
        CliProcess.Run(_repository.Root, environment, "config").Expect(0);
    }

    [Theory]
    [InlineData("plain", "HOME")]
    [InlineData("plain", "XDG_CONFIG_HOME")]
    [InlineData("link to the file", "HOME")]
    [InlineData("link to a folder", "HOME")]
    public void Settings_that_came_with_the_code_are_not_the_users(string form, string variable)
    {
        // Jenkins' containers, for one, are often given the checkout as home.
        const string Text = """{"options": {"threads": 7}}""";
        var below = variable == "HOME" ? ".config/xcoder" : "xcoder";
        if (form == "plain")
        {
            _repository.Write(below + "/xcoder.json", Text);
        }
        else if (form == "link to a folder")
        {
            var target = Path.GetDirectoryName(_elsewhere.Write("outside/xcoder/xcoder.json", Text))!;
            File.CreateSymbolicLink(Path.Join(_repository.Root, ".config"), Path.GetDirectoryName(target)!);
        }
        else
        {
            Directory.CreateDirectory(Path.Join(_repository.Root, below));
            File.CreateSymbolicLink(Path.Join(_repository.Root, below, "xcoder.json"), _elsewhere.Write("outside.json", Text));
        }

        Assert.Equal("7", Threads(_repository.Root)); // written by whoever works here
        _repository.Commit();
        Assert.NotEqual("7", Threads(_repository.Root, "is tracked by git in"));
        Assert.NotEqual("7", Threads(Path.Join(_repository.Root, "src"), "is tracked by git in"));
        Assert.Equal("7", Threads(_elsewhere.Root)); // a home under version control, elsewhere

        string Threads(string at, string problem = "")
        {
            var environment = new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = "", [variable] = _repository.Root };
            var result = CliProcess.Run(at, environment, "config", "--format", "json").Expect(0, problem);
            using var json = JsonDocument.Parse(result.Output);
            return json.RootElement.GetProperty("settings").EnumerateArray().Single(static setting =>
                setting.GetProperty("option").GetString() == "threads" && setting.GetProperty("holds").GetBoolean()).GetProperty("value").GetString()!;
        }
    }

    [Fact]
    public void A_missing_file_that_the_user_named_is_an_error() => Run("index", ".", "--config", "nothing.json").Expect(2, "nothing.json: there is no such file");

    [Fact]
    public void Settings_are_looked_for_up_to_the_work_tree_and_no_further()
    {
        _elsewhere.Write("xcoder.json", """{"formats": {"languages": "json"}}""");
        _elsewhere.Write("tree/.git/HEAD", "ref: refs/heads/main\n");
        _elsewhere.Write("tree/deep/a.py", "x = 1\n");
        _elsewhere.Write("plain/deep/a.py", "x = 1\n");
        foreach (var folder in new[] { "tree/deep", "plain/deep" })
        {
            using var json = JsonDocument.Parse(CliProcess.Run(_elsewhere.Root, "config", folder, "--format", "json").Output);
            Assert.Empty(json.RootElement.GetProperty("files").EnumerateArray());
        }
    }

    [Fact]
    public void Config_prints_the_schema() => Assert.Contains("\"$defs\"", Run("config", "--schema").Output, StringComparison.Ordinal);

    private CliResult Run(params string[] arguments) => CliProcess.Run(_repository.Root, arguments);

    private CliResult Check(int code, params string[] more)
    {
        var result = Run(["check", "--base", "HEAD", "--no-semantic", "--fail-on", "new", .. more]);
        Assert.True(result.ExitCode == code, result.Output + result.Errors);
        return result with { Output = string.Join(' ', result.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) }; // on one line
    }
}
