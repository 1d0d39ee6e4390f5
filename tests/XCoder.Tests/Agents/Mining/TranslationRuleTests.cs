using XCoder.Agents.Mining;

namespace XCoder.Tests.Agents.Mining;

public class TranslationRuleTests
{
    private const string Python = "def join_names(names, limit):\n    text = \"\"\n    for name in names:\n        if len(text) > limit:\n            raise ValueError(\"too many names\")\n        text = text + name.title + separator\n    return text\n";
    private const string Go = "func JoinNames(names []Name, limit int) string {\n\ttext := \"\"\n\tfor _, name := range names {\n\t\tif len(text) > limit {\n\t\t\tpanic(\"too many names\")\n\t\t}\n\t\ttext = text + name.Title + separator\n\t}\n\treturn text\n}\n";

    [Theory]
    [InlineData("a.py", "def f(a, b):\n    if a and b:\n        raise E()\n    elif a:\n        return 1 + a\n    return [x for x in b]\n", 2, 1, 1, 1)]
    [InlineData("a.go", "func f(a int) error {\n\tif err != nil {\n\t\treturn err\n\t}\n\tfor a > 0 || b {\n\t\tpanic(a)\n\t}\n\treturn nil\n}\n", 0, 1, 1, 1)]
    [InlineData("a.ts", "function f(a?: number) {\n  a.b?.c();\n  return a ? list.map(x => x) : throwIt(a);\n}\n", 1, 1, 1, 0)]
    [InlineData("a.rs", "fn f(a: T) -> i32 {\n    match a {\n        T::A => 1,\n        T::B => 2,\n        _ => 3,\n    }\n}\n", 2, 0, 0, 0)]
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

    [Fact]
    public void Reject_ATranslation_TakesIt() => Assert.Null(Reject(Python, Go));

    [Theory]
    [InlineData("name.Title + separator", "separator + name.Title", MinedDrop.Order)]
    [InlineData("len(text) > limit", "len(text) >= limit", MinedDrop.Order)]
    [InlineData("text = text + name.Title + separator", "text = text + name.Title + separator\n\t\tseen.mark(name)", MinedDrop.Order)]
    [InlineData("\"too many names\"", "\"too few names\"", MinedDrop.Literals)]
    [InlineData("\t\t\tpanic(\"too many names\")", "\t\t\treturn \"too many names\"", MinedDrop.Shape)]
    [InlineData("len(text) > limit", "len(text) > limit && name.Ready", MinedDrop.Shape)]
    [InlineData("names []Name, limit int", "names []Name, limit int, other int", MinedDrop.Parameters)]
    [InlineData("JoinNames", "JoinTitles", MinedDrop.Name)]
    public void Reject_ANearMiss_SaysWhatDiffers(string from, string to, MinedDrop? reason)
    {
        Assert.Contains(from, Go);
        Assert.Equal(reason, Reject(Python, Go.Replace(from, to)));
    }

    [Fact]
    public void Reject_ASubtypesMethod_IsOfAnotherType() => Assert.Equal(
        MinedDrop.Scope,
        Reject("a.java", $"class DoubleRecorder {{ {Java} }}", "a.cs", $"class Recorder {{ {Java} }}"));

    private const string Java = "void record(long value) { long start = phaser.enter(); if (start > limit) { throw new Error(\"late\"); } active.record(start, value); phaser.exit(start, value); }";

    private static MinedDrop? Reject(string python, string go) => Reject("a.py", python, "b.go", "package a\n\n" + go);

    private static MinedDrop? Reject(string file, string code, string otherFile, string other) =>
        MinedProfiles.Of((file, code), (otherFile, other)) is [var a, var b] ? TranslationRule.Reject(TranslationRule.Compare(a, b), a, b) : throw new InvalidOperationException("not two functions");
}
