using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Detect;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class LanguageDetectorTests
{
    private static readonly LanguageDetector Detector = new(
    [
        new Language { Id = "cpp", Name = "C++", Extensions = [".cpp", ".C"], Signs = new Dictionary<string, string> { [".h"] = @"^\s*(class|namespace)\b" } },
        new Language { Id = "objc", Name = "Objective-C", Signs = new Dictionary<string, string> { [".h"] = "^@interface", [".m"] = @"^\s*@(interface|implementation)\b|(?=#import)#import" } },
        new Language { Id = "c", Name = "C", Extensions = [".c", ".h"] },
        new Language { Id = "typescript", Name = "TypeScript", Extensions = [".ts", ".d.ts"] },
        new Language { Id = "python", Name = "Python", Extensions = [".py"], FileNames = ["SConstruct", "odd.rb"], Interpreters = ["python", "pypy3"] },
        new Language { Id = "ruby", Name = "Ruby", Extensions = [".rb"], Interpreters = ["ruby"] },
    ]);

    [Theory]
    [InlineData("a/b.py", "", "python")]
    [InlineData("B.PY", "", "python")]
    [InlineData("SConstruct", "", "python")]
    [InlineData("odd.rb", "", "python")]
    [InlineData("x.d.ts", "", "typescript")]
    [InlineData("x.min.rb", "", "ruby")]
    [InlineData("a.h", "int f(void);\n", "c")]
    [InlineData("a.h", "#pragma once\nnamespace x {}\n", "cpp")]
    [InlineData("a.h", "@interface A\n@end\n", "objc")]
    [InlineData("a.m", "#import <x>\n", "objc")]
    [InlineData("a.m", "function y = f(x)\n", null)]
    [InlineData("a.c", "", "c")]
    [InlineData("a.C", "", "cpp")]
    [InlineData("a.H", "", "c")]
    [InlineData("tool", "#!/usr/bin/env -S python3 -u\n", "python")]
    [InlineData("tool", "#! /usr/bin/python2.7\r\n", "python")]
    [InlineData("tool", "#!/usr/bin/env -S FOO=1 ruby\n", "ruby")]
    [InlineData("tool", "#!/usr/bin/pypy3", "python")]
    [InlineData("tool", "#!/bin/sh\n", null)]
    [InlineData("tool", "#!\n", null)]
    [InlineData("tool.txt", "#!/usr/bin/ruby\n", null)]
    [InlineData(".py", "", null)]
    public void Detect_NameAndText_GivesLanguage(string path, string text, string? expected) =>
        Assert.Equal(expected, Detector.Detect(path, Encoding.UTF8.GetBytes(text))?.Id);

    [Theory]
    [InlineData("a.py", nameof(NameEvidence.Name))]
    [InlineData("a.m", nameof(NameEvidence.Name))]
    [InlineData("SConstruct", nameof(NameEvidence.Name))]
    [InlineData("bin/tool", nameof(NameEvidence.Interpreter))]
    [InlineData("a.png", nameof(NameEvidence.None))]
    [InlineData(".bashrc", nameof(NameEvidence.None))]
    public void Evidence_Name_TellsWhatIsNeeded(string path, string expected) => Assert.Equal(expected, Detector.Evidence(path).ToString());
}
