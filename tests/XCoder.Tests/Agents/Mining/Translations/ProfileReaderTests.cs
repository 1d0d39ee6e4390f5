using XCoder.Agents.Mining.Translations;

namespace XCoder.Tests.Agents.Mining.Translations;

public class ProfileReaderTests
{
    [Theory]
    [InlineData("a.py", "def f(a, b):\n    if a and b:\n        raise E()\n    elif a:\n        return 1 + a\n    return [x for x in b]\n", 2, 1, 1, 1)]
    [InlineData("a.go", "func f(a int) error {\n\tif err != nil {\n\t\treturn err\n\t}\n\tfor a > 0 || b {\n\t\tpanic(a)\n\t}\n\treturn nil\n}\n", 0, 1, 1, 1)]
    [InlineData("a.ts", "function f(a?: number) {\n  a.b?.c();\n  return a ? list.map(x => x) : throwIt(a);\n}\n", 1, 1, 1, 0)]
    [InlineData("a.rs", "fn f(a: T) -> i32 {\n    match a {\n        T::A => 1,\n        T::B => 2,\n        _ => 3,\n    }\n}\n", 2, 0, 0, 0)]
    [InlineData("a.kt", "fun f(a: Int, b: Int): Int {\n    return (a and b) or 1\n}\n", 0, 0, 0, 0)]
    [InlineData("a.kt", "fun f(a: Boolean, b: Boolean): Boolean {\n    return a && b || c\n}\n", 0, 0, 0, 2)]
    [InlineData("a.java", "class A { int f(T a) { switch (a) { case X: return 1; case Y: return 2; default: throw new E(); } } }", 2, 0, 1, 0)]
    public void Flow_OfAFunction_IsCountedAlikeInEveryLanguage(string file, string code, int branches, int loops, int failures, int logic)
    {
        var flow = Assert.Single(MinedProfiles.Of((file, code))).Flow;
        Assert.Equal((branches, loops, failures, logic), (flow.Branches, flow.Loops, flow.Failures, flow.Logic));
    }

    [Theory]
    [InlineData("a.py", "def f(a):\n    return a + 1\n", true)]
    [InlineData("a.py", "def f(a: list[int], b={}) -> None:\n    a.append(1)\n", false)]
    [InlineData("a.py", "def f(a):\n    if a:\n        return\n    a.go()\n", false)]
    [InlineData("a.py", "def f(a):\n    yield a\n", null)]
    [InlineData("a.rb", "def f(a)\n  a + 1\nend\n", null)]
    [InlineData("a.go", "func f(a *A) {\n\tfor a.next() {\n\t\ta.go()\n\t}\n}\n", false)]
    [InlineData("a.swift", "func f(_ a: [Int], b: inout Int) {\n  for x in a {\n    if x > 1 { b += x } else { b -= x }\n  }\n}\n", false)]
    [InlineData("a.rs", "fn f(a: i32) -> i32 {\n    if a > 1 { a } else { 2 }\n}\n", null)]
    [InlineData("a.c", "void f(int a) { if (a) { g(a); } }\n", false)]
    [InlineData("a.c", "void *f(int a) { if (a) { return g(a); } return 0; }\n", true)]
    [InlineData("a.ts", "function f(a: number): void {\n  if (a) {\n    g(a)\n  }\n}\n", false)]
    public void Gives_OfAFunction_IsToldWhereItCanBe(string file, string code, bool? gives) => Assert.Equal(gives, Assert.Single(MinedProfiles.Of((file, code))).Gives);

    [Theory]
    [InlineData("a.py", "class A:\n    def f(self, a, b=(1, 2), *c):\n        return a\n", 3)]
    [InlineData("a.go", "func (a *A) f(b int, c []int) int {\n\treturn b\n}\n", 2)]
    [InlineData("a.c", "int f(void) { return 1; }\n", 0)]
    [InlineData("a.java", "class A { int f(Map<K, V> a, int b) { return b; } }", 2)]
    [InlineData("a.rb", "def f\n  g(1, 2)\nend\n", -1)]
    public void Arity_OfAFunction_LeavesTheReceiverOut(string file, string code, int arity)
    {
        var actual = Assert.Single(MinedProfiles.Of((file, code))).Arity;
        Assert.Equal(arity, actual);
    }

    [Theory]
    [InlineData("a.py", "def f(a):\n    g()\n    h(a, (1, 2))\n    return x.k(a, [b, c], d=1)\n", "g0 h2 .k3")]
    [InlineData("a.c", "int f(A *a) { g(); return k(a, h(1, 2)); }\n", "g0 h2 k2")]
    [InlineData("a.go", "package a\n\nfunc f(a *A) int {\n\ta.g()\n\treturn k(a, func() int { return 1 })\n}\n", ".g0 k2")]
    public void Calls_OfABody_HaveTheirArguments(string file, string code, string calls)
    {
        var expected = calls.Split(' ').Select(call => new CallShape(ProfileReader.Hash(call.TrimStart('.')[..^1]), call[^1] - '0', call[0] == '.'));

        Assert.Equal(expected.Order(), Assert.Single(MinedProfiles.Of((file, code))).Calls);
    }

    [Theory]
    [InlineData("a.py", "def f(a):\n    if a is None or not a:\n        return True\n    return a[0] + 1 == 10\n")]
    [InlineData("a.java", "class A { boolean f(int[] a) { if (a == null || !ok(a)) { return true; } return a[0] + 1 == 10; } }")]
    [InlineData("a.go", "package a\n\nfunc f(a []int) bool {\n\tif a == nil || !ok(a) {\n\t\treturn true\n\t}\n\treturn a[0]+1 == 10\n}\n")]
    public void PlainLiterals_OfABody_AreCountedAlikeInEveryLanguage(string file, string code)
    {
        var profile = Assert.Single(MinedProfiles.Of((file, code)));

        Assert.Equal(new PlainCounts(1, 1, 0, 1, 0, 1, 1), profile.Plain);
        Assert.Equal([ProfileReader.Hash("10")], profile.Literals);
    }

    [Fact]
    public void Text_OfOneTextInTwoLanguages_IsOne()
    {
        const string Code = "int f(int a) {\n    if (a > 1) { return g(a); }\n    return 0;\n}\n";
        var profiles = MinedProfiles.Of(("a.c", Code), ("b.cpp", Code.Replace("  ", " ", StringComparison.Ordinal)), ("c.cpp", Code.Replace("g(a)", "g(1)", StringComparison.Ordinal)));

        Assert.Equal(profiles[0].Text, profiles[1].Text);
        Assert.NotEqual(profiles[0].Text, profiles[2].Text);
    }

    [Theory]
    [InlineData("0xFF", "255")]
    [InlineData("255", "255")]
    [InlineData("1_000L", "1000")]
    [InlineData("1", null)]
    [InlineData("'Bad version: %d'", "\"badversiond")]
    [InlineData("\"\"", null)]
    [InlineData("nil", null)]
    [InlineData("True", null)]
    [InlineData(":key", "\"key")]
    public void Normalise_ALiteral_IsAlikeAcrossLanguages(string literal, string? expected) =>
        Assert.Equal(expected, LiteralText.Normalise(literal, XCoder.Analysis.Model.TokenClass.Literal));
}
