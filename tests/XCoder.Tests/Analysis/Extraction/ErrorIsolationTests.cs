using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>What the parser rejects costs itself and the marks of what is around it, but no range.</summary>
public class ErrorIsolationTests
{
    public static TheoryData<string, string> Classes() => new()
    {
        { "kotlin", "class A {\n    fun one(x: Int): Int {\n        if (x > 1) { return 1 }\n        @@@\n        return 2\n    }\n    fun two() = 2\n    class B {\n        fun three() { go() }\n    }\n}\n" },
        { "java", "class A {\n    int one(int x) {\n        if (x > 1) { return 1; }\n        @@@\n        return 2;\n    }\n    int two() { return 2; }\n    class B {\n        void three() { go(); }\n    }\n}\n" },
        { "swift", "class A {\n    func one(_ x: Int) -> Int {\n        if x > 1 { return 1 }\n        @@@\n        return 2\n    }\n    func two() -> Int { return 2 }\n    class B {\n        func three() { go() }\n    }\n}\n" },
        { "cpp", "class A {\n    int one(int x) {\n        if (x > 1) { return 1; }\n        @@@\n        return 2;\n    }\n    int two() { return 2; }\n    class B {\n        void three() { go(); }\n    };\n};\n" },
        { "typescript", "class A {\n    one(x: number): number {\n        if (x > 1) { return 1; }\n        @@@\n        return 2;\n    }\n    two() { return 2; }\n}\nclass B {\n    three() { go(); }\n}\n" },
        { "php", "<?php\nclass A {\n    function one($x) {\n        if ($x > 1) { return 1; }\n        @@@\n        return 2;\n    }\n    function two() { return 2; }\n}\nclass B {\n    function three() { go(); }\n}\n" },
        { "dart", "class A {\n  int one(int x) {\n    if (x > 1) { return 1; }\n    @@@\n    return 2;\n  }\n  int two() { return 2; }\n}\nclass B {\n  void three() { go(); }\n}\n" },
        { "rust", "impl A {\n    fn one(x: i32) -> i32 {\n        if x > 1 { return 1; }\n        @@@\n        return 2;\n    }\n    fn two() -> i32 { 2 }\n}\nstruct B {}\nfn three() { go(); }\n" },
        { "go", "func one(x int) int {\n\tif x > 1 {\n\t\treturn 1\n\t}\n\t@@@\n\treturn 2\n}\nfunc two() int { return 2 }\nfunc three() { go run() }\n" },
    };

    [Theory]
    [MemberData(nameof(Classes))]
    public void Extract_StatementThatIsNone_CostsNoRange(string language, string text)
    {
        var sound = TreeSitterText.Extract(language, text.Replace("@@@", "", StringComparison.Ordinal));
        Assert.False(sound.HasErrors);
        foreach (var broken in (string[])["x = ) + (;", "for while ( ;", "a b c d => = = 1;", "when ] [ if;", "%% ^^ && 5 5 ( x ) { y } {{ }} ;;"])
        {
            var file = TreeSitterText.Extract(language, text.Replace("@@@", broken, StringComparison.Ordinal));

            Assert.True(file.HasErrors, broken);
            Assert.Equal(sound.Snippets.Select(snippet => $"{snippet.QualifiedName} {snippet.Span.StartLine}-{snippet.Span.EndLine}"),
                file.Snippets.Where(snippet => sound.Snippets.Any(one => one.Name == snippet.Name))
                    .Select(snippet => $"{snippet.QualifiedName} {snippet.Span.StartLine}-{snippet.Span.EndLine}"));
            Assert.True(file.Snippets.Single(snippet => snippet.Name == "one").HasErrors, broken);
            Assert.False(file.Snippets.Single(snippet => snippet.Name == "two").HasErrors, broken);
            Assert.False(file.Snippets.Single(snippet => snippet.Name == "three").HasErrors, broken);
        }
    }

    [Theory]
    [InlineData("kotlin", "class A {\n    fun one() = 1\n    strange thing ] = { 1 }\n    fun two() = 2\n}\n")]
    [InlineData("swift", "class A {\n    func one() {}\n    strange thing { ] }\n    func two() {}\n}\n")]
    [InlineData("java", "class A {\n    void one() {}\n    strange = thing -> { ] }\n    void two() {}\n}\n")]
    public void Extract_MemberThatIsNone_CostsItself(string language, string text)
    {
        var file = TreeSitterText.Extract(language, text);

        Assert.Equal(["A", "one", "two"], file.Snippets.Select(snippet => snippet.Name));
        Assert.Equal([true, false, false], file.Snippets.Select(snippet => snippet.HasErrors));
        Assert.Equal(5, file.Snippets[0].Span.EndLine);
    }

