using XCoder.Agents.Licences;
using XCoder.Analysis.Repositories.Licences;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>What speaks of terms must be understood: in a licence's text, at the head of a file, in a README, in tags.</summary>
public sealed class LicenceTermsTests : IDisposable
{
    private static readonly LicencePolicy Permissive = LicencePolicy.Parse("permissive");
    private readonly TemporaryFolder _folder = new();

    private static string Mit => LicenceTruthTests.Texts["MIT"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("MIT", "to any person obtaining", "to any person in Norway obtaining")]
    [InlineData("MIT", "without restriction including", "in open source projects without restriction including")]
    [InlineData("MIT", "copies of the software and to permit", "copies of the software with the Oak engine and to permit")]
    [InlineData("MIT", "in all copies or substantial", "and the coin of one dollar in all copies or substantial")]
    [InlineData("MIT", "is provided as is", "is provided to club members as is")]
    [InlineData("ISC", "software for any purpose", "software on Linux for any purpose")]
    [InlineData("ISC", "appear in all copies", "appear on every screen and in all copies")]
    [InlineData("BSD-3-Clause", "are permitted provided", "are permitted by day provided")]
    [InlineData("BSD-3-Clause", "any express or implied warranties", "no right of redistribution and any express or implied warranties")]
    [InlineData("Apache-2.0", "grants to you a perpetual", "grants to you while employed a perpetual")]
    [InlineData("Zlib", "subject to the following restrictions", "subject to taxes and the following restrictions")]
    [InlineData("Unlicense", "is free to copy", "over eighteen is free to copy")]
    public void Recognise_WordsPutIntoALicence_AreNoNames(string id, string from, string to)
    {
        var text = LicenceTruthTests.Texts[id].Replace(" * ", " ");
        Assert.Contains(from, text);
        Assert.Null(LicenceRecogniser.Recognise(text.Replace(from, to)));
    }

    [Theory]
    [InlineData("BSD-3-Clause", "neither the name of", "neither the name of Wide Data Works Ltd.")]
    [InlineData("MIT", "in no event shall", "in no event shall Ann Lee or the oak developers")]
    [InlineData("MIT", "without warranty", "withoutwarranty")]
    [InlineData("MIT", "limited to the warranties", "limitted to the warranties")]
    public void Recognise_NamesAndSlips_LeaveALicenceWhatItIs(string id, string from, string to) =>
        Assert.Equal(id, LicenceRecogniser.Recognise(LicenceTruthTests.Texts[id].Replace(" * ", " ").Replace(from, to)));

    [Theory]
    [InlineData("Void")]
    [InlineData("Draft, to be agreed")]
    [InlineData("Old terms:")]
    [InlineData("Files in docs/ are MIT:")]
    [InlineData("Licence for the documentation")]
    [InlineData("We would have liked to publish under this licence.")]
    [InlineData("---\nscope: examples\n---")]
    [InlineData("Ticari amaçla kullanılamaz.")]
    [InlineData("SPDX-FileCopyrightText: 2021 Ann Lee, not for sale")]
    public void Recognise_WhatStandsBeforeALicence_CanTakeItBack(string head)
    {
        _folder.Write("LICENSE", $"{head}\n\n{Mit}");
        Assert.False(Permissive.Allows(Find("int f(void) { return 1; }\n")));
    }

    [Theory]
    [InlineData("<s>", "</s>")]
    [InlineData("~~", "~~")]
    [InlineData("<!--", "-->")]
    [InlineData("<del>", "</del>")]
    public void Recognise_TextThatIsStruckOrHidden_GrantsNothing(string open, string close) =>
        Assert.Null(LicenceRecogniser.Recognise($"{open}{Mit}{close}"));

    [Theory]
    [InlineData("Acme Tools\n\nCopyright (c) 2011 Ann Lee. Portions Copyright (c) 2012 Bo Ek\n\n")]
    [InlineData("The MIT License\n\nCopyright (c) Acme, Inc. and its affiliates.\n\n")]
    [InlineData("MIT License\n\nCopyright (c) 2013-2023\nAnn Lee <ann at example dot org>\nBo Ek <bo@example.org>\n\n")]
    [InlineData("MIT License\n\n版权所有 (c) 2019 张伟\n\n")]
    [InlineData("<h1>MIT License</h1>\n<p>© 2020 Ann Lee et ses contributeurs</p>\n\n")]
    public void Recognise_WhatStandsBeforeALicence_IsMostlyATitle(string head) =>
        Assert.Equal("MIT", LicenceRecogniser.Recognise(head + Mit));

    [Fact]
    public void Recognise_Utf16_IsRead()
    {
        var encoding = System.Text.Encoding.Unicode;
        Assert.Equal("MIT", LicenceRecogniser.Recognise([.. encoding.GetPreamble(), .. encoding.GetBytes(Mit)]));
    }

