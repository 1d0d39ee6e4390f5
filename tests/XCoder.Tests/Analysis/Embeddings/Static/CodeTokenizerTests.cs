using XCoder.Analysis.Embeddings.Static;
using XCoder.Analysis.Extraction;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Tests.Analysis.Embeddings.Static;

public sealed class CodeTokenizerTests : IDisposable
{
    private static readonly string Folder = Path.Combine(TestPaths.Root, "models/default");

    private readonly CodeReader _reader = new(LanguageCatalog.Open());
    private readonly CodeTokenizer _rules = CodeTokenizer.OpenRules(Folder);
    private readonly CodeTokenizer _tokenizer = CodeTokenizer.Open(Folder);

    [Theory]
    [InlineData("python", "import os\n\ndef sum_up(xs):\n    # adds\n    total = 0\n    for x in xs:\n        total += x\n    return total\n", "K:func sum up xs total = n:0 K:for x xs total += x K:return total")]
    [InlineData("java", "import java.util.List;\nclass A { static int sumUp(List<Integer> xs) { int total = 0; for (int x : xs) total += x; return total; } }", "a T:int sum up T:list xs T:int total = n:0 K:for T:int x xs total += x K:return total")]
    [InlineData("go", "package a\n\nfunc sumUp(xs []int) int {\n\tt := 0\n\tfor i := 0; i < len(xs); i++ {\n\t\tt += xs[i]\n\t}\n\treturn t\n}\n", "K:func sum up xs [ T:int T:int t = n:0 K:for i = n:0 i < A:len xs i += n:1 t += xs [ i K:return t")]
    [InlineData("csharp", "class A { bool Has(string s) => s.Contains(\"(\") && s.Length > 0x10; }", "a T:bool has T:str s s A:has s:( && s A:len > n:16")]
    public void Terms_OfCode_AreSharedBetweenLanguages(string language, string code, string expected) =>
        Assert.Equal(expected, string.Join(' ', _rules.Terms(Read(language, code))));

    [Theory]
    [InlineData("kotlin", "fun f(a: List<String?>): Int? { return g(a) }\n", "fun f(a: List<String>): Int { return g(a) }\n")]
    [InlineData("cpp", "class A { int f(int a) LOCKS_EXCLUDED(b) { return g(a); } };\n", "class A { int f(int a) { return g(a); } };\n")]
    [InlineData("objc", "@implementation A\n- (int)f:(int)a { return [self g:@selector(b:)]; }\n@end\n", "@implementation A\n- (int)f:(int)a { return [self g:@selector()]; }\n@end\n")]
    public void Terms_OfCodeWithTextThatHasNoToken_AreThoseOfTheRest(string language, string code, string rest)
    {
        var file = _reader.Extract(LanguageCatalog.Open().Find(language)!, code)!;

        Assert.Contains(TokenClass.Other, file.Tokens.Classes.ToArray());
        Assert.Equal(_rules.Terms(Read(language, rest)), _rules.Terms(Read(language, code)));
    }

    [Fact]
    public void Tokenize_Names_AreNumberedByName()
    {
        var code = _tokenizer.Tokenize(Read("python", "def add_all(first, second):\n    return first + second + add_all(first, 1)\n"));

        // def add all first second return first + second + add all first 1
        Assert.Equal([-1, 0, 0, 2, 3, -1, 2, -1, 3, -1, 0, 0, 2, -1], code.Words);
        Assert.Equal(code.Ids[1], code.Ids[10]);
    }

    [Fact]
    public void Tokenize_LongCode_IsCut()
    {
        var code = _tokenizer.Tokenize(Read("python", "def f(a):\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"    a = a * {i} + a\n"))));

        Assert.Equal(CodeTokenizer.MaxTerms, code.Ids.Length);
        Assert.Equal(code.Ids.Length, code.Words.Length);
    }

    [Fact]
    public void Tokenize_OnSeveralThreads_IsTheSame()
    {
        var inputs = Enumerable.Range(0, 32).Select(i => $"def f{i}(a, b{i % 7}):\n    return a.append(b{i % 7}) + {i}\n").ToList();
        var expected = inputs.Select(code => { using var reader = new CodeReader(LanguageCatalog.Open()); return _tokenizer.Tokenize(reader.Read(LanguageCatalog.Open().Find("python")!, code)!).Ids; }).ToList();
        Parallel.For(0, inputs.Count, i =>
        {
            using var reader = new CodeReader(LanguageCatalog.Open());
            Assert.Equal(expected[i], _tokenizer.Tokenize(reader.Read(LanguageCatalog.Open().Find("python")!, inputs[i])!).Ids);
        });
    }

    [Fact]
    public void Read_CodeThatDefinesNothing_IsAllOfIt() => Assert.Equal("x = n:1", string.Join(' ', _rules.Terms(Read("python", "x = 1\n"))));

    public void Dispose()
    {
        _reader.Dispose();
        _rules.Dispose();
        _tokenizer.Dispose();
    }

    private SnippetInput Read(string language, string code) => _reader.Read(LanguageCatalog.Open().Find(language)!, code)!;
}
