using System.Diagnostics;
using XCoder.Agents.Verification.Differential;
using XCoder.Agents.Verification.Toolchains;

namespace XCoder.Tests.Agents.Verification.Differential;

/// <summary>Which calls in documentation and tests count as calls of the function, and which show what it is written for.</summary>
public class CallExampleTests
{
    [Theory]
    [InlineData("f(1, 2)", "1, 2!")]
    [InlineData("f(b=2, a=1); f(1, b=3); f(1, a=2); f(1, 2, 3)", "1, 2! | 1, 3!")]
    [InlineData("Math.f(1, 2); list.f(0, 5); A::f(3, 4); p->f(5, 6); o:f(7, 8); def f(a=1, b=2)", "")]
    [InlineData("x = 1\nf(x, 2)", "1, 2")]
    [InlineData("x = 1\nf(x, 2)\nf(1, 2)", "1, 2!")]
    [InlineData("x = 1\nx += 1\nf(x, 2)", "")]
    [InlineData("x = 1\nprint(x, 3)\nf(x, 2)", "1, 2")]
    [InlineData("x = 1\nsort(x)\nf(x, 2)", "")]
    [InlineData("x = 1\nfor x in y:\n    f(x, 2)", "")]
    [InlineData("with pytest.raises(ValueError):\n    f(1, 2)\nf(3, 4)", "3, 4!")]
    [InlineData(">>> f(1, 2)\nTraceback (most recent call last):\n>>> f(3, 4)\n7", "3, 4!")]
    [InlineData("Returns an error for negative numbers: f(-1, 2)", "")]
    public void Find_InTextsOfTheSource_TellsCallsThatAreMeant(string text, string expected) => Assert.Equal(expected, Find("python", text, isSource: true));

    [Theory]
    [InlineData("expect(f(1, 2)).toBe(3);", "1, 2")]
    [InlineData("expect(() => f(1, 2)).toThrow(); expect(f(3, 4)).toBe(7);", "3, 4")]
    [InlineData("expect(() => {\n  f(1, 2);\n}).toThrow(RangeError);\nexpect(f(3, 4)).toBe(7);", "3, 4")]
    [InlineData("assert.throws(() => { f(1, 2); }, RangeError);", "")]
    [InlineData("if (f(1, 2) !== 3) throw new Error('wrong');", "1, 2")]
    [InlineData("Math.f(2, -1); solver.f(1, 2); this.f(3, 4);", "")]
    public void Find_InTestsOfTheTarget_GivesOrdinaryCalls(string text, string expected) => Assert.Equal(expected, Find("javascript", text, isSource: false));

    [Theory]
    [InlineData("java", "assertEquals(3, new Own().f(1, 2)); Own.f(3, 4); Math.f(5, 6); f(7, 8);", "1, 2 | 3, 4 | 7, 8")]
    [InlineData("java", "Own own = new Own();\nown.f(1, 2); other.f(3, 4);", "1, 2")]
    [InlineData("python", "s = Own()\ns.f(1, 2); Own().f(3, 4); t.f(5, 6)", "1, 2 | 3, 4")]
    [InlineData("php", "$own = new Own();\n$own->f(1, 2); (new Own())->f(3, 4); Own::f(5, 6); $x->f(7, 8);", "1, 2 | 3, 4 | 5, 6")]
    [InlineData("rust", "Own::default().f(1, 2); Own::f(3, 4); i32::f(5, 6);", "1, 2 | 3, 4")]
    [InlineData("cpp", "Own own;\nown.f(1, 2); Own{}; Own().f(3, 4); std::f(5, 6);", "1, 2 | 3, 4")]
    public void Find_OfAMember_TakesCallsOnItsType(string language, string text, string expected) => Assert.Equal(expected, Find(language, text, isSource: false, "Own"));

    [Fact]
    public void Find_InTheTestsOfOneDifferentLength_TakesTheWholeListOnly()
    {
        var form = CallCatalog.Open().Find("c")!.Value.Form;
        var function = Function("") with { Parameters = [Parameter("a"), Parameter("n"), Parameter("b")] };
        var pair = new CallPair(function, function, [CallType.Any, CallType.Any], [0, -1, 1], [0, -1, 1]);
        Assert.Equal("[1, 2], 5", Show(CallExamples.Find(pair, [new ExampleText(form, "f((int[]){1, 2}, 1, 4); f((int[]){1, 2}, 2, 5);", IsSource: false)])));
    }

    /// <summary>Texts made to take long end in time.</summary>
    [Theory]
    [InlineData("", "f(")]
    [InlineData("f(", "a,")]
    [InlineData("a = 1\nf(", "a,")]
    [InlineData("a = 1\n", "f(a, a, ")]
    [InlineData("a = 1\n", "f(a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a,a) ")]
    [InlineData("f(", "[")]
    [InlineData("f(", "(")]
    [InlineData("f(", "(a")]
    [InlineData("f(", "'")]
    [InlineData("", "f('")]
    [InlineData("", "f(\"")]
    [InlineData("f(", "1")]
    [InlineData("f(", "1_")]
    [InlineData("f(a", "<")]
    [InlineData("f(", "a<")]
    [InlineData("f(", "a.")]
    [InlineData("f(a", "[]")]
    [InlineData("f(", "[]")]
    [InlineData("f(1", " ")]
    [InlineData("f(1, 2)", " ")]
    [InlineData("f(1, 2)", ";}")]
    [InlineData("f(", "\\")]
    [InlineData("", "a = b\nf(a) ")]
    [InlineData("", "a:")]
    [InlineData("", "x")]
    [InlineData("x = '", "y")]
    public void Find_InHostileTexts_EndsSoon(string start, string part)
    {
        var text = start + string.Concat(Enumerable.Repeat(part, (100_000 - start.Length) / part.Length));
        foreach (var language in new[] { "python", "typescript", "rust", "java" })
        {
            var clock = Stopwatch.StartNew();
            Find(language, text, isSource: true);
            Find(language, text, isSource: false, "Own");
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(4), $"{language}: {clock.Elapsed}");
        }
    }

    [Fact]
    public void Find_OfALongVariable_InManyCalls_EndsSoon()
    {
        var text = "a = '" + new string('y', 90_000) + "'\n" + string.Concat(Enumerable.Range(0, 400).Select(i => $"f(a, a, {i})\n"));
        var clock = Stopwatch.StartNew();
        Find("python", text, isSource: true);
        var numbered = string.Concat(Enumerable.Range(0, 4000).Select(i => $"a{i} = {i}\n")) + string.Concat(Enumerable.Range(0, 100).Select(i => "f(" + string.Join(", ", Enumerable.Range(i, 60).Select(k => $"a{k}")) + ")\n"));
        Find("python", numbered, isSource: true);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(4), clock.Elapsed.ToString());
    }

    private static string Find(string language, string text, bool isSource, string owner = "")
    {
        var function = Function(owner);
        return Show(CallExamples.Find(new CallPair(function, function, [CallType.Any, CallType.Any], [0, 1], [0, 1]), [new ExampleText(CallCatalog.Open().Find(language)!.Value.Form, text, isSource)]));
    }

    private static string Show(IEnumerable<CallExample> examples) => string.Join(" | ", examples.Select(example => ValueText.Of(example.Values) + (example.IsMeant ? "!" : "")));

    private static CallFunction Function(string owner) => new("f", owner.Length == 0 ? "f" : owner + ".f", owner, "free", "", [Parameter("a"), Parameter("b")], "");

    private static CallParameter Parameter(string name) => new(name, null, CallType.Any, false, false, null);
}
