using System.Text;
using XCoder.Agents.Licences;
using XCoder.Analysis.Repositories.Licences;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>Notices in other languages, letters and encodings, and in other places of a file than comments, beside an MIT licence.</summary>
public sealed class LaterNoticeKindTests : IDisposable
{
    private static readonly LicencePolicy Permissive = LicencePolicy.Parse("permissive");
    private readonly TemporaryFolder _folder = new();

    static LaterNoticeKindTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public LaterNoticeKindTests() => _folder.Write("LICENSE", LicenceTruthTests.Texts["MIT"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Die Weitergabe an Dritte ist untersagt.")]
    [InlineData("Toute reproduction est interdite.")]
    [InlineData("Prohibida la distribuci\u00F3n de este archivo.")]
    [InlineData("\u00C9 proibida a redistribui\u00E7\u00E3o deste ficheiro.")]
    [InlineData("Vietata la riproduzione, anche parziale.")]
    [InlineData("Zonder schriftelijke toestemming niet delen.")]
    [InlineData("Utan f\u00F6retagets skriftliga tillst\u00E5nd ingen spridning.")]
    [InlineData("Ilman kirjallista lupaa ei saa jakaa.")]
    [InlineData("Bez pisemnej zgody autora.")]
    [InlineData("Bez souhlasu autora ne\u0161i\u0159te.")]
    [InlineData("\u00DCzleti titok, bizalmas.")]
    [InlineData("Ticari kullan\u0131m i\u00E7in de\u011Fildir.")]
    [InlineData("Nghi\u00EAm c\u1EA5m ph\u00E1t t\u00E1n m\u00E3 ngu\u1ED3n.")]
    [InlineData("Dilarang menyebarluaskan kode ini.")]
    [InlineData("\u0411\u0435\u0437 \u043F\u0438\u0441\u044C\u043C\u0435\u043D\u043D\u043E\u0433\u043E \u0441\u043E\u0433\u043B\u0430\u0441\u0438\u044F \u0430\u0432\u0442\u043E\u0440\u0430.")]
    [InlineData("\u0391\u03C0\u03B1\u03B3\u03BF\u03C1\u03B5\u03CD\u03B5\u03C4\u03B1\u03B9 \u03B7 \u03B1\u03BD\u03C4\u03B9\u03B3\u03C1\u03B1\u03C6\u03AE.")]
    [InlineData("\u4EC5\u4F9B\u5185\u90E8\u53C2\u8003\uFF0C\u8BF7\u52FF\u5916\u4F20\u3002")]
    [InlineData("\u7121\u65AD\u8EE2\u8F09\u3092\u7981\u305A\u3002")]
    [InlineData("\uBB34\uB2E8 \uBC30\uD3EC\uB97C \uAE08\uC9C0\uD569\uB2C8\uB2E4.")]
    [InlineData("\u0E2B\u0E49\u0E32\u0E21\u0E40\u0E1C\u0E22\u0E41\u0E1E\u0E23\u0E48")]
    [InlineData("\u062C\u0645\u064A\u0639 \u0627\u0644\u062D\u0642\u0648\u0642 \u0645\u062D\u0641\u0648\u0638\u0629")]
    [InlineData("\u05DB\u05DC \u05D4\u05D6\u05DB\u05D5\u05D9\u05D5\u05EA \u05E9\u05DE\u05D5\u05E8\u05D5\u05EA")]
    [InlineData("\u0905\u0928\u0941\u092E\u0924\u093F \u0915\u0947 \u092C\u093F\u0928\u093E \u0928 \u092C\u093E\u0901\u091F\u0947\u0902")]
    public void Find_TermsInOtherLanguages_Withhold(string terms)
    {
        Assert.False(IsPermissive($"// {terms}\nint f() {{ return 1; }}\n"), terms);
        Assert.False(IsPermissive($"// Adds.\nint f() {{ return 1; }}\n\n// {terms}\nint g() {{ return 2; }}\n"), terms);
    }

    [Theory]
    [InlineData("Nur zum Lesen, nicht ver\u00E4ndern.")]
    [InlineData("Ne pas modifier : la liste est partag\u00E9e.")]
    [InlineData("La propiedad de la clase no puede ser nula.")]
    [InlineData("\u041D\u0435\u043B\u044C\u0437\u044F \u043A\u043E\u043F\u0438\u0440\u043E\u0432\u0430\u0442\u044C \u043E\u0431\u044A\u0435\u043A\u0442.")]
    [InlineData("\u7981\u6B62\u62F7\u8D1D\u6784\u9020")]
    [InlineData("\u6A5F\u80FD\u3092\u7981\u6B62\u3059\u308B")]
    public void Find_CommentsOnProgramsBelow_LeaveTheLicence(string comment) =>
        Assert.True(IsPermissive($"// Adds.\nint f() {{ return 1; }}\n\n// {comment}\nint g() {{ return 2; }}\n"), comment);

    [Theory]
    [InlineData("// \uFF2C\uFF49\uFF43\uFF45\uFF4E\uFF53\uFF45\uFF44 \uFF55\uFF4E\uFF44\uFF45\uFF52 \uFF21\uFF27\uFF30\uFF2C\uFF56\uFF13\n")]
    [InlineData("// Under the A\u200BGPL, v\u00ADersion 3\n")]
    [InlineData("// Strictly c\u043Enfidenti\u0430l\n")]
    [InlineData("/*\n * C O N F I D E N T I A L   A N D   P R O P R I E T A R Y\n */\n")]
    [InlineData("// P R O P R I E T A R Y C O D E D O N O T C O P Y\n")]
    [InlineData("\uFEFF// AGPL v3 only\r\n")]
    public void Find_WordsInOtherLetters_AreRead(string head) => Assert.False(IsPermissive(head + "int f() { return 1; }\n"));

    [Theory]
    [InlineData("utf-16", "// Confidential and proprietary.\n")]
    [InlineData("windows-1251", "// \u041A\u043E\u0434 \u043A\u043E\u043D\u0444\u0438\u0434\u0435\u043D\u0446\u0438\u0430\u043B\u044C\u043D\u044B\u0439, \u043A\u043E\u043F\u0438\u0440\u043E\u0432\u0430\u043D\u0438\u0435 \u0437\u0430\u043F\u0440\u0435\u0449\u0435\u043D\u043E.\n")]
    public void Find_OtherEncodings_AreRead(string encoding, string head)
    {
        var with = Encoding.GetEncoding(encoding);
        Assert.False(IsPermissive([.. with.GetPreamble(), .. with.GetBytes(head + "int f() { return 1; }\n")]));
    }

    [Theory]
    [InlineData("#if 0\nCopyright Pine AG. Licensed for evaluation only.\n#endif\nint a;\n")]
    [InlineData("int a;\n#if 0\nCopyright Pine AG. Licensed for evaluation only.\n#endif\n")]
    [InlineData("static const char copyright[] =\n    \"@(#) Copyright (c) 1991 Pine AG. \"\n    \"Redistribution is forbidden.\";\n")]
    [InlineData("#pragma comment(copyright, \"(C) Pine AG. Licensed materials, property of Pine\")\nint a;\n")]
    [InlineData("local M = {\n  _VERSION = '1.0',\n  _LICENSE = 'AGPL-3.0-only',\n}\n")]
    [InlineData("local M = {\n  _LICENSE = [[\n    Only for holders of a season ticket.\n  ]]\n}\n")]
    [InlineData("x = 1\n\nclass A:\n    \"\"\"Loads.\n\n    License: free for clubs, firms need a contract.\n    \"\"\"\n")]
    [InlineData("defmodule A do\n  @moduledoc \"\"\"\n  Adds.\n\n  ## License\n\n  Paid. Only with a key.\n  \"\"\"\nend\n")]
    [InlineData("use strict;\n1;\n__END__\n\n=head1 LICENSE\n\nFor members of the Pine club only.\n\n=cut\n")]
    [InlineData("// ==UserScript==\n// @name     Pine\n// @license  AGPL-3.0; https://www.gnu.org/licenses/agpl-3.0.txt\n// ==/UserScript==\nf();\n")]
    [InlineData("// @license magnet:?xt=urn:btih:0123&dn=agpl-3.0.txt AGPL-v3\nf();\n")]
    [InlineData("/**\n * @file a.h\n * @copyright GNU Affero General Public License v3\n */\nint a;\n")]
    [InlineData("/*! Pine 3.1 - trial edition. Buy a key at https://pine.example */\nf();\n")]
    [InlineData("// SPDX-License-Identifier: MIT\nint a;\n// SPDX-License-Identifier: BUSL-1.1\nint b;\n")]
    [InlineData("program pine;\n{ (c) 2001 Pine AG. Not for resale. }\nbegin\nend.\n")]
    [InlineData("<?php // This script is licensed for one shop.\nfunction f() {}\n")]
    [InlineData("// https://creativecommons.org/licenses/by-nc-nd/4.0/\nint a;\n")]
    public void Find_NoticesInOtherPlaces_CountForTheFile(string text) => Assert.False(IsPermissive(text));

    [Theory]
    [InlineData("local M = {\n  _LICENSE = 'MIT',\n}\n")]
    [InlineData("static const char copyright[] = \"@(#) Copyright (c) 1991 The Pine Authors. All rights reserved.\\n\";\n")]
    [InlineData("// @license MIT; https://opensource.org/licenses/MIT\nf();\n")]
    [InlineData("// SPDX-License-Identifier: MIT\nint a;\n// SPDX-License-Identifier: MIT\nint b;\n")]
    [InlineData("#if 0\nint old(void) { return 1; }\n#endif\nint a;\n")]
    [InlineData("class A:\n    \"\"\"Loads.\n\n    :param license: the text that is shown\n    \"\"\"\n")]
    public void Find_PlainOtherPlaces_LeaveTheLicence(string text) => Assert.True(IsPermissive(text));

    [Theory]
    [InlineData("This file is NOT part of the open source edition.")]
    [InlineData("Course material: students must not hand this on.")]
    [InlineData("Given to us under NDA.")]
    [InlineData("MIT license pending sign off by our lawyers.")]
    [InlineData("BSD until version 4, commercial since.")]
    [InlineData("Excluded from the Apache license of the repository.")]
    [InlineData("Taken from a customer's project.")]
    [InlineData("Must never leave the company.")]
    public void Find_EnglishTermsAtTheHead_Withhold(string terms) => Assert.False(IsPermissive($"// {terms}\nint f() {{ return 1; }}\n"));

    [Theory]
    [InlineData("What follows is covered by the GNU Lesser General Public License.")]
    [InlineData("From here on: not under the license above.")]
    [InlineData("Reprinted with kind permission; further reproduction is prohibited.")]
    [InlineData("Helper by others, MPL 2.0.")]
    [InlineData("The author permits use in teaching, nothing else.")]
    [InlineData("Copied from a client's repository, must not be published.")]
    [InlineData("Do not ship this file outside the company.")]
    public void Find_EnglishTermsBelow_CountForTheFile(string terms) =>
        Assert.False(IsPermissive($"// Adds.\nint f() {{ return 1; }}\n\nint g() {{ return 2; }} // {terms}\n"));

    [Theory]
    [InlineData("Do not publish the event before the lock is released.")]
    [InlineData("The client is confidential, so it authenticates.")]
    [InlineData("Requires the camera permission of the caller.")]
    [InlineData("Customers may only cancel within a day.")]
    [InlineData("Copied from the internal buffer.")]
    [InlineData("Use of the old name is forbidden.")]
    public void Find_EnglishCommentsOnPrograms_LeaveTheLicence(string comment) =>
        Assert.True(IsPermissive($"// Adds.\nint f() {{ return 1; }}\n\n// {comment}\nint g() {{ return 2; }}\n"));

    private bool IsPermissive(string text) => IsPermissive(Encoding.UTF8.GetBytes(text));

    private bool IsPermissive(byte[] text) => Permissive.Allows(new LicenceFinder(_folder.Root).Find("main.c", text)?.Spdx);
}
