using System.Diagnostics;
using System.Text.Json;
using XCoder.Agents.Chat;
using XCoder.Agents.Chat.Answers;
using XCoder.Agents.Prompts;

namespace XCoder.Tests.Agents.Chat;

/// <summary>Replies that would stop, stall or mislead a reader that trusts them.</summary>
public sealed class HostileAnswerTests
{
    // A reader whose time grows with the square of a reply's length takes minutes for them all; this one takes seconds.
    private const int Long = 30_000;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly PromptLibrary Prompts = PromptLibrary.Open();

    private static readonly AnswerSchema Verdict = new("verdict", """
        {"type": "object", "additionalProperties": false, "required": ["verdict"], "properties": {"verdict": {"type": "string", "enum": ["accept", "revise", "reject"]}}}
        """);

    private static List<(string Name, string Reply)> Hostile
    {
        get
        {
            var data = new List<(string Name, string Reply)>
            {
                ("self-reference", "```yaml\ncode: x\n? &a [*a]\n: y\n```"),
                ("self-referencing value", "```yaml\ncode: &a [*a]\n```"),
                ("deep list", "```yaml\ncode: " + new string('[', 20_000) + "\n```"),
                ("deep mapping", "code: |\n  x\ntests: " + new string('{', 20_000)),
                ("deep block", "```yaml\ncode:\n" + string.Concat(Enumerable.Range(1, 600).Select(i => new string(' ', i) + "a:\n")) + "```"),
                ("deep items", "```yaml\ncode:\n  " + string.Concat(Enumerable.Repeat("- ", 20_000)) + "x\n```"),
                ("aliases", "```yaml\ncode: &a0 [x, x]\n" + string.Concat(Enumerable.Range(1, 60).Select(i => $"k{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n")) + "? *a60\n: y\n```"),
                ("place of code", "<p>&#0;7&#0;</p>"),
                ("place of code in digits", "<p>&#0;\u0663&#0;</p><pre>x</pre>"),
                ("many fences", string.Concat(Enumerable.Range(3, 600).Select(i => new string('`', i) + "\nx\n"))),
                ("data", "<code>" + string.Concat(Enumerable.Repeat("<![CDATA[]]>", 16_000)) + "</code>"),
                ("open data", string.Concat(Enumerable.Repeat("<code><![CDATA[", 13_000)) + "</code>"),
                ("split pair", "<merits>" + new string('x', 19_999) + string.Concat(Enumerable.Repeat("\U0001F600", 10)) + "</merits><faults></faults>"),
            };
            string[] units = ["#", "*", "_", "|", "<", "&", " ", "`", "~", "\"", "'", "[", "]", "{", "}", "(", "-", "=", ":", ">", "/", "\\", "\n", "\t", "1. ", "- ", "# ", "**", "| ", "a ", "a:", "a: \n", "\n- ", "\n#",
                "<a", "<a>", "<a ", "<a b=\"", "<a b='", "<code>", "</code>", "<think>", "</think>", "</details>", "<code ", "<item>", "<li>", "<pre>", "<tr><td>", "<!--", "```\n", "```yaml", "~~~\n", "\n```", "'''", "\"\"\"", "{a:", "{\"code\":", "\n\"a\"", "&quot;", "&#0;", "\0", "---\n", "|a", "[a", "=a", "code: |\n", "code:\n  - x\n", "<|channel|>", "\U0001F600", "\ud800", "\u0663", "%7B"];
            foreach (var unit in units)
            {
                foreach (var (before, after) in new[] { ("", "!"), ("a", "\n"), ("# a", "x"), ("code: |\n  ", "x\n"), ("## Code\n```\n", "x"), ("<code>", "</code>"), ("<faults>", "</faults>"), ("```yaml\ncode: ", "x\n```") })
                {
                    data.Add(($"{before} {unit} {after}", before + string.Concat(Enumerable.Repeat(unit, Long / unit.Length)) + after));
                }
            }

            return data;
        }
    }

