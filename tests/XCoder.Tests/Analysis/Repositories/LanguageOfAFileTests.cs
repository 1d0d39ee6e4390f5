using System.Text;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>The language that the shipped manifest gives a file whose ending several languages share, or which has none.</summary>
public sealed class LanguageOfAFileTests
{
    private static readonly LanguageDetector Detector = new(LanguageCatalog.Open().Languages);

    [Theory]
    [InlineData("c", "/* class of errors\n * namespace std::foo\n template <typename T>\n */\nint f(void);\n")]
    [InlineData("c", "#ifdef __cplusplus\nextern \"C\" {\n#endif\nint f(int class);\n#ifdef __cplusplus\n}\nnamespace x { class Y {}; }\n#endif\n")]
    [InlineData("c", "#if defined(__cplusplus)\ntemplate <class T> T g();\n#else\nint g(void);\n#endif\n")]
    [InlineData("c", "struct s { int class; };\nconst char *text = \"\\\nnamespace\";\nconst char *t = \"std::string class A {\";\n")]
    [InlineData("c", "/** @class Thing\n@interface of it\n@end */\nint f(void);\n")]
    [InlineData("c", "// see @protocol and std::vector\nint f(void);\n")]
    [InlineData("cpp", "#pragma once\nnamespace a {\n}\n")]
    [InlineData("cpp", "// C header?\nclass Shape {\n public:\n};\n")]
    [InlineData("cpp", "#include <vector>\nstruct A;\n")]
    [InlineData("cpp", "using Bytes = unsigned char*;\n")]
    [InlineData("objc", "#import <Foundation/Foundation.h>\nvoid f(void);\n")]
    [InlineData("objc", "// a view\n@interface View : NSObject\n@end\n")]
    [InlineData("objc", "@class Other;\nvoid f(Other *o);\n")]
    public void Header_ByWhatStandsOutsideCommentsAndStrings(string language, string text) => AssertIs(language, "a.h", text);

    [Theory]
    [InlineData(null, "tr_de.ts", "<?xml version=\"1.0\"?>\n<!DOCTYPE TS>\n<TS version=\"2.1\"><context><name>a</name></context></TS>\n")]
    [InlineData(null, "tr.ts", "\n<!DOCTYPE TS><TS>\n</TS>\n")]
    [InlineData(null, "tr.ts", "<TS language=\"fr\">\n</TS>\n")]
    [InlineData("typescript", "a.ts", "export const a = <T>(b: T) => b;\n")]
    [InlineData("typescript", "a.ts", "<any>window;\n")]
    [InlineData(null, "rules.pl", "% kin\nmale(tom).\nfather(X, Y) :- parent(X, Y), male(X).\n")]
    [InlineData(null, "load.pl", ":- use_module(library(lists)).\n?- go.\n")]
    [InlineData(null, "facts.pl", "/* use strict;\n my $x = 1; */\nedge(a, b).\nedge(b, c).\n")]
    [InlineData("perl", "a.pl", "#!/usr/bin/perl\nprint \"x\\n\";\n")]
    [InlineData("perl", "a.pl", "print join(\", \", sort keys %ENV), \"\\n\";\n")]
    [InlineData("perl", "a.pl", "use strict;\nmy $rules = <<'END';\nmale(tom).\nfather(X, Y) :- parent(X, Y).\nEND\n")]
    [InlineData("perl", "a.pl", "print 1;\n__END__\n\nmale(tom).\n")]
    [InlineData("perl", "a.pl", "print 1;\n\n=head1 NAME\n\nmale(tom).\n")]
    [InlineData("perl", "a.pl", "=pod\n\nmale(tom).\n\n=cut\nsub f { 1 }\n")]
    [InlineData("perl", "t/basic.t", "use Test::More tests => 3;\nok(1);\n")]
    [InlineData("perl", "t/a.t", "use strict;\nuse warnings;\nuse lib 't/lib';\n")]
    [InlineData("perl", "t/old.t", "print \"1..2\\n\";\nprint \"ok 1\\n\";\n")]
    [InlineData(null, "deck.t", "% Turing\nproc go (n : int)\n    put n\nend go\n")]
    [InlineData("php", "lib.inc", "<?php\nfunction f() { return 1; }\n")]
    [InlineData("php", "page.inc", "<div class=\"a\">\n<?= $title ?>\n</div>\n")]
    [InlineData(null, "asm.inc", "; macros\n%define A 1\n")]
    [InlineData(null, "tables.inc", "static const int t[] = { 1, 2 };\n")]
    [InlineData(null, "conf.inc", "<?xml version=\"1.0\"?>\n<a/>\n")]
    [InlineData(null, "f.m", "function y = f(x)\n% @interface to it\ny = x;\nend\n")]
    [InlineData("objc", "a.m", "#include <stdio.h>\nint main(void) { return 0; }\n")]
    [InlineData("objc", "a.m", "@implementation A\n@end\n")]
    [InlineData(null, "paper.cls", "\\NeedsTeXFormat{LaTeX2e}\n\\ProvidesClass{paper}\n")]
    [InlineData(null, "a.r", "REBOL [Title: \"x\"]\nprint 1\n")]
    [InlineData("cpp", "blink.ino", "void setup() {}\nvoid loop() {}\n")]
    [InlineData("bash", "oh-my.plugin.zsh", "f() { echo; }\n")]
    [InlineData("bash", "home/.zshrc", "f() { echo; }\n")]
    [InlineData("bash", ".envrc", "export A=1\n")]
    public void Ending_ThatLanguagesShare_IsDecidedByTheText(string? language, string path, string text) => AssertIs(language, path, text);

