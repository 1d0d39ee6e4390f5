using XCoder.Analysis.Model;
using Xunit;
using static XCoder.Tests.Analysis.Extraction.RoslynExtraction;

namespace XCoder.Tests.Analysis.Extraction;

public class RoslynDeclarationTests
{
    [Theory]
    [InlineData("class C { void M() { } }", "M", SnippetKind.Method, null, "C.M")]
    [InlineData("class C { public C() { } }", "C", SnippetKind.Constructor, null, "C.C")]
    [InlineData("class C { static C() { } }", "C", SnippetKind.Constructor, "static", "C.C")]
    [InlineData("class C { ~C() { } }", "~C", SnippetKind.Method, "destructor", "C.~C")]
    [InlineData("struct S { public static S operator +(S a, S b) => a; }", "operator +", SnippetKind.Method, "operator", "S.operator +")]
    [InlineData("struct S { public static implicit operator int(S a) => 1; }", "implicit operator int", SnippetKind.Method, "conversion", "S.implicit operator int")]
    [InlineData("class C { int this[int i] => i; }", "this[]", SnippetKind.Method, "indexer", "C.this[]")]
    [InlineData("class C { int P => 1; }", "P", SnippetKind.Method, "property", "C.P")]
    [InlineData("class C { int P { get { return 1; } } }", "P", SnippetKind.Method, "property", "C.P")]
    [InlineData("class C { event System.Action E { add { } remove { } } }", "E", SnippetKind.Method, "event", "C.E")]
    [InlineData("abstract class C { abstract void M(); }", "M", SnippetKind.Method, "abstract", "C.M")]
    [InlineData("interface I { void M(); }", "M", SnippetKind.Method, "abstract", "I.M")]
    [InlineData("class C { System.Func<int, int> F = x => x; }", "F", SnippetKind.Function, "lambda", "C.F")]
    [InlineData("class C { System.Func<int, int> F { get; } = (x) => x; }", "F", SnippetKind.Function, "lambda", "C.F")]
    [InlineData("class C { void M() { System.Action f = delegate { }; } }", "f", SnippetKind.Function, "lambda", "C.M.f")]
    [InlineData("class C { void M() { System.Action a = null, f = () => { }; } }", "f", SnippetKind.Function, "lambda", "C.M.f")]
    [InlineData("class C { void M() { int L(int x) => x; } }", "L", SnippetKind.Function, "local", "C.M.L")]
    [InlineData("int L(int x) => x;", "L", SnippetKind.Function, "local", "L")]
    [InlineData("namespace A.B; class C<T> { record R(int X); }", "R", SnippetKind.Structure, "record", "A.B.C.R")]
    [InlineData("namespace A { namespace B { record struct R(int X); } }", "R", SnippetKind.Structure, "record", "A.B.R")]
    [InlineData("namespace A { interface I { } }", "I", SnippetKind.Interface, "interface", "A.I")]
    [InlineData("enum E { A, B }", "E", SnippetKind.Enumeration, "enum", "E")]
    [InlineData("static class X { extension(string s) { public int N() => 1; } }", "N", SnippetKind.Method, null, "X.N")]
    public void Extract_Declaration_IsSnippet(string text, string name, SnippetKind kind, string? form, string qualifiedName)
    {
        var snippet = Extract(text).Snippets.Single(snippet => snippet.Name == name && snippet.Kind == kind);

        Assert.Equal((form, qualifiedName), (snippet.Form, snippet.QualifiedName));
    }

    // A function handed to a call goes by the field or property that the call's value goes to, else by the call and its title.
    [Theory]
    [InlineData("app.MapGet(\"/carts/{id}\", async (int id) => await Find(id));", "app.MapGet /carts/{id}@1-1:callback")]
    [InlineData("app.MapPost(\"/carts\", (Cart cart) =>\n{\n    Add(cart);\n}).RequireAuthorization();", "app.MapPost /carts@1-4:callback")]
    [InlineData("app.MapGet($\"/v{1}/carts\", delegate (int id) { return Find(id); });", "app.MapGet /v{1}/carts@1-1:callback")]
    [InlineData("app.MapGroup(\"/a\").MapGet(\"/b\", () => { }).MapGet(\"/c\", () => { });", "app.MapGroup.MapGet /b@1-1:callback app.MapGroup.MapGet.MapGet /c@1-1:callback")]
    [InlineData("class C { void M() { r.On(\"add\", x => { }); r.On(\"sum\", x => x + 1); } }", "C@1-1:class M@1-1: r.On add@1-1:callback")]
    [InlineData("class C { void M() { r.On(\"add\", Safe(x => { })); } }", "C@1-1:class M@1-1: r.On add@1-1:callback")]
    [InlineData("class C { void M() { r.On(\"a\", x => { }, y => { }); } }", "C@1-1:class M@1-1: r.On a@1-1:callback r.On a@1-1:callback")]
    [InlineData("class C { Lazy<int> total = new(() => 1); Func<int> F { get; } = Once(() => 2); }", "C@1-1:class total@1-1:lambda F@1-1:lambda")]
    [InlineData("class C { static P Size = P.Register(\"Size\", new Meta((d, e) => { Draw(d); })); }", "C@1-1:class Size@1-1:lambda")]
    [InlineData("class C { int[] all = Items.Select(x => x + 1).ToArray(); void M() { Run(() => { A(); B(); }); var y = s.Where(x => x.Is(\"a\")); } }", "C@1-1:class M@1-1:")]
    [InlineData("app.Use(async (context, next) => { Before(context); await next(context); After(context); Log(context, 1, 2, 3); });\nrun(() => 1);", "app.Use@1-1:callback")]
    [InlineData("class C { void M() { var f = () => { r.On(\"add\", x => { }); }; } }", "C@1-1:class M@1-1: f@1-1:lambda r.On add@1-1:callback")]
    public void Extract_FunctionHandedToACall_GoesByWhatIsAroundIt(string text, string expected) => Assert.Equal(expected, string.Join(' ',
        Extract(text).Snippets.Select(snippet => $"{snippet.Name}@{snippet.Span.StartLine}-{snippet.Span.EndLine}:{snippet.Form}")));