    [Theory]
    [InlineData("    int broken = ) {0};\n")]
    [InlineData("    int broken() { return ( {0}; }\n    friend ) {0};\n")]
    [InlineData("    int broken(int a,\n#ifdef X\n        int b ) ) {0}\n#else\n        int c\n#endif\n    );\n")]
    public void Extract_ManyErrorsInOneBlock_EachCostsItself(string broken)
    {
        // Long enough that what was accepted is not parsed again.
        string Text(string between) => "namespace n {\nclass A {\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            $"    int good{i}(int a) {{\n        if (a > {i}) {{ return a; }}\n        return {i};\n    }}\n#if X\n    int more{i}() {{ return 1; }}\n#endif\n"
            + between.Replace("{0}", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal))) + "};\n}\n";

        var sound = TreeSitterText.Extract("cpp", Text("")).Snippets.Where(snippet => snippet.Name is not "A").ToList();
        var file = TreeSitterText.Extract("cpp", Text(broken));

        Assert.True(file.HasErrors);
        Assert.Equal(sound.Select(snippet => snippet.QualifiedName), file.Snippets.Where(snippet => snippet.Name is not ("A" or "broken"))
            .Select(snippet => snippet.QualifiedName));
        Assert.All(file.Snippets.Where(snippet => snippet.Name is not ("A" or "broken")), snippet => Assert.False(snippet.HasErrors));
        var whole = file.Snippets.Single(snippet => snippet.Name == "A");
        Assert.True(whole.HasErrors);
        Assert.Equal(Text(broken).Split('\n').Length - 2, whole.Span.EndLine);
    }

    [Fact]
    public void Extract_BracketThatIsNeverClosed_IsMarked()
    {
        var file = TreeSitterText.Extract("java", "class A {\n    void one() { if (x) { go(); }\n    void two() {}\n}\n");

        Assert.All(file.Snippets.Where(snippet => snippet.Name is "A" or "one"), snippet => Assert.True(snippet.HasErrors));
    }

    [Fact]
    public void Extract_ManyErrors_StaysWithinTheBudget()
    {
        var text = string.Concat(Enumerable.Range(0, 2000).Select(i => $"class A{i} {{ void f() {{ x = ) {i} ; }} void g() {{ }} }}\n"));

        var file = TreeSitterText.Extract("java", text);

        Assert.True(file.HasErrors);
        Assert.True(file.Snippets.Count > 2000);
    }

    public static TheoryData<string> Languages() => [.. TreeSitterText.Catalog.Languages.Select(language => language.Id).Where(id => id != "csharp")];

    /// <summary>Strings that begin in prose reach over what is set aside; tokens still ascend (<see cref="TreeSitterText.AssertConsistent"/>).</summary>
    [Theory]
    [MemberData(nameof(Languages))]
    public void Extract_ProseWithFences_IsReadToItsEnd(string language)
    {
        string[] lines = ["<%= title %>", "    ```", "    ```sh", "    run 'it's", "## Try it with the \"tool", "- Open `http://localhost/path`", "text \"\"\"",
            "- It isn't <b>`done</b> ${yet", "    ```", "{{ name }} [see](it) #{x} %w( @@ */"];
        for (var first = 0; first < lines.Length; first++)
        {
            for (var step = 1; step < 4; step++)
            {
                var text = string.Join('\n', Enumerable.Range(0, lines.Length).Select(i => lines[(first + (i * step)) % lines.Length]));

                Assert.NotNull(TreeSitterText.Extract(language, text));
                Assert.NotNull(TreeSitterText.Extract(language, text.Replace("\"", "", StringComparison.Ordinal)));
            }
        }
    }

    /// <summary>Words that are hidden from the parser, as macros are, several times in one string.</summary>
    [Fact]
    public void Extract_MacrosWithinOneString_AreTheStrings()
    {
        const string Macro = "MY_ATTRIBUTE_OF_LIFETIME";
        var inside = string.Concat(Enumerable.Repeat($"inline int f()\n    {Macro} {{ return 1; }}\n", 4));
        var file = TreeSitterText.Extract("cpp", $"int g() {Macro} {{ return 2; }}\nint h(Printer* p) {Macro} {{\n  p->Emit({{}}, R\"cc(\n{inside})cc\");\n  return 3;\n}}\n"
            + $"int k() {Macro} {{ return R\"({Macro}\n {Macro} {{\n{Macro})\"; }}\n");

        Assert.Equal(["g", "h", "k"], file.Snippets.Select(snippet => snippet.Name));
    }

    /// <summary>A README under the name of a script, as generators of projects keep them.</summary>
    [Fact]
    public void Extract_ReadmeAsJavaScript_IsReadToItsEnd() => Assert.NotNull(TreeSitterText.Extract("javascript",
        "<%= description %>\n    ```\n    ```bash\n    ```\n## Testing the bot using an emulator\n- Enter a URL of `http://localhost:80/api/messages`\n"));
}