    [Theory]
    [InlineData("/* Use of this file is limited to chips made by Acme. */")]
    [InlineData("/* This header may only be used with Acme boards. */")]
    [InlineData("/* Copyright 2019 Acme. Use of this software is governed by the Acme Software License\n * included in the /LICENSE"
        + " file. */")]
    [InlineData("/* The licence in the root folder does not cover this file. */")]
    [InlineData("/* @license Acme Enterprise */")]
    [InlineData("/* License: see LICENSE.vendor */")]
    [InlineData("/* Alle rechten voorbehouden; verspreiden is verboden. */")]
    [InlineData("/* Распространение без разрешения автора запрещено. */")]
    [InlineData("/* 未经许可不得转载 */")]
    [InlineData("/* Licensed under the Apache License, Version 2.0 for use with Acme Cloud. */")]
    [InlineData("/* Will be MIT licensed from 2031 on. */")]
    [InlineData("/* Use of this source code is governed by an MIT-style license with field-of-use limits. */")]
    [InlineData("/* Permission to use this software is granted to the members of the club. */")]
    [InlineData("/* SPDX-License-Identifier: MIT\n * SPDX-LicenseComments: but not for the tables below, which are licensed to Acme"
        + " only\n */")]
    [InlineData("/* SPDX-License-Identifier: MIT\n * AND LicenseRef-Acme\n */")]
    [InlineData("/* REUSE-IgnoreStart\n * SPDX-License-Identifier: MIT\n * REUSE-IgnoreEnd\n * Licensed to Acme only.\n */")]
    public void Find_AHeadThatIsNotUnderstood_WithholdsWhateverLiesBeside(string head)
    {
        _folder.Write("LICENSE", Mit);
        Assert.False(Permissive.Allows(Find($"{head}\nint f(void) {{ return 1; }}\n")));
    }

    [Theory]
    [InlineData("/* This file is part of Oak. Licensed under the MIT License. See LICENSE in the project root for details. */")]
    [InlineData("/* Use of this source code is governed by an MIT-style\n * license that can be found in the LICENSE file. */")]
    [InlineData("/* Oak is released under the MIT license (see LICENSE.txt). Go to the home page for more info. */")]
    [InlineData("/**\n * @license Oak v3.1.4\n * Copyright (c) Acme, Inc. and its affiliates.\n * This source code is licensed under"
        + " the MIT license found"
        + " in the\n * LICENSE file in the root directory of this source tree.\n */")]
    [InlineData("/* oak\n * Copyright(c) 2010 Ann Lee <ann@example.org>\n * MIT Licensed\n */")]
    [InlineData("/* This is free software; you can redistribute it and/or modify it under the terms of the MIT license. */")]
    [InlineData("/* Copyright (C) Ann Lee, <ann@example.org>, et al.\n * This software is licensed as described in the file COPYING, which\n"
        + " * you should have received as part of this distribution. */")]
    [InlineData("/* Sorts values in place; the caller must not use them before. */")]
    [InlineData("/* Licensed to the Oak Foundation under one or more agreements.\n * The Oak Foundation licenses this file to you"
        + " under the MIT license. */")]
    public void Find_AHeadThatIsUnderstood_LeavesTheLicence(string head)
    {
        _folder.Write("LICENSE", Mit);
        Assert.Equal("MIT", Find($"{head}\nint f(void) {{ return 1; }}\n"));
    }

    [Theory]
    [InlineData("__license__ = \"Proprietary\"\n", "NOASSERTION")]
    [InlineData("__license__ = \"GPLv3\"\n", "GPL-3.0-only")]
    [InlineData("__license__ = [\"MIT\", \"Acme Commercial\"]\n", "NOASSERTION")]
    [InlineData("__copyright__ = \"2019 Acme. Not for redistribution.\"\n", "NOASSERTION")]
    [InlineData("\"\"\"Adds.\n\n:license: restricted to staff\n\"\"\"\n", "NOASSERTION")]
    [InlineData("__license__ = \"MIT\"\n", "MIT")]
    public void Find_LicenceThatCodeAssigns_Counts(string head, string expected)
    {
        _folder.Write("LICENSE", Mit);
        Assert.Equal(expected, Find($"{head}\ndef f():\n    return 1\n", "a.py"));
    }

    [Fact]
    public void Find_TagsInTextsAndOfSnippets_GrantNothing()
    {
        Assert.Null(Find("char *head =\n\"\\\n SPDX-License-Identifier: MIT\\n\";\n"));
        Assert.Null(Find("int f(void) { return 1; }\n/* SPDX-License-Identifier: MIT */\n"));
        Assert.False(Permissive.Allows(Find(
            "/* SPDX-SnippetBegin\n * SPDX-License-Identifier: MIT\n * SPDX-SnippetEnd */\nint f(void) { return 1; }\n")));
        Assert.Equal("MIT", Find("/* SPDX-License-Identifier: MIT */\nint f(void) { return 1; }\n"));
    }