    [Theory]
    [InlineData("class C { int P { get; set; } }")]
    [InlineData("class C { delegate void D(); }")]
    [InlineData("class C { int x = 1; }")]
    [InlineData("class C { event System.Action E; }")]
    public void Extract_DataMember_IsNoSnippet(string text) => Assert.Equal(["C"], Extract(text).Snippets.Select(snippet => snippet.Name));

    [Fact]
    public void Extract_Method_HasSignatureParametersAndDecorators()
    {
        var file = File("""
            class C
            {
                /// <summary>Adds.</summary>
                [System.Obsolete]
                [Fact]
                public static int Add(
                    int a, // first
                    [In] int b = 1)
                    where T : class
                {
                    return a + b;
                }
            }
            """);
        var snippet = Extract([file])[0].Extracted!.Snippet("Add");

        Assert.Equal("public static int Add( int a, [In] int b = 1) where T : class", snippet.Signature);
        Assert.Equal(["int a", "[In] int b = 1"], snippet.Parameters);
        Assert.Equal(["[System.Obsolete]", "[Fact]"], snippet.Decorators);
        Assert.Equal("Adds.", snippet.Documentation);
        Assert.StartsWith("[System.Obsolete]", snippet.Code(file), StringComparison.Ordinal);
        Assert.Equal((4, 12), (snippet.Span.StartLine, snippet.Span.EndLine));
    }

    [Fact]
    public void Extract_LongSignature_IsCut()
    {
        var text = $"class C {{ void M({string.Join(", ", Enumerable.Range(0, 500).Select(i => $"int a{i}"))}) {{ }} }}";

        Assert.Equal(1_000, Extract(text).Snippet("M").Signature.Length);
    }

    [Fact]
    public void Extract_Test_CoversWhatItEncloses()
    {
        var file = Extract("class C { [Fact] void M() { void L() { } } void N() { } } class D { void TestIt() { } void K() { } }");

        Assert.Equal(["C", "M", "L", "N", "TestIt"], file.Snippets.Where(snippet => snippet.IsTest).Select(snippet => snippet.Name));
        Assert.All(Extract("class C { void M() { } }", "tests/a.cs").Snippets, snippet => Assert.True(snippet.IsTest));
    }

    [Fact]
    public void Extract_SyntaxError_StaysLocal()
    {
        var file = Extract("class C { void Good() { int x = 1; } void Bad() { int x = ; } void Fine() { } }");

        Assert.True(file.HasErrors);
        Assert.Equal(["C", "Bad"], file.Snippets.Where(snippet => snippet.HasErrors).Select(snippet => snippet.Name));
        Assert.Equal(4, file.Snippets.Count);
    }

    [Fact]
    public void Extract_RegionThatNothingMakesActive_IsCounted()
    {
        const string inactive = "class Ünseen { }\n";
        var file = Extract($"#if false\n{inactive}#endif\n#if NET10_0_OR_GREATER && RELEASE\nclass Seen {{ }}\n#endif\n#if A && !A\n{inactive}#endif");

        Assert.Equal(["Seen"], file.Snippets.Select(snippet => snippet.Name));
        Assert.Equal(2 * (inactive.Length + 1), file.InactiveBytes);
    }

    [Fact]
    public void Extract_Sample_ParentsComeFirst()
    {
        var source = new SourceFile("sample.cs", System.IO.File.ReadAllBytes(SamplePath()), 0);
        var result = Extract([source])[0];
        var file = result.Extracted!;

        Assert.False(file.HasErrors);
        Assert.Equal(0, file.InactiveBytes);
        for (var i = 0; i < file.Snippets.Count; i++)
        {
            var snippet = file.Snippets[i];
            Assert.InRange(snippet.Parent, -1, i - 1);
            Assert.True(snippet.TokenCount > 0);
            Assert.Equal(snippet.Span.StartByte, file.Tokens.Starts[snippet.FirstToken]);
            var last = snippet.FirstToken + snippet.TokenCount - 1;
            Assert.Equal(snippet.Span.EndByte, file.Tokens.Starts[last] + file.Tokens.Lengths[last]);
            if (snippet.Parent >= 0)
            {
                Assert.True(file.Snippets[snippet.Parent].Span.Contains(snippet.Span));
            }

            if (i > 0)
            {
                Assert.True(file.Snippets[i - 1].Span.StartByte <= snippet.Span.StartByte);
            }
        }
    }
}
