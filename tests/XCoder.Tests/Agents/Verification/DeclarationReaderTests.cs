using XCoder.Agents.Generation;
using XCoder.Analysis.Languages;

namespace XCoder.Tests.Agents.Verification;

public sealed class DeclarationReaderTests : IDisposable
{
    private readonly DeclarationReader _reader = new(LanguageCatalog.Open());

    public void Dispose() => _reader.Dispose();

    [Theory]
    [InlineData("python", "import re\n\ndef add(a, b=1):\n    def inner(x):\n        return 99\n    return inner(a) + b\n\nclass Stack:\n    def push(self, item):\n        self.items.append(42)\n", "def add(a, b=1):\nclass Stack:\n  def push(self, item):")]
    [InlineData("java", "class Box { private int v; int get() { return 42; } static int of(int a) { return 99; } }", "class Box\n  int get()\n  static int of(int a)")]
    [InlineData("go", "type Point struct {\n\tX int\n}\n\nfunc (p Point) Add(o Point) Point { return Point{42} }", "type Point struct {\n\tX int\n}\nfunc (p Point) Add(o Point) Point")]
    [InlineData("csharp", "record P(int X);\nstatic class M { public static int F(int a) => 42; }", "record P(int X);\nstatic class M\n  public static int F(int a)")]
    [InlineData("python", "x = 1\n", "")]
    [InlineData("nothing", "x = 1\n", "")]
    public void Read_Code_GivesDeclarationsWithoutBodies(string language, string code, string expected)
    {
        var read = _reader.Read(language, code);
        Assert.Equal(expected, read);
        Assert.DoesNotContain("42", read, StringComparison.Ordinal);
        Assert.DoesNotContain("99", read, StringComparison.Ordinal);
    }
}
