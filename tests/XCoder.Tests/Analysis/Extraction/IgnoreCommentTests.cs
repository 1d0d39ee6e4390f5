using System.Text;
using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Model;
using Xunit;

namespace XCoder.Tests.Analysis.Extraction;

/// <summary>Comments that take code out of reports, in every language.</summary>
public class IgnoreCommentTests
{
    // What stands before a function (a class, say), the function's first line, its second line, its end, and what stands behind it; the
    // signs of a comment.
    private static readonly Dictionary<string, (string Before, string Head, string Body, string Tail, string After, string Open, string Close)> Samples = new()
    {
        ["csharp"] = ("class A {\n int F() { return 1; }", " [Obsolete]\n public static int Sum(int a) {", "  return a;", " }", "}", "//", ""),
        ["python"] = ("import os\n@tag\ndef first(a):\n    return 1", "@cache\n@tag(1)\ndef second(a):", "    return a", "", "x = 1", "#", ""),
        ["java"] = ("class A {\n int f() { return 1; }", " @Override\n public int sum(int a) {", "  return a;", " }", "}", "/*", "*/"),
        ["javascript"] = ("function f() { return 1; }", "export const sum = (a) => {", "  return a;", "};", "", "//", ""),
        ["typescript"] = ("export class A {", "  @log()\n  sum(a: number): number {", "  return a;", "}", "}", "//", ""),
        ["tsx"] = ("export function A() { return <p>a</p>; }", "export const B = (a: string) => {", "  return <b>{a}</b>;", "};", "", "//", ""),
        ["go"] = ("package a\n", "func Sum(a int) int {", "\treturn a", "}", "", "//", ""),
        ["rust"] = ("struct S;", "#[inline]\npub fn sum(a: i32) -> i32 {", "    a", "}", "", "//", ""),
        ["cpp"] = ("namespace n {", "template <class T>\nstatic T sum(T a)\n{", "  return a;", "}", "}", "//", ""),
        ["objc"] = ("@implementation A", "- (int)sum:(int)a {", "  return a;", "}", "@end", "//", ""),
        ["c"] = ("int x;", "static int\nsum(int a)\n{", "  return a;", "}", "", "/*", "*/"),
        ["ruby"] = ("class A", "  def sum(a)", "    a", "  end", "end", "#", ""),
        ["php"] = ("<?php\nclass A {", "  #[Pure]\n  public function sum($a) {", "    return $a;", "  }", "}", "//", ""),
        ["kotlin"] = ("class A {", "  @JvmStatic\n  fun sum(a: Int): Int {", "    return a", "  }", "}", "//", ""),
        ["scala"] = ("object A {", "  @inline\n  def sum(a: Int): Int = {", "    a", "  }", "}", "//", ""),
        ["swift"] = ("struct A {", "  @discardableResult\n  func sum(a: Int) -> Int {", "    return a", "  }", "}", "//", ""),
        ["bash"] = ("set -e", "sum() {", "  echo $1", "}", "", "#", ""),
        ["lua"] = ("local M = {}", "function M.sum(a)", "  return a", "end", "return M", "--", ""),
        ["haskell"] = ("module A where\n", "sum1 :: Int -> Int\nsum1 a =", "  a + 1", "", "", "--", ""),
        ["julia"] = ("x = 1", "function sum1(a)", "  a", "end", "", "#", ""),
        ["ocaml"] = ("let x = 1", "let sum a =", "  a + 1", "", "", "(*", "*)"),
        ["elixir"] = ("defmodule A do", "  def sum(a) do", "    a", "  end", "end", "#", ""),
        ["dart"] = ("int x = 1;", "int sum(int a) {", "  return a;", "}", "", "//", ""),
        ["zig"] = ("const x = 1;", "pub fn sum(a: i32) i32 {", "    return a;", "}", "", "//", ""),
        ["r"] = ("x <- 1", "sum1 <- function(a) {", "  a", "}", "", "#", ""),
        ["powershell"] = ("$x = 1", "function Sum1($a) {", "  $a", "}", "", "<#", "#>"),
        ["perl"] = ("use strict;", "sub sum1 {", "  return shift;", "}", "1;", "#", ""),
    };