    [Fact]
    public void Read_Hostile_EndsSoon()
    {
        var slow = new List<string>();
        string[] names = ["solve", "critique", "vote"];
        foreach (var (at, (name, reply)) in Hostile.Index())
        {
            var schema = Prompts[names[at % names.Length]].Schema!;
            var watch = Stopwatch.StartNew();
            _ = AnswerReader.Read(reply, schema, out _);
            _ = AnswerReader.ReadWhole(reply, schema);
            _ = OpenFence.IsCut(reply);
            if (watch.Elapsed > Longest)
            {
                slow.Add($"{schema.Name}: {JsonSerializer.Serialize(name)} took {watch.Elapsed.TotalSeconds:F1} s");
            }
        }

        Assert.Empty(slow);
    }

    private const string Full = "def f(x):\n    return x";

    private static readonly AnswerSchema Lists = new("lists", """
        {"type": "object", "additionalProperties": false, "required": ["merits", "faults", "scores"], "properties": {"merits": {"type": "array", "items": {"type": "string"}}, "faults": {"type": "array", "items": {"type": "string"}},
          "scores": {"type": "object", "additionalProperties": false, "required": ["clarity"], "properties": {"clarity": {"type": "number", "minimum": 0, "maximum": 10}}}}}
        """);

    private static AnswerSchema SchemaOf(string name) => name switch { "verdict" => Verdict, "lists" => Lists, _ => Prompts[name].Schema! };

    public static TheoryData<string, string, string, string> Said => new()
    {
        { "solve", $"<code>{Full}</code>\n<explanation>It works.</explanation>\n<tests>assert f(1) == 1</tests>\n\nNote: <code>sorted()</code> is stable.", "code", Full },
        { "solve", $"<code>draft</code>\n<explanation>a</explanation>\n<tests>b</tests>\nWrong. Again:\n<code>{Full}</code>\n<explanation>c</explanation>\n<tests>d</tests>", "code", Full },
        { "attempt", "## Code\n```html\n<details><summary>x</summary></details>\n```\n## Explanation\nIt folds.", "code", "<details><summary>x</summary></details>" },
        { "attempt", "## Code\n```python\nre.sub('.*</think>', '', x)\n```\n## Explanation\nIt cuts.", "code", "re.sub('.*</think>', '', x)" },
        { "attempt", "So I use `f` and {x}.</think>\n## Code\n```\nx\n```\n## Explanation\nIt is.", "code", "x" },
        { "vote", "<reason>Two is best.</reason>\n<choice>2</choice>", "reason", "Two is best." },
        { "vote", "<answer><reason>Two is best.</reason><choice>2</choice></answer>", "reason", "Two is best." },
        { "vote", "<think>One?</think><reason>Two is best.</reason>\n<choice>2</choice>", "reason", "Two is best." },
        { "propose", "<instruction>Write a function that sorts a list.</instruction>\n<reason>It is common.</reason>", "reason", "It is common." },
        { "judge", "<reason>Both work.</reason>\n<first>7</first>\n<second>8</second>", "first", "7" },
        { "vote", """{"reason": "x", "choice": {"text": "2 of 9 edge cases fail", "score": 9}}""", "choice", "9" },
        { "vote", """{"reason": "x", "choice": {"text": "2 of 9 edge cases fail", "score": "9"}}""", "choice", "9" },
        { "vote", """{"reason": {"value": 3, "text": "x"}, "choice": 2}""", "reason", "x" },
        { "verdict", "## Verdict\nReject. I cannot accept code that fails.", "verdict", "reject" },
        { "verdict", "Verdict: Revise; do not accept or reject.", "verdict", "revise" },
        { "attempt", $"## Code\n```\ndraft\n```\nThat is wrong.\n\n## Code\n```\n{Full}\n```\n## Explanation\nIt is.", "code", Full },
        { "attempt", $"## Code\n```\n{Full}\n```\n## Explanation\nIt is.\n\nCode: as above", "code", Full },
        { "vote", "Choice: 1\nReason: first thought\n\nChoice: 2\nReason: better", "choice", "2" },
        { "attempt", $"code: |\n  def f(x):\n      return x\nexplanation: It is.", "code", Full },
        { "attempt", $"explanation: It is.\ncode: |\n  def f(x):\n      return x\n", "code", Full },
        { "attempt", $"```yaml\nexplanation: It is.\ncode: |\n  def f(x):\n      return x\n```", "code", Full },
        { "attempt", $"<explanation>Wrap it in <code> tags.</explanation>\n<code>{Full}</code>", "code", Full },
        { "attempt", "Explanation: " + "It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is. It is.\n" + $"Code:\n```\n{Full}\n```", "code", Full },
        { "lists", "<merits><item>draft</item></merits>\n<faults></faults>\n<scores clarity=\"1\"/>\nNo:\n<merits><item>a</item></merits>\n<faults><item>b</item></faults>\n<scores clarity=\"8\"/>", "merits", "[\"a\"]" },
        { "lists", "<merits>a</merits>\n<merits>b</merits>\n<faults></faults>\n<scores clarity=\"8\"/>", "merits", "[\"a\",\"b\"]" },
        { "lists", """{"merits": ["a"], "scores": {"clarity": 8}}""", "faults", "[]" },
        { "lists", """{"merits": ["a"], "scores": {"clarity": 8,},}""", "faults", "[]" },
        { "attempt", "<details>I could sort it.\nCode: no</details>\n## Code\n```\nx\n```\n## Explanation\nIt is.", "code", "x" },
        { "attempt", "## Code\nThis one:\n```\nx = '```'\n```\n## Explanation\nIt is.", "code", "x = '```'" },
        { "attempt", "explanation: It is.\ncode: |\n  def f(x):\n      return x</s>", "code", Full },
        { "attempt", "Here is the `code`:\n```python\ndef f(x):\n    return x\n```\n\n**Explanation:** It is.", "code", Full },
        { "vote", "| Field | Value |\n|---|---|\n| Choice | 2 | x |\n| Reason | It is. |", "choice", "2" },
        { "vote", "# Choice\n2\n# Reason\nIt is.", "choice", "2" },
        { "vote", "## 1. Choice: 2\n\n- **Reason** \u2013 It is.", "reason", "It is." },
        { "attempt", "## Code\n````md\n```\nx\n```\n````\n## Explanation\nIt is.", "code", "```\nx\n```" },
    };

