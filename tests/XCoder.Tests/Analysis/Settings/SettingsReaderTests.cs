using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using XCoder.Analysis.Duplicates;
using XCoder.Analysis.Model;
using XCoder.Analysis.Settings;
using Xunit;

namespace XCoder.Tests.Analysis.Settings;

/// <summary>What may stand in an xcoder.json: the reader and the published schema agree.</summary>
public class SettingsReaderTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(Encoding.UTF8.GetString(SettingsSchema.Text));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"$schema": "./xcoder.schema.json", "minTokens": 40, "minSimilarity": 1, "kinds": []}""")]
    [InlineData("""{"kinds": ["exact", "renamed", "near", "semantic", "file"], "formats": {"check": "markdown"}}""")]
    [InlineData("""{"rules": [{"path": "third_party/", "ignore": true, "reason": "a copy"}]}""")]
    [InlineData("""{"rules": [{"path": "**/*_pb2.py", "minTokens": 100}, {"path": "/a", "kinds": ["exact"], "ignore": false}]}""")]
    [InlineData("""{"rules": [{"path": "a b", "minSimilarity": 0.9, "reason": "tests repeat"}]}""")]
    [InlineData("""{"options": {"threads": 4, "quiet": true, "check": {"fail-on": "percent:5"}, "kind": ["exact", "near"]}}""")]
    public void What_is_allowed(string text)
    {
        Assert.Null(Problem(text));
        Assert.True(IsValid(text));
    }

    [Theory]
    [InlineData("""[]""", "must be an object")]
    [InlineData("""{"minToken": 40}""", "no setting 'minToken'. Did you mean 'minTokens'?")]
    [InlineData("""{"minTokens": 0}""", "1 or more")]
    [InlineData("""{"minTokens": 1.5}""", "whole number")]
    [InlineData("""{"minTokens": "40"}""", "whole number")]
    [InlineData("""{"minTokens": 99999999999}""", "whole number")]
    [InlineData("""{"minSimilarity": 0}""", "above 0")]
    [InlineData("""{"minSimilarity": 1.1}""", "at most 1")]
    [InlineData("""{"kinds": ["exakt"]}""", "none of exact, renamed")]
    [InlineData("""{"kinds": "exact"}""", "must be a list")]
    [InlineData("""{"formats": {"check": 1}}""", "formats.check must be a text")]
    [InlineData("""{"formats": {"check": ""}}""", "must be a text")]
    [InlineData("""{"rules": {}}""", "must be a list")]
    [InlineData("""{"rules": [{"ignore": true, "reason": "x"}]}""", "rules[0] has no path")]
    [InlineData("""{"rules": [{"path": "a", "ignore": true}]}""", "gives no reason")]
    [InlineData("""{"rules": [{"path": "a", "ignore": true, "reason": " "}]}""", "gives no reason")]
    [InlineData("""{"rules": [{"path": "a", "ignore": true, "minTokens": 3}]}""", "gives no reason")]
    [InlineData("""{"rules": [{"path": "a", "ignore": 1, "reason": "x"}]}""", "true or false")]
    [InlineData("""{"rules": [{"path": "a"}]}""", "does nothing")]
    [InlineData("""{"rules": [{"path": "a", "ignore": false}]}""", "does nothing")]
    [InlineData("""{"rules": [{"path": "!a", "minTokens": 3}]}""", "not begin with")]
    [InlineData("""{"rules": [{"path": "# a", "minTokens": 3}]}""", "not begin with")]
    [InlineData("""{"rules": [{"path": "", "minTokens": 3}]}""", "must be a text")]
    [InlineData("""{"rules": [{"path": "a", "minTokens": 3, "who": "me"}]}""", "no setting 'who' in rules[0]")]
    [InlineData("""{"options": {"threads": null}}""", "options.threads must be")]
    [InlineData("""{"options": {"check": {"fail-on": {"a": 1}}}}""", "options.check.fail-on must be")]
    public void What_is_not_allowed(string text, string problem)
    {
        Assert.Contains(problem, Problem(text), StringComparison.Ordinal);
        Assert.False(IsValid(text));
    }

    [Theory]
    [InlineData("", "not JSON at line 1")]
    [InlineData("{\n\"minTokens\": }", "not JSON at line 2")]
    [InlineData("""{"minTokens": 3, "minTokens": 4}""", "'minTokens' stands twice")]
    [InlineData("\0\0\0", "not JSON")]
    public void What_is_no_settings(string text, string problem) => Assert.Contains(problem, Problem(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("{\"formats\": {\"check\": \"\\ud800\"}}")]
    [InlineData("{\"formats\": {\"check\": \"\u00ff\"}}")]
    [InlineData("{\"\u00ff\": 1}")]
    [InlineData("{\"\\ud800\": 1}")]
    [InlineData("{\"options\": {\"a\": [\"\\udc00\"]}}")]
    public void What_is_no_Unicode(string text)
    {
        var exception = Assert.Throws<SettingsException>(() => new SettingsReader("f", isTrusted: true).Read("/f", Encoding.Latin1.GetBytes(text)));
        Assert.Equal("f: a text in it is not valid Unicode.", exception.Message);
    }

    [Fact]
    public void A_message_quotes_little() => Assert.InRange(Problem($"{{\"{new string('a', 100_000)}\": 1}}")!.Length, 100, 500);

    [Fact]
    public void Rules_and_patterns_have_limits()
    {
        Assert.Contains("longer than 200", Problem(Rules(1, 201)), StringComparison.Ordinal);
        Assert.Contains("more than 1,000", Problem(Rules(1001, 3)), StringComparison.Ordinal);
        Assert.All([Rules(1, 201), Rules(1001, 3)], static text => Assert.False(IsValid(text)));
        Assert.Null(Problem(Rules(1000, 200)));
        Assert.True(IsValid(Rules(1000, 200)));
    }

    [Fact]
    public void Deep_nesting_is_an_error() => Assert.Contains("not JSON", Problem("{\"rules\":" + new string('[', 100_000)), StringComparison.Ordinal);

    [Fact]
    public void Comments_commas_and_a_byte_order_mark_are_fine()
    {
        var read = new SettingsReader("f", isTrusted: false).Read("/f", Encoding.UTF8.GetBytes("\uFEFF{ // why\n\"minTokens\": 30, \"kinds\": [\"near\", \"near\",], }"));
        Assert.Equal(30, read.MinTokens);
        var rule = Assert.Single(read.Rules);
        Assert.Equal([DuplicateKind.Near], rule.Kinds!);
    }

    [Fact]
    public void A_repository_sets_no_options()
    {
        var exception = Assert.Throws<SettingsException>(() => new SettingsReader("shop/xcoder.json", isTrusted: false).Read("/f", """{"options": {}}"""u8.ToArray()));
        Assert.Equal("shop/xcoder.json: options count only in a file given by --config, or in the user's own folder; a repository must not set them.", exception.Message);
    }

    [Fact]
    public void The_schema_names_all_kinds_of_duplicates() => Assert.Equal(DuplicateRule.All.Select(static rule => rule.Name).Order(),
        JsonNode.Parse(SettingsSchema.Text)!["$defs"]!["kinds"]!["items"]!["enum"]!.AsArray().Select(static name => (string)name!).Order());

    [Theory]
    [InlineData("/conf", "/home/a", "/conf/xcoder/xcoder.json")]
    [InlineData(null, "/home/a", "/home/a/.config/xcoder/xcoder.json")]
    [InlineData("relative", "/home/a", "/home/a/.config/xcoder/xcoder.json")]
    [InlineData("relative", "relative", null)]
    [InlineData(null, null, null)]
    public void The_users_own_file_is_never_beside_the_current_folder(string? configuration, string? home, string? expected) =>
        Assert.Equal(expected, SettingsChain.OwnPath(configuration, home));

    private static string Rules(int count, int length) =>
        $$"""{"rules": [{{string.Join(',', Enumerable.Repeat($$"""{"path": "{{new string('a', length)}}", "minTokens": 3}""", count))}}]}""";

    private static string? Problem(string text)
    {
        try
        {
            _ = new SettingsReader("f", isTrusted: true).Read("/f", Encoding.UTF8.GetBytes(text));
            return null;
        }
        catch (SettingsException exception)
        {
            return exception.Message;
        }
    }

    private static bool IsValid(string text) => Schema.Evaluate(JsonDocument.Parse(text).RootElement).IsValid;
}
