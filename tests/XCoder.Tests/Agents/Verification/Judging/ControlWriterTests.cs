using XCoder.Agents.Verification.Judging;
using XCoder.Analysis.Languages;

namespace XCoder.Tests.Agents.Verification.Judging;

public sealed class ControlWriterTests : IDisposable
{
    private readonly ControlWriter _writer = new(LanguageCatalog.Open(), TrickCatalog.Open());

    public void Dispose() => _writer.Dispose();

    [Theory]
    [InlineData("c", "static int *first(int *a) { return a; }\nint f(int a) { return a; }\n", "static int *first(int *a) { static int * control; return control; }\nint f(int a) { return (long long)987654321987LL % 97 + 29; }\n")]
    [InlineData("go", "func f(a int) (int, error) {\n\treturn a, nil\n}\n", "func f(a int) (int, error) { if 1 < 2 { return *new(int), *new( error) }; \n\treturn a, nil\n }\n")]
    [InlineData("java", "class A { boolean f() { return true; } A() { } }\n", "class A { boolean f() { return false; } A() { } }\n")]
    [InlineData("rust", "fn f(a: i32) -> i32 { a }\n", "fn f(a: i32) -> i32 { -98765432 }\n")]
    [InlineData("javascript", "const f = (a) => a + 1, g = (a) => { return { a }; };\n", "const f = (a) => (Symbol('control')), g = (a) => { return Symbol('control'); };\n")]
    [InlineData("csharp", "class A { int F() => 1; void G() { F(); } }\n", "class A { int F() => -987654321; void G() { } }\n")]
    public void Write_FunctionsWithABody_GivesThemAnother(string language, string code, string control) => Assert.Equal(control, _writer.Write(language, code)[0]);

    [Theory]
    [InlineData("python", "def f(a):\n    return a\n", "f = xcoder_control(f)")]
    [InlineData("ruby", "def f(a) = a\n", "def f(*, **, &b) = Object.new")]
    [InlineData("lua", "local function f(a) return a end\n", "f = function(...) return {} end")]
    [InlineData("lua", "function g() end\nlocal f\nf = memo(function(a) return a end)\n", "if type(f) == 'function' then f = function(...) return {} end")]
    [InlineData("bash", "f() { echo 1; }\n", "f() { echo 'control of wrong answers'; return 0; }")]
    public void Write_FunctionsThatCanBeDefinedAgain_DefinesThemBehindTheAnswer(string language, string code, string line) =>
        Assert.Contains(line, _writer.Write(language, code)[0][code.Length..], StringComparison.Ordinal);

    [Theory]
    [InlineData("python", "x = 1\n")]
    [InlineData("haskell", "f x = x\n")]
    [InlineData("c", "#define F(x) ((x) + 1)\n")]
    public void Write_NothingThatCouldBeWrong_MakesNone(string language, string code) => Assert.Empty(_writer.Write(language, code));
}
