using XCoder.Analysis.Extraction.Source;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>Texts that fuzzing found to hang the extractor, to fill memory or to yield impossible spans.</summary>
public class TreeSitterHostileTests
{
    private const int Many = 20_000;

    [Theory]
    [InlineData("java", "class A{", "}")]
    [InlineData("javascript", "function f(){", "}")]
    [InlineData("rust", "mod a{", "}")]
    public void Extract_DeepNesting_IsCutAndMarked(string language, string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, Many)) + string.Concat(Enumerable.Repeat(close, Many));

        var file = TreeSitterText.Extract(language, text);

        Assert.True(file.HasErrors);
        Assert.InRange(file.Snippets.Count, 0, new ExtractionOptions().MaxNesting);
        Assert.All(file.Snippets, snippet => Assert.InRange(snippet.QualifiedName.Length, 1, 1100));
    }

    /// <summary>
    /// Each arrow lets the parser recover in one more way. All of them together took gigabytes and a minute in one step of the parser,
    /// which its limit could not end.
    /// </summary>
    [Theory]
    [InlineData("c")]
    [InlineData("objc")]
    [InlineData("r")]
    public void Extract_OfThousandsOfWaysToRecover_IsReadInTime(string language) =>
        Assert.True(TreeSitterText.Extract(language, System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("x=>", 4_000))))?.HasErrors);

    [Fact]
    public void Extract_ManyParameters_KeepsAThousand()
    {
        var text = $"function f({string.Join(',', Enumerable.Range(0, 5 * Many).Select(i => $"a{i}"))}) {{}}";

        Assert.Equal(1000, TreeSitterText.Extract("javascript", text).Snippet("f").Parameters.Count);
    }

    [Fact]
    public void Extract_OneNameImportedOverAndOver_NeedsFew()
    {
        var text = string.Concat(Enumerable.Repeat("import a\n", Many)) + string.Concat(Enumerable.Repeat("def f():\n  a\n", Many));

        Assert.All(TreeSitterText.Extract("python", text).Snippets, snippet => Assert.InRange(snippet.Imports.Count, 1, 16));
    }

    [Fact]
    public void Extract_DecoratorThatBeginsWithTheNodeAroundIt_Ends()
    {
        const string Text = "\n  defstruct [:width, height: 1]\n\n  @doc \"\"\"\n  Area.\n  \"\"\"\n  @spec area(t, integer) :: integer\n  def area(shape, factor \\\\ @default)\n  end\nend\n\nend\n\n"
            + "defimpl Sized, for: Integer do\n  def size(value), do: value\nend\n\ndefmodule Broken do\n  def broken(x do\n    x +\nend\n\n"
            + "defmodule After do\n  def later(x) do\n    x\n  end\n";

        Assert.True(TreeSitterText.Extract("elixir", Text).HasErrors);
    }

    // An annotation that the parser lets reach over the definitions that follow.
    [Theory]
    [InlineData("scala", "trait A {\n  def a: Int\n}\n\nobject B {\n  val b = @a (*if x: @a (*if x: @a e\n}\n\ncase class Point(x: InF, y: Int) { def norm = math.sqrt(x * x + y * y) }\ncase object Origin ex\n")]
    [InlineData("java", "class T {\n    @ParameterizedTest\n    @ValueSource(ia => case x of y -> \"#{a => case x of y -> \"#{}\"}\"}nts = {1, 2})\n    void area(int side) {\n        for (Object o : List.of(true, 2L)) if (o instanceof Point(int x, var y) && x > y) return;\n    }\n}\n\nclass Broken {\n    void brok\n")]
    public void Extract_AnnotationThatReachesTooFar_KeepsSnippetsWithinTheirParents(string language, string text)
    {
        var snippets = TreeSitterText.Extract(language, text).Snippets;

        Assert.All(snippets.Where(snippet => snippet.Parent >= 0), snippet =>
        {
            Assert.InRange(snippet.Span.StartByte, snippets[snippet.Parent].Span.StartByte, snippet.Span.EndByte);
            Assert.InRange(snippet.Span.EndByte, snippet.Span.StartByte, snippets[snippet.Parent].Span.EndByte);
        });
    }

    [Fact]
    public void Extract_EmptyQuotedName_IsKeptAsWritten() =>
        Assert.All(TreeSitterText.Extract("zig", "test \"\" {\n    return;\n}\n").Snippets, snippet => Assert.NotEmpty(snippet.Name));

    [Theory]
    [InlineData("bash", "f() { echo \"$(echo $(ls) \"a\") }${b\" $(\"\nc\n\"\n}\n")]
    [InlineData("julia", "f(x) = \"a $(g(\"b\") ) \" ) $x \"\nh(\"$(\"\"\")\n")]
    [InlineData("dart", "f() { var a = '${x['; '}'; \"${\"${b}\"}\" } '\n")]
    [InlineData("kotlin", "fun f() { \"${a(\"${b\" } \" }\n")]
    [InlineData("ocaml", "let main = \"\nlet after x = x\n")]
    [InlineData("ocaml", "let default x = {x|\nlet y = 1 \n\n")]
    [InlineData("ruby", "def load(x)\n  <<A\n a #{x\nend\n\ndef after(x)\n  x\nend\n")]
    public void Extract_BrokenStrings_YieldsConsistentTokens(string language, string text) => Assert.True(TreeSitterText.Extract(language, text).HasErrors);
}
