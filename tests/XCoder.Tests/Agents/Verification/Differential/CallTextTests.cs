using XCoder.Agents.Verification.Differential;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;
using XCoder.Tests.Agents.Verification.Sandbox;
using Xunit.Abstractions;

namespace XCoder.Tests.Agents.Verification.Differential;

/// <summary>Texts, and lists of them, reach a function of every language as they are and come back the same.</summary>
public class CallTextTests(ITestOutputHelper output)
{
    private static readonly string[] Texts =
    [
        "", "plain", "it's", "say \"hi\"", @"back\slash", @"\", @"\\", @"\n \t \0 \x41 \u0041 \U0001F600 \{ \' \""", "line\nbreak\r\nand\ttab", "\b\f\v\a\u001b\u007f", "#{x} #$x #@x", "$x {$x} ${x} $$ \\$", "%d %s %% %n", "`tick` ${1 + 1}", "{0} {} {{}} {name} {literals} {target} {shows} {secret} {calls} {code}",
        "??/ ??= /* */ // -- # <!--", "'''\"\"\"", "é", "e\u0301", "naïve café", "日本語", "\u2028\u2029\u0085", "\uFEFFx", "\uFFFD", "\uFFFF", "😀", "a😀b", "👩\u200D👩\u200D👧", "\U0001D49E\U00020000", "\U0010FFFF", "é1", "😀f", "\0", "a\0b", "\0" + "7", "\n1",
    ];

    public static TheoryData<string> Languages => [.. FullRun.Of(Codes.Keys, FullRun.Quick(Codes.Keys))];

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Run_TextsOfAllKinds_ComeBackTheSame(string language)
    {
        using var runner = New();
        var inputs = Texts.Select(text => new CallInput([text], InputTraits.None)).Where(input => runner.CanWrite(language, Function(language, Codes[language].Text), [0], input)).ToList();
        var run = runner.Run(language, Function(language, Codes[language].Text), [0], inputs, default);
        Assert.Null(run.Problem);
        Assert.Equal(inputs.Select(input => input.Values[0]), run.Outcomes.Select(outcome => outcome.Value));
        Assert.Equal(Texts.Where(text => !text.Contains('\0', StringComparison.Ordinal) || language != "c"), inputs.Select(input => input.Values[0]));
        output.WriteLine($"{language}: {inputs.Count} texts");
    }

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Run_ListsOfTexts_ComeBackTheSame(string language)
    {
        using var runner = New();
        var texts = Texts.Where(text => language != "c" || !text.Contains('\0', StringComparison.Ordinal)).Cast<object>().ToList();
        var inputs = new List<List<object>> { texts, new() { "a" }, new() { "b", "", "b" }, new() }.ConvertAll(list => new CallInput([list], InputTraits.None));
        var function = Function(language, Codes[language].List);
        var run = runner.Run(language, function, [.. function.Parameters.Select((_, i) => -i)], inputs, default);
        Assert.Null(run.Problem);
        if (language == "c")
        {
            // A list of texts has no length of its own in C, so the function gives the longest text's bytes.
            Assert.All(inputs.Zip(run.Outcomes), pair => Assert.Equal(string.Concat(((List<object>)pair.First.Values[0]).Cast<string>()), pair.Second.Value));
            return;
        }

        Assert.All(inputs.Zip(run.Outcomes), pair => Assert.Equal((List<object>)pair.First.Values[0], Assert.IsType<ParsedList>(pair.Second.Value).Items));
        Assert.All(inputs.Zip(run.Outcomes), pair => Assert.Equal((List<object>)pair.First.Values[0], Assert.IsType<ParsedList>(Assert.Single(pair.Second.Arguments!.Items)).Items));
    }

    private static CallRunner New() => new(ToolchainCatalog.Open(), CallCatalog.Open(), new DifferentialOptions(), []);

    private static CallFunction Function(string language, string code)
    {
        using var finder = new FunctionFinder(LanguageCatalog.Open());
        return Assert.Single(finder.Find(language, CallCatalog.Open().Find(language)!.Value.Form, code, out _));
    }

    private static readonly Dictionary<string, (string Text, string List)> Codes = new()
    {
        ["python"] = ("def echo(s: str) -> str:\n    return s.encode('utf-8').decode('utf-8')", "def echo(words: list[str]) -> list[str]:\n    return words"),
        ["javascript"] = ("function echo(s) { return Buffer.from(s, 'utf8').toString('utf8'); }", "const echo = words => words.slice();"),
        ["typescript"] = ("function echo(s: string): string { return s; }", "function echo(words: readonly string[]): string[] { return [...words]; }"),
        ["java"] = ("static String echo(String s) { return s; }", "public List<String> echo(List<String> words) { return words; }"),
        ["csharp"] = ("static string Echo(string s) => s;", "static IEnumerable<string> Echo(string[] words) => words.Select(w => w);"),
        ["go"] = ("func echo(s string) string { return s }", "func echo(words []string) []string { return words }"),
        ["rust"] = ("fn echo(s: &str) -> String { s.to_string() }", "fn echo(words: &[&str]) -> Vec<String> { words.iter().map(|w| w.to_string()).collect() }"),
        ["ruby"] = ("def echo(s)\n  s.encode('UTF-16LE').encode('UTF-8')\nend", "def echo(words)\n  words.dup\nend"),
        ["php"] = ("function echoed(string $s): string { return $s; }", "function echoed(array $words): array { return $words; }"),
        ["lua"] = ("local function echo(s)\n  return s\nend", "local function echo(words)\n  return words\nend"),
        ["cpp"] = ("std::string echo(const std::string& s) { return s; }", "vector<string> echo(const vector<string>& words) { return words; }"),
        ["c"] = ("char *echo(const char *s) { return strdup(s); }", "char *echo(const char **words, int n) { char *all = calloc(1, 10000); for (int i = 0; i < n; i++) strcat(all, words[i]); return all; }"),
    };
}
