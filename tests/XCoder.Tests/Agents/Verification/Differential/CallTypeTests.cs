using XCoder.Agents.Verification.Differential;
using XCoder.Agents.Verification.Toolchains;
using XCoder.Analysis.Languages;
using XCoder.Tests.Agents.Verification.Sandbox;

namespace XCoder.Tests.Agents.Verification.Differential;

/// <summary>Lists of text, lists of lists and optional values are passed in every type that a language commonly writes for them.</summary>
public class CallTypeTests
{
    private static readonly List<object> Words = ["a", "it's", "😀"];
    private static readonly List<object> Rows = [new List<object> { 1L, 2L }, new List<object>(), new List<object> { -4L }];

    private static readonly Dictionary<string, (string[] Words, string[] Rows, string[] Maybe)> Codes = new()
    {
        ["python"] = (Each("def f(w: {0}) -> str:\n    return '+'.join(w)", "List[str]", "list[str]", "Sequence[str]", "Iterable[str]", "Optional[List[str]]", "list[str] | None", "tuple[str, ...]", "Collection[str]"), Each("def f(m: {0}) -> int:\n    return sum(map(sum, m))", "List[List[int]]", "list[list[int]]", "Sequence[Sequence[int]]"), Each("def f(s: {0}) -> str:\n    return s + '!'", "Optional[str]", "str | None")),
        ["typescript"] = (Each("function f(w: {0}): string { return [...w].join('+'); }", "string[]", "Array<string>", "readonly string[]", "ReadonlyArray<string>", "Iterable<string>", "string[] | null"), Each("function f(m: {0}): number { return m.flat().reduce((a, b) => a + b, 0); }", "number[][]", "Array<Array<number>>", "Array<number[]>"), Each("function f(s: {0}): string { return s + '!'; }", "string | null", "string | undefined")),
        ["java"] = (Each("static String f({0} w) { return String.join(\"+\", w); }", "String[]", "String...", "List<String>", "Collection<String>", "Iterable<String>", "List<? extends String>"), Each("static int f({0} m) { int t = 0; for (var r : m) for (int v : r) t += v; return t; }", "int[][]", "List<List<Integer>>", "List<int[]>"), [.. Each("static String f({0} s) { return s + \"!\"; }", "String", "CharSequence"), "static String f(Optional<String> s) { return s.get() + \"!\"; }"]),
        ["csharp"] = (Each("static string F({0} w) => string.Join(\"+\", w);", "string[]", "params string[]", "List<string>", "IList<string>", "IEnumerable<string>", "IReadOnlyList<string>", "ICollection<string>", "string[]?", "List<string>?"), Each("static int F({0} m) => m.Sum(r => r.Sum());", "int[][]", "List<List<int>>", "IEnumerable<int[]>", "IList<IList<int>>"), Each("static string F({0} s) => s + \"!\";", "string?", "String")),
        ["go"] = (Each("func f(w {0}) string { return strings.Join(w, \"+\") }", "[]string", "...string"), Each("func f(m {0}) int { t := 0; for _, r := range m { for _, v := range r { t += v } }; return t }", "[][]int"), []),
        ["rust"] = (Each("fn f(w: {0}) -> String { w.iter().map(|s| s.to_string()).collect::<Vec<_>>().join(\"+\") }", "&[String]", "&[&str]", "Vec<String>", "Vec<&str>", "&Vec<String>", "&Vec<&str>", "&mut Vec<String>", "&mut [String]", "&[&'static str]").Append("fn f<'a>(w: &[&'a str]) -> String { w.join(\"+\") }").ToArray(), Each("fn f(m: {0}) -> i32 { m.iter().map(|r| r.iter().sum::<i32>()).sum() }", "Vec<Vec<i32>>", "&[Vec<i32>]", "&Vec<Vec<i32>>"), Each("fn f(s: {0}) -> String { format!(\"{}!\", s.unwrap()) }", "Option<String>", "Option<&str>")),
        ["cpp"] = (Each("std::string f({0} w) { std::string r; for (const auto& s : w) { if (!r.empty()) r += '+'; r += s; } return r; }", "std::vector<std::string>", "const std::vector<std::string>&", "vector<string>&", "const vector<string_view>&", "std::span<const std::string>", "const std::list<std::string>&", "std::deque<std::string>"), Each("int f({0} m) { int t = 0; for (auto& r : m) for (int v : r) t += v; return t; }", "vector<vector<int>>", "const std::vector<std::vector<int>>&"), Each("std::string f({0} s) { return *s + \"!\"; }", "std::optional<std::string>", "const optional<string>&")),
        ["c"] = ([.. new[] { "char **w", "const char **w", "char *w[]", "const char *w[]", "const char *const *w", "char *const w[]" }.Select(w => "char *f({0}, int n) { char *r = calloc(1, 999); for (int i = 0; i < n; i++) { if (i) strcat(r, \"+\"); strcat(r, w[i]); } return r; }".Replace("{0}", w, StringComparison.Ordinal))], [], []),
        ["php"] = (Each("function f({0} $w): string { return implode('+', $w); }", "array", "?array", ""), Each("function f({0} $m): int { return array_sum(array_map('array_sum', $m)); }", "array"), Each("function f({0} $s) { return $s . '!'; }", "?string")),
        ["javascript"] = (["const f = w => w.join('+');"], ["const f = m => m.flat().reduce((a, b) => a + b, 0);"], []),
        ["ruby"] = (["def f(w)\n  w.join('+')\nend"], ["def f(m)\n  m.flatten.sum\nend"], []),
        ["lua"] = (["local function f(w)\n  return table.concat(w, '+')\nend"], ["local function f(m)\n  local t = 0\n  for _, r in ipairs(m) do for _, v in ipairs(r) do t = t + v end end\n  return t\nend"], []),
    };

    public static TheoryData<string> Languages => [.. FullRun.Of(Codes.Keys, FullRun.Quick(Codes.Keys))];

    [SandboxTheory]
    [MemberData(nameof(Languages))]
    public void Run_TypesOfALanguage_TakeTheirValues(string language)
    {
        var (words, rows, maybe) = Codes[language];
        var cases = words.Select(code => (code, (object)Words, "a+it's+😀")).Concat(rows.Select(code => (code, (object)Rows, "-1"))).Concat(maybe.Select(code => (code, (object)"x'y", "x'y!"))).ToList();
        using var runner = new CallRunner(ToolchainCatalog.Open(), CallCatalog.Open(), new DifferentialOptions(), []);
        Assert.All(FullRun.Of(cases, cases.Where((_, i) => i % 12 == 0 || !CallCatalog.Open().Find(language)!.Value.Form.Build.Any())), one =>
        {
            var (code, value, expected) = one;
            using var finder = new FunctionFinder(LanguageCatalog.Open());
            var function = Assert.Single(finder.Find(language, CallCatalog.Open().Find(language)!.Value.Form, code, out var reason));
            var run = runner.Run(language, function, [.. function.Parameters.Select((_, i) => -i)], [new CallInput([value], InputTraits.None)], default);
            Assert.True(run.Problem is null && run.Outcomes[0].State == CallState.Value, $"{code}: {run.Problem} {run.Outcomes.FirstOrDefault()}");
            Assert.Equal(expected, run.Outcomes[0].Value is string text ? text : ResultComparer.Text(run.Outcomes[0].Value));
        });
    }

    private static string[] Each(string code, params string[] types) => [.. types.Select(type => code.Replace("{0}", type, StringComparison.Ordinal))];
}
