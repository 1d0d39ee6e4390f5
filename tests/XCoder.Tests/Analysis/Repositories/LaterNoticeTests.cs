using XCoder.Agents.Licences;
using XCoder.Analysis.Repositories.Licences;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>What people say below a copyright line, and in comments below the head of a file, beside an MIT licence.</summary>
public sealed class LaterNoticeTests : IDisposable
{
    private static readonly LicencePolicy Permissive = LicencePolicy.Parse("permissive");
    private readonly TemporaryFolder _folder = new();

    public LaterNoticeTests() => _folder.Write("LICENSE", LicenceTruthTests.Texts["MIT"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("// Copyright 2021 Birch Audio\n// Three rooms, one hall.\n")]
    [InlineData("// (c) 2008 Rowan. Looking is fine, selling it on is where we meet in court.\n")]
    [InlineData("/*\n * \u00A9 Fir Systems\n * Hver kunde betaler for sig.\n */\n")]
    [InlineData("/* Droits : coopérative du Pin, 2019. Uniquement pour nos membres. */\n")]
    [InlineData("// Copyright 2015 T. Elm. Released under the Elm Public Terms.\n")]
    [InlineData("/**\n * @file\n * @copyright 2018 Larch AGPLv3\n */\n")]
    [InlineData("// @license All rights reserved\n")]
    [InlineData("using System.Reflection;\n[assembly: AssemblyCopyright(\"Copyright 2010 Yew. Confidential.\")]\n")]
    public void Find_WordsBelowACopyrightLine_AreUnderstoodOrWithhold(string head) => Assert.False(IsPermissive(head + "int f() { return 1; }\n"));

    [Theory]
    [InlineData("// Copyright 2021 Birch Audio\n// Author: Ann Lee <ann@birch-audio.example>\n// Contact: tools-sig@birch-audio.example\n")]
    [InlineData("// Copyright (c) 2008-2012 Rowan, Inc. and other contributors. All rights reserved.\n")]
    [InlineData("// Copyright 2021 Birch Audio\n// See the LICENSE file in the root for details.\n")]
    [InlineData("// Copyright 2021 Birch Audio\n//\n// Reads the rooms of a hall, one after another.\n")]
    public void Find_HoldersAndHintsBelowACopyrightLine_LeaveTheLicence(string head) => Assert.True(IsPermissive(head + "int f() { return 1; }\n"));

    [Theory]
    [InlineData("// The rest is (c) 2003 Cedar Ltd and may not leave the house.\n")]
    [InlineData("/* Copyright 1999 Cedar. You can redistribute this part under the terms of the GNU General Public License, version 2. */\n")]
    [InlineData("/*\n\n   Taken from a manual. Proprietary to Cedar.\n\n*/\n")]
    [InlineData("# Answer 4711, CC BY-SA 4.0\n")]
    [InlineData("=pod\n\nCopyright 2010 P. Cedar. Under the GNU General Public License, version 2.\n\n=cut\n")]
    [InlineData("int g() { return 2; } // Confidential, Cedar only\n")]
    public void Find_ANoticeBelowTheHead_CountsForTheFile(string notice)
    {
        Assert.False(IsPermissive($"// Adds.\nint f() {{ return 1; }}\n\n{notice}int h() {{ return 3; }}\n"));
        Assert.False(IsPermissive($"// SPDX-License-Identifier: MIT\nint f() {{ return 1; }}\n\n{notice}int h() {{ return 3; }}\n"));
        Assert.False(IsPermissive($"{string.Concat(Enumerable.Repeat("int f() { return 1; }\n", 2000))}\n{notice}"));
    }

    [Theory]
    [InlineData("// Prints the copyright of each file.\n")]
    [InlineData("// (c) is the third case.\n")]
    [InlineData("string s = \"Copyright 2010 Cedar. Proprietary.\";\n")]
    [InlineData("var url = \"http://cedar.example/gpl\";\n")]
    [InlineData("// Copyright 2010 Cedar Ltd.\n")]
    [InlineData("// Copyright 2010 Cedar Ltd. MIT License.\n")]
    public void Find_WhatIsNoNoticeBelowTheHead_LeavesTheLicence(string line) =>
        Assert.True(IsPermissive($"// Adds.\nint f() {{ return 1; }}\n\n{line}int h() {{ return 3; }}\n"));

    [Fact]
    public void Find_ANoticeBelowTheHead_GrantsNothing()
    {
        File.Delete(Path.Combine(_folder.Root, "LICENSE"));
        Assert.False(IsPermissive("int f() { return 1; }\n// Copyright 2010 Cedar. Licensed under the MIT license.\nint g() { return 2; }\n"));
    }

    [Theory]
    [InlineData("CONTRACT.md", "The client owns what is delivered here.")]
    [InlineData("CUSTOMER_AGREEMENT.txt", "Delete all copies at the end of the term.")]
    [InlineData("RELICENSING.md", "Since spring all source is under other terms.")]
    [InlineData("利用規約.txt", "社内のみ。")]
    public void Find_AFileOfTermsBesideALicence_IsUnderstoodOrWithholds(string name, string text)
    {
        _folder.Write(name, text);
        Assert.False(IsPermissive("int f() { return 1; }\n"));
    }

    private bool IsPermissive(string text) => Permissive.Allows(new LicenceFinder(_folder.Root).Find("main.c", System.Text.Encoding.UTF8.GetBytes(text))?.Spdx);
}