    public static TheoryData<string> Languages => [.. TreeSitterText.Catalog.Languages.Select(static language => language.Id)];

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_comment_before_in_or_behind_a_function_speaks_of_it(string language)
    {
        var (before, head, body, tail, after, open, close) = Samples[language];
        var comment = $"{open} xcoder-ignore: agreed with the others {close}".TrimEnd();
        var indent = head[..(head.Length - head.TrimStart(' ').Length)];
        foreach (var (text, where) in new[]
        {
            (string.Join('\n', before, indent + comment, head, body, tail, after), "before"),
            (string.Join('\n', before, indent + comment, "", head, body, tail, after), "before, with a blank line"),
            (string.Join('\n', before, head, indent + "  " + comment, body, tail, after), "in it"),
            (string.Join('\n', before, head, body + " " + comment, tail, after), "at the end of a line of it"),
        })
        {
            var file = Extract(language, text);
            var found = Assert.Single(IgnoreComments.Find(Encoding.UTF8.GetBytes(text), file));
            Assert.Equal("agreed with the others", found.Reason);
            var code = found.Holds ? text[found.StartByte..found.EndByte] : "";
            Assert.True(code.StartsWith(head.Trim().Split('\n')[^1].Split(' ')[0], StringComparison.Ordinal) || code.StartsWith(head.Trim().Split('\n')[0].Split(' ')[0], StringComparison.Ordinal)
                || (code.Contains(body.Trim(), StringComparison.Ordinal) && !code.Contains(before.Split('\n')[0], StringComparison.Ordinal)),
                $"{language}, {where}: the comment speaks of '{code}'");
            Assert.Contains(body.Trim(), code, StringComparison.Ordinal);
            Assert.DoesNotContain(before.Split('\n')[0], code, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("x = '# xcoder-ignore: not a comment'\ndef f():\n    return 1\n")]
    [InlineData("# see xcoder-ignore: a comment that speaks of it\ndef f():\n    return 1\n")]
    [InlineData("# xcoder-ignore-next: another mark\ndef f():\n    return 1\n")]
    [InlineData("# \u00fcber xcoder-ignore: words before it\ndef f():\n    return 1\n")]
    public void What_merely_holds_the_mark_is_no_comment_of_this_kind(string text) => Assert.Empty(Find("python", text));

    [Theory]
    [InlineData("# xcoder-ignore\ndef f():\n    return 1\n", false)]
    [InlineData("# xcoder-ignore:\ndef f():\n    return 1\n", false)]
    [InlineData("# xcoder-ignore: --\ndef f():\n    return 1\n", false)]
    [InlineData("x = 1\n\n# xcoder-ignore: stands at no function\ny = 2\n", false)]
    [InlineData("# xcoder-ignore: \u043f\u043e\u0440\u0442\ndef f():\n    return 1\n", true)]
    [InlineData("#xcoder-ignore:x\ndef f():\n    return 1\n", true)]
    public void A_comment_needs_a_reason_and_code(string text, bool holds) => Assert.Equal(holds, Assert.Single(Find("python", text)).Holds);

    [Fact]
    public void A_comment_speaks_of_the_code_next_to_it()
    {
        const string Text = """
            // xcoder-ignore-file: all of it
            /*
             * xcoder-ignore: two lines, ends */
            class A {                       // xcoder-ignore: the class
              int f() { return 1; }         // xcoder-ignore: a function on a line
              int g() {
                return 2; }                 // xcoder-ignore: the end of a function
            }                               // xcoder-ignore: the end of the class
            """;
        var found = Find("java", Text);
        Assert.Equal(
            [("all of it", 1, "*"), ("two lines, ends", 3, "class A"), ("the class", 4, "class A"), ("a function on a line", 5, "int f"),
                ("the end of a function", 7, "int g"), ("the end of the class", 8, "class A")],
            found.Select(comment => (comment.Reason, comment.Line,
                comment.EndByte == int.MaxValue ? "*" : Text[comment.StartByte..].Split('(', '{')[0].Trim())));
    }

    [Theory]
    [InlineData("javascript", "class A {\n  p = () => {\n    return 1;\n  }; // xcoder-ignore: r\n}\n", "p = () =>")]
    [InlineData("javascript", "x = {\n  f(a) {\n    return 1;\n  }, // xcoder-ignore: r\n};\n", "f(a)")]
    [InlineData("javascript", "function g() {\n  each(function f(a) {\n    return 1;\n  }); // xcoder-ignore: r\n}\n", "function f")]
    [InlineData("c", "struct S {\n  int a;\n}; // xcoder-ignore: r\n", "struct S")]
    [InlineData("c", "int g;\n/* xcoder-ignore: r */ int f(void) { return 1; }\n", "int f")]
    [InlineData("python", "def g():\n    def f():\n        return 1\n    return f  # xcoder-ignore: r\n", "def g")]
    public void Signs_may_stand_between_an_end_and_its_comment(string language, string text, string code)
    {
        var found = Assert.Single(Find(language, text));
        Assert.Equal("r", found.Reason);
        Assert.True(found.Holds);
        Assert.StartsWith(code, text[found.StartByte..], StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_line_of_signs_is_no_comment_of_this_kind()
    {
        var text = "//" + new string('/', 2000) + " xcoder-ignore: r\nint f(void) { return 1; }\n";
        Assert.Empty(Find("c", text));
    }

    [Fact]
    public void A_long_reason_is_cut_between_characters()
    {
        var reason = Assert.Single(Find("python", $"# xcoder-ignore: {new string('a', 299)}\U0001F600b\ndef f():\n    return 1\n")).Reason;
        Assert.Equal(new string('a', 299), reason);
    }

    [Fact]
    public void Documentation_does_not_hold_the_mark()
    {
        Assert.Equal("Adds.\nTwice.", IgnoreComments.WithoutMarks("Adds.\n xcoder-ignore: a port\nTwice."));
        Assert.Null(IgnoreComments.WithoutMarks("xcoder-ignore: a port"));
        Assert.Equal("As it is.\n", IgnoreComments.WithoutMarks("As it is.\n"));
    }

    private static IReadOnlyList<IgnoreComment> Find(string language, string text) =>
        IgnoreComments.Find(Encoding.UTF8.GetBytes(text), Extract(language, text));

    private static ExtractedFile Extract(string language, string text) =>
        language == "csharp" ? RoslynExtraction.Extract(text) : TreeSitterText.Extract(language, text);
}
