using System.Text;
using XCoder.Analysis.Extraction.Source;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>Sound definitions behind a syntax error are found. <see cref="TreeSitterText"/> checks spans and tokens of each.</summary>
public class ErrorRecoveryTests
{
    [Theory]
    [InlineData("python", "def before(x):\n    return x\n\n\ndef broken(x:\n    return x +\n\n\n# Sound.\ndef after(x):\n    return x\n")]
    [InlineData("haskell", "before :: Int -> Int\nbefore x = x\n\nbroken x = let y = in (\n\n-- Sound.\nafter :: Int -> Int\nafter x = x\n")]
    [InlineData("ocaml", "let before x = x\n\nlet broken x = match x with\n\n(** Sound. *)\nlet after x = x\n")]
    [InlineData("r", "before <- function(x) x\n\nbroken <- function(x {\n  x +\n}\n\n# Sound.\nafter <- function(x) {\n  x\n}\n")]
    [InlineData("julia", "before(x) = x\n\nfunction broken(x\n    return x +\nend\n\n# Sound.\nfunction after(x)\n    x\nend\n")]
    [InlineData("powershell", "function before { 1 }\n\nfunction broken {\n    if ($x -eq {\n}\n\n# Sound.\nfunction after {\n    2\n}\n")]
    public void Extract_DefinitionBehindAnError_IsFoundWhole(string language, string text)
    {
        var file = TreeSitterText.Extract(language, text);

        var after = file.Snippet("after");
        Assert.True(file.HasErrors);
        Assert.False(file.Snippet("before").HasErrors);
        Assert.False(after.HasErrors);
        Assert.Equal(-1, after.Parent);
        Assert.Equal("Sound.", after.Documentation);
        Assert.Equal(text.TrimEnd()[^after.Code(text).Length..], after.Code(text));
    }

    [Fact]
    public void Extract_SeveralErrors_AllSoundDefinitionsAreFound()
    {
        var text = string.Concat(Enumerable.Range(0, 50).Select(i => $"def broken{i}(x:\n    return x +\n\n\nclass Sound{i}:\n    def f(self):\n        return {i}\n\n\n"));

        var file = TreeSitterText.Extract("python", text);

        Assert.Equal(50, file.Snippets.Count(snippet => snippet.Name.StartsWith("Sound", StringComparison.Ordinal)));
        Assert.Equal(50, file.Snippets.Count(snippet => snippet.QualifiedName.EndsWith(".f", StringComparison.Ordinal) && snippet.Parent >= 0));
    }

    [Fact]
    public void Extract_TextThatLooksLikeADefinitionInAString_IsNotCut()
    {
        const string Text = "def good():\n    return '''\n\ndef not_code():\n    pass\n'''\n\ndef bad():\n    x = = 1\n";

        Assert.Equal(["good", "bad"], TreeSitterText.Extract("python", Text).Snippets.Select(snippet => snippet.Name));
    }

    [Fact]
    public void Extract_ImportsBeforeTheError_ReachDefinitionsBehindIt()
    {
        const string Text = "import json\n\ndef broken(x:\n    return x +\n\ndef after(x):\n    return json.dumps(x)\n";

        Assert.Equal([0], TreeSitterText.Extract("python", Text).Snippet("after").Imports);
    }

    [Fact]
    public void Extract_ManyParagraphsThatAreNoCode_StaysWithinTheLimit()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("This is prose (not code, at all.\n\n", 30_000)));
        var options = new ExtractionOptions();

        var clock = new ThreadClock(ThreadClock.Thread);
        TreeSitterText.Extract("python", text, options);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, 4 * options.ParseLimit);
    }
}