    [Theory]
    [InlineData("python", "#!/usr/bin/env -S uv run --script\n")]
    [InlineData("python", "#!/usr/bin/env -S uv run --with requests python\n")]
    [InlineData("python", "#!/usr/bin/env pipx run\n")]
    [InlineData("python", "#!/bin/sh\n'''exec' \"/opt/some where/bin/python3\" \"$0\" \"$@\"\n' '''\n")]
    [InlineData("python", "#!/bin/sh\n'''exec' /venv/bin/python3.11 \"$0\" \"$@\"\n' '''\n")]
    [InlineData("python", "#!/bin/sh\n\"exec\" \"`dirname $0`/python\" \"$0\" \"$@\"\n\"exec\" \"python3\" \"$0\" \"$@\"\n")]
    [InlineData("perl", "#!/bin/sh\n#! -*-perl-*-\neval 'exec perl -x -wS $0 ${1+\"$@\"}'\n  if 0;\n")]
    [InlineData("javascript", "#!/bin/sh\n':' //; exec \"$(command -v nodejs || command -v node)\" \"$0\" \"$@\"\n:\n", true)]
    [InlineData("javascript", "#!/bin/sh\n\":\" //; exec /usr/bin/env node --no-warnings \"$0\" \"$@\"\n")]
    [InlineData("typescript", "#!/usr/bin/env -S npx tsx\n")]
    [InlineData("javascript", "#!/usr/bin/env -S deno run --allow-net\n")]
    [InlineData("ruby", "#!/usr/bin/env bundle exec ruby\n")]
    [InlineData("python", "#!/usr/bin/env nix-shell\n#! nix-shell -i python3 -p python3\n")]
    [InlineData("haskell", "#!/usr/bin/env stack\n-- stack script\n")]
    [InlineData("bash", "#!/bin/busybox sh\n")]
    [InlineData("bash", "#!/usr/bin/env -i PATH=/bin bash\n")]
    [InlineData("bash", "#!/bin/sh\nset -e\nexec python3 tool.py \"$@\"\n")]
    [InlineData("bash", "#!/bin/bash\necho \"$0\"\n")]
    [InlineData("rust", "#!/usr/bin/env rust-script\n")]
    [InlineData("scala", "#!/usr/bin/env -S scala-cli shebang\n")]
    [InlineData(null, "#!/usr/bin/make -f\n")]
    [InlineData(null, "#!/usr/bin/awk -f python\n")]
    [InlineData(null, "#!/bin/sh\nexec tclsh \"$0\" \"$@\"\n")]
    [InlineData(null, "#!\n")]
    public void Script_IsInTheLanguageOfItsProgram(string? language, string text, bool isShellToo = false)
    {
        var found = Detector.Detect("bin/tool", Encoding.UTF8.GetBytes(text))?.Id;
        Assert.True(found == language || (isShellToo && found == "bash"), $"{found} in place of {language}");
    }

    [Fact]
    public void Signs_OfTextMadeToCostMuch_AreReadAtOnce() => Assert.All(
        (string[])["/*", "\"", "#ifdef __cplusplus\n", "=pod\n", "//", "'\\", "a(", "class A "],
        part => Assert.All((string[])["a.h", "a.pl", "a.t", "a.ts"], path => _ =
            Detector.Candidates(path, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, (1 << 20) / part.Length))))));

    [Theory]
    [InlineData("C++", "cpp")]
    [InlineData("shell", "bash")]
    [InlineData("Objective-C", "objc")]
    [InlineData("JavaScript", "javascript")]
    [InlineData("c#", "csharp")]
    [InlineData("Smalltalk", null)]
    public void Named_AsPeopleWriteIt_IsFound(string name, string? id) => Assert.Equal(id, LanguageCatalog.Open().Named(name)?.Id);

    private static void AssertIs(string? language, string path, string text) =>
        Assert.Equal(language, Detector.Detect(path, Encoding.UTF8.GetBytes(text))?.Id);
}