    [Theory]
    [MemberData(nameof(Said))]
    public void Read_Misleading_SaysWhatTheModelMeant(string prompt, string reply, string field, string value)
    {
        var answer = AnswerReader.Read(reply, SchemaOf(prompt), out var failure);
        Assert.Null(failure);
        Assert.Equal(value, answer!.Value.GetProperty(field).ToString().TrimEnd());
    }

    public static TheoryData<string, string> Cut => new()
    {
        { "attempt", "explanation: It is.\ncode: |\n  def f(x):\n      return" },
        { "attempt", "```yaml\nexplanation: It is.\ncode: |\n  def f(x):\n      return x" },
        { "lists", "<merits><item>a</item></merits>\n<scores clarity=\"8\"/>\n<faults><item>It fails for" },
        { "lists", "<answer><merits><item>a</item></merits><faults><item>It fails for" },
        { "lists", "{\"merits\": [\"a\"], \"scores\": {\"clarity\": 8}," },
        { "attempt", "## Explanation\nIt is.\n## Code\n```\ndef f" },
        { "attempt", "<code>draft</code>\n<explanation>It is.</explanation>\nNo, again:\n<code>\ndef f(x" },
    };

    [Theory]
    [MemberData(nameof(Cut))]
    public void Read_CutAnswer_IsNone(string prompt, string reply)
    {
        Assert.Null(AnswerReader.Read(reply, SchemaOf(prompt), out var failure));
        Assert.Equal(ChatFailureKind.Truncated, failure!.Kind);
    }
}