    [Theory]
    [InlineData("Free for non-commercial use. For commercial use contact us.\n\n## License\n\nMIT\n")]
    [InlineData("## License\n\nFrom version 4 on Oak is under the Functional Source License.\n")]
    [InlineData("> This project may not be used by companies without a support plan.\n")]
    [InlineData("## 许可证\n\n未经授权不得商用。\n")]
    [InlineData("The code is for research purposes only.\n")]
    public void Find_AReadmeThatWithholds_CountsBesideALicenceFile(string readme)
    {
        _folder.Write("LICENSE", Mit);
        _folder.Write("README.md", "# Oak\n\n" + readme);
        Assert.False(Permissive.Allows(Find("int f(void) { return 1; }\n")));
    }

    [Theory]
    [InlineData("MIT © [Ann Lee](https://example.org)", "MIT")]
    [InlineData("Oak is [MIT licensed](./LICENSE).", "MIT")]
    [InlineData("Licensed under either of\n\n * Apache License, Version 2.0 ([LICENSE-APACHE](LICENSE-APACHE))\n * MIT license\n\nat"
        + " your option.",
        "MIT OR Apache-2.0")]
    [InlineData("Oak was once MIT licensed.", null)]
    [InlineData("Code generated by Oak may be used under the MIT License.", null)]
    [InlineData("The logo is licensed under the MIT License.", null)]
    public void Find_AReadmeAlone_GrantsWhatItsSectionSays(string section, string? expected)
    {
        _folder.Write("README.md", $"# Oak\n\n## License\n\n{section}\n");
        var found = Find("int f(void) { return 1; }\n");
        Assert.Equal(expected, Permissive.Allows(found) ? found : null);
    }

    [Fact]
    public void Find_AFileThatOffersAChoice_IsNoLicenceOfItsOwn()
    {
        _folder.Write("LICENSE", "This software is made available under the terms of *either* of the licenses found in LICENSE-MIT or"
            + " LICENSE-APACHE.\n");
        _folder.Write("LICENSE-MIT", Mit);
        _folder.Write("LICENSE-APACHE", LicenceTruthTests.Texts["Apache-2.0"]);
        Assert.Equal("MIT OR Apache-2.0", Find("int f(void) { return 1; }\n"));
    }

    [Theory]
    [InlineData("Please obtain a license from the authors for use of this software.")]
    [InlineData("Use of this code is subject to licensing.")]
    [InlineData("官网 https://oak.example，未经许可禁止商用")]
    [InlineData("MIT */ /* not for redistribution")]
    public void Find_AHeadOfHarmlessWords_CanWithhold(string head)
    {
        _folder.Write("LICENSE", Mit);
        Assert.False(Permissive.Allows(Find($"/* {head} */\nint f(void) {{ return 1; }}\n")));
    }

    [Theory]
    [InlineData("Released under the Microsoft Reciprocal License.")]
    [InlineData("Hippocratic License")]
    [InlineData("Oak includes a number of subcomponents with separate copyright notices and license terms")]
    [InlineData("Parts of this software are licensed under the MIT License.")]
    [InlineData("")]
    [InlineData("\u0001")]
    [InlineData("Copyright (c) 2020 Ann Lee")]
    public void Recognise_OddTexts_GrantNothing(string text) => Assert.False(Permissive.Allows(LicenceRecogniser.Recognise(text)));

    [Fact]
    public void Recognise_AnAddressAmongWordsWithoutBlanks_HidesNothing() =>
        Assert.Null(LicenceRecogniser.Recognise($"{Mit}\n本软件禁止商业使用，商业授权请联系：sales@example.com\n"));

    [Fact]
    public void Recognise_AChoiceThatIsTakenBack_IsNone() => Assert.False(Permissive.Allows(LicenceRecogniser.Recognise(
        $"Licensed under either of these licenses.\n{Mit}\nOnly customers may choose the first.\n{LicenceTruthTests.Texts["GPL-3.0-only"]}")));

    [Theory]
    [InlineData(" ")]
    [InlineData("\n")]
    [InlineData("<style>")]
    [InlineData("a@b ")]
    [InlineData("SPDX-License-Identifier: ")]
    [InlineData("permission is hereby granted free of charge ")]
    [InlineData("## ")]
    public async Task Find_HostileTexts_TakeLittleTime(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 200_000 / part.Length));
        foreach (var name in (string[])["LICENSE", "README.md", "NOTICE", "COPYRIGHT"])
        {
            _folder.Write(name, name == "README.md" ? $"# Oak\n\n## License\n\n{text}" : $"SPDX-License-Identifier:{text} patents");
        }

        var search = Task.Run(() => Find($"/* LICENSE{text} */\n"));
        Assert.Same(search, await Task.WhenAny(search, Task.Delay(TimeSpan.FromSeconds(60))));
    }

    [Fact]
    public void Find_ANoticeOfABundledPart_IsNotTheLicenceOfTheWhole()
    {
        _folder.Write("NOTICE", $"This product contains oak.js:\n\n{Mit}");
        Assert.Null(Find("int f(void) { return 1; }\n"));
    }

    private string? Find(string text, string path = "a.c") =>
        new LicenceFinder(_folder.Root).Find(path, System.Text.Encoding.UTF8.GetBytes(text))?.Spdx;
}
