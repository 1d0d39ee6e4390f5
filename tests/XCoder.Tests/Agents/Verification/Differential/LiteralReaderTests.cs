using System.Collections;
using System.Globalization;
using XCoder.Agents.Verification.Differential;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Tests.Agents.Verification.Differential;

public class LiteralReaderTests
{
    [Theory]
    [InlineData("python", "f(1, -2.5, True, 'it\\'s', \"a\\U0001F600b\", [1, 2,], [['a'], []], (3, 4), 1_000, 0x1F)", "[1,-2.5,true,'it`s','a😀b',[1,2],[['a'],[]],[3,4],1000,31]")]
    [InlineData("python", "f(x, k=3)", null)]
    [InlineData("python", "f('x', k=3)", "['x','k=3']")]
    [InlineData("python", "f(\"\"\"two\nlines\"\"\", r'\\n', list((1, 2)))", "['two\\nlines','\\\\n',[1,2]]")]
    [InlineData("python", "f(f'{x}')", null)]
    [InlineData("python", "f(1 + 2)", null)]
    [InlineData("python", "f(None)", null)]
    [InlineData("python", "f({'a': 1})", null)]
    [InlineData("python", "nums = [3, 1]\nassert f(nums, 2) == 4", "[[3,1],2]")]
    [InlineData("javascript", "f(`x`, [1.5, 2e3], '\\u{1F600}\\ud83d\\ude00', BigInt(5), 7n)", "['x',[1.5,2000],'😀😀',5,7]")]
    [InlineData("typescript", "const words: string[] = ['a'];\nf(words, [] as string[])", "[['a'],[]]")]
    [InlineData("java", "f(new int[]{1, 2}, List.of(\"a\", \"b\"), Arrays.asList(1L), 'c', new int[][]{{1}, {}}, new ArrayList<>(List.of(3)), new ArrayList<>())", "[[1,2],['a','b'],[1],'c',[[1],[]],[3],[]]")]
    [InlineData("java", "int[] nums = {4, 5};\nassertEquals(9, new Solution().f(nums));", "[[4,5]]")]
    [InlineData("csharp", "f(new List<string> { \"a\" }, new[] { 1, 2 }, 1.5m, new List<int>(), [3, 4], @\"c:\\x\", new int[] {}, new string[0])", null)]
    [InlineData("csharp", "f(new List<string> { \"a\" }, new[] { 1, 2 }, 1.5m, new List<int>(), [3, 4], @\"c:\\x\", new int[] {}, k: 2)", "[['a'],[1,2],1.5,[],[3,4],'c:\\\\x',[],'k=2']")]
    [InlineData("go", "f([]int{1, 2}, []string{\"a\"}, [][]int{{1}, {2, 3}}, int64(5), 'x', `raw`, []int{})", "[[1,2],['a'],[[1],[2,3]],5,'x','raw',[]]")]
    [InlineData("rust", "f(&vec![1, 2], &[\"a\", \"b\"], String::from(\"c\"), \"d\".to_string(), vec![\"e\".to_string()], 5_u8, 1i64, 2.0f64, vec![], Vec::new(), &mut v)", null)]
    [InlineData("rust", "let mut v = vec![9];\nassert_eq!(f(&vec![1, 2], &[\"a\", \"b\"], String::from(\"c\"), \"d\".to_string(), vec![\"e\".to_string()], 5_u8, 1i64, 2.0f64, vec![], Vec::new(), &mut v), 1)", "[[1,2],['a','b'],'c','d',['e'],5,1,2.0,[],[],[9]]")]
    [InlineData("ruby", "f([1, 2], 'a', +\"b\", k: 2)", "[[1,2],'a','b','k=2']")]
    [InlineData("php", "f([1, 2], array('a'), $nums)", null)]
    [InlineData("php", "$nums = [7];\nf([1, 2], array('a'), $nums, true)", "[[1,2],['a'],[7],true]")]
    [InlineData("lua", "f({1, 2}, {'a', {}}, \"\\u{1F600}\")", "[[1,2],['a',[]],'😀']")]
    [InlineData("lua", "f({a = 1})", null)]
    [InlineData("cpp", "std::vector<std::string> words{\"a\", \"b\"};\nf(words, std::vector<int>{1}, std::string(\"c\"), \"d\"s, {2, 3}, {{1}, {}}, 1.5f, 7LL)", "[['a','b'],[1],'c','d',[2,3],[[1],[]],1.5,7]")]
    [InlineData("c", "int nums[] = {1, 2, 3};\nint other[] = { 9 };\nassert(f(nums, 3, (int[]){4, 5}, \"x\") == 6);", "[[1,2,3],3,[4,5],'x']")]
    public void Arguments_InTheNotationOfALanguage_AreRead(string language, string text, string? expected)
    {
        var at = text.IndexOf("f(", text.Contains("\nf(", StringComparison.Ordinal) || text.StartsWith("f(", StringComparison.Ordinal) ? 0 : text.IndexOf("f(", StringComparison.Ordinal), StringComparison.Ordinal) + 2;
        var read = new LiteralReader(CallCatalog.Open().Find(language)!.Value.Form, text).Arguments(at);
        Assert.Equal(expected, read is null ? null : Show(read.Select(argument => argument.Name is null ? argument.Value : $"{argument.Name}={argument.Value}").ToList()));
    }

    [Theory]
    [InlineData("f('\\UFFFFFFFF')")]
    [InlineData("f('\\u{110000}')")]
    public void Arguments_CodesThatAreNoCharacters_AreReplaced(string text) => Assert.Equal("\uFFFD", Assert.Single(New("python", text).Arguments(2)!).Value);

    /// <summary>Texts made to take long, or to nest without end, give nothing.</summary>
    [Fact]
    public void Arguments_OfHostileTexts_EndSoon()
    {
        var nested = "a = [" + string.Join(",", Enumerable.Repeat("a", 150)) + "]\n";
        Assert.Null(New("python", nested + nested + nested + "f(a)").Arguments(nested.Length * 3 + 2));
        Assert.Null(New("python", "f(" + new string('[', 90_000)).Arguments(2));
        Assert.Null(New("c", "f((a" + new string(' ', 90_000)).Arguments(2));
        Assert.Null(New("java", "f(a" + new string('<', 90_000)).Arguments(2));
        Assert.Null(New("python", "x" + new string(' ', 90_000) + "\nf(x)").Arguments(90_004));
    }

    private static LiteralReader New(string language, string text) => new(CallCatalog.Open().Find(language)!.Value.Form, text);

    private static string Show(object value) => value switch
    {
        string text => "'" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace('\'', '`') + "'",
        bool truth => truth ? "true" : "false",
        IEnumerable list => "[" + string.Join(",", list.Cast<object>().Select(Show)) + "]",
        double number => number.ToString("0.0###", CultureInfo.InvariantCulture) is var shown && number >= 1000 ? number.ToString("R", CultureInfo.InvariantCulture) : shown,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
