using System.Text;
using XCoder.Agents.Licences;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Licences;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>A mention is no grant: what restricts, withholds or cannot be read never comes out as permissive.</summary>
public sealed class LicenceTruthTests : IDisposable
{
    private static readonly LicencePolicy Permissive = LicencePolicy.Parse("permissive");
    internal static Dictionary<string, string> Texts { get; } = ReadTexts();

    // Sentences that people add to a permissive text, and words that they put into one.
    private static readonly string[] Restrictions =
    [
        "You may not sell the Software or offer it as a hosted service.", "The grant of rights will not include the right to Sell.",
        "Non-commercial use only.",
        "Companies with more than fifty employees need a paid plan.", "Free for evaluation purposes; buy a key for production.",
        "For academic research only.",
        "Commercial use requires a separate agreement with the author.", "This software is proprietary and confidential.",
        "Use is subject to the Example Enterprise Agreement.",
        "The logo must stay on every page.", "Redistribution is prohibited without written consent.",
        "No military use.",
        "Competing products are excluded from this grant.", "Additional terms apply to the folder ee.",
        "This grant expires after one year.", "Contact sales for other uses.",
        "Change Date: 2029-01-01. Change License: Apache License, Version 2.0", "Commons Clause License Condition v1.0",
        "Prior permission of the author is required for each use.",
        "Provided that you pay the yearly fee.", "Not for use in the European Union.", "Users of the hosted edition accept the EULA.",
        "Private, personal use.",
    ];

    private static readonly (string From, string To)[] Exchanges =
    [
        ("for any purpose", "for any noncommercial purpose"), ("for any purpose", "for any research purpose"),
        ("to use copy modify", "to privately use copy modify"),
        ("to any person obtaining", "to any individual customer who paid for obtaining"),
        ("are permitted provided", "are permitted for internal evaluation provided"),
        ("to deal in the software without restriction", "to deal in the software for educational use"),
    ];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> PermissiveIds =>
        [.. Texts.Keys.Where(id => LicenceText.ClassOf(id) == LicenceClass.Permissive && id != "JSON").Distinct()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(PermissiveIds))]
    public void Recognise_PermissiveTextWithARestriction_IsUnknown(string id)
    {
        var words = Texts[id].Replace(" * ", " ");
        Assert.Equal(id, LicenceRecogniser.Recognise(words));
        foreach (var restriction in Restrictions)
        {
            var middle = words.IndexOf(' ', words.Length / 2);
            foreach (var text in (string[])[$"{restriction}\n\n{words}", $"{words}\n\n{restriction}",
                $"{words[..middle]} {restriction} {words[middle..]}"])
            {
                Assert.False(Permissive.Allows(LicenceRecogniser.Recognise(text)), $"{id} with '{restriction}': {LicenceRecogniser.Recognise(text)}");
            }
        }

        foreach (var (from, to) in Exchanges.Where(exchange => words.Contains(exchange.From, StringComparison.Ordinal)))
        {
            Assert.False(Permissive.Allows(LicenceRecogniser.Recognise(words.Replace(from, to))),
                $"{id} with '{to}': {LicenceRecogniser.Recognise(words.Replace(from, to))}");
        }
    }

    [Theory]
    [MemberData(nameof(PermissiveIds))]
    public void Recognise_PermissiveTextWithHoldersAndLayout_IsItself(string id)
    {
        var words = Texts[id].Replace(" * ", " ");
        var lines = string.Join("\n", words.Split(' ').Chunk(11).Select(chunk => " *  " + string.Join(' ', chunk)));
        Assert.Equal(id,
            LicenceRecogniser.Recognise(
                $"/*\n * Copyright (c) 2019-2024 Example Research Ltd. All rights reserved.\n * Portions "
                    + $"copyright 2011 Somebody <a@example.org>\n *\n{lines}\n */\n"));
        Assert.Equal(id, LicenceRecogniser.Recognise($"<h1>License</h1>\n<p>{words.ToUpperInvariant()}</p>\n<!-- do not edit -->"));
    }

    [Theory]
    [InlineData("Business Source License 1.1\n\nLicensor: Example\nChange License: MPL 2.0 and Apache License, Version 2.0\n", "BUSL-1.1")]
    [InlineData("Parameters\n\nLicensor: Example Inc.\nChange License: Mozilla Public License 2.0\n\nLicense text copyright (c) 2020 "
        + "MariaDB.\n\nBusiness Source License 1.1\n\nTerms\n", "BUSL-1.1")]
    [InlineData("# Functional Source License, Version 1.1, MIT Future License\n\nwe hereby grant you an "
        + "additional license under the MIT license\n", "FSL-1.1-MIT")]
    [InlineData("Server Side Public License\nVERSION 1, OCTOBER 16, 2018\n", "SSPL-1.0")]
    [InlineData("Elastic License 2.0\n\nAcceptance. By using the software, you agree. See also the Apache License, Version 2.0.",
        "Elastic-2.0")]
    [InlineData("BigScience OpenRAIL-M\n\nSection I. Like the Apache License, Version 2.0, this one ...", null)]
    [InlineData("Example Software Licence\n\nAll rights reserved. The product contains parts under the MIT License and the Apache License, "
        + "Version 2.0. You may not copy it.", null)]
    [InlineData("Thing is under a modified version of the Apache License 2.0. Logos stay. http://www.apache.org/licenses/LICENSE-2.0",
        null)]
    [InlineData("Licensed under the MIT License, except for the folder ee.", null)]
    [InlineData("This project is licensed under the MIT License. See LICENSE for details.", "MIT")]
    [InlineData("Licensed under the Apache License, Version 2.0", "Apache-2.0")]
    [InlineData("MIT", "MIT")]
    public void Recognise_ShortText_SaysWhatItGrants(string text, string? expected) => Assert.Equal(expected, LicenceRecogniser.Recognise(text));

    [Theory]
    [InlineData("Your use of these subcomponents is subject to the terms of the following licenses. For lib/x you may not remove the name.", "Apache-2.0")]
    [InlineData("Commercial use of the product needs a subscription.", null)]
    public void Recognise_LicencesOfParts_LeaveThatOfTheWhole(string parts, string? expected) =>
        Assert.Equal(expected, LicenceRecogniser.Recognise(
            $"{Texts["Apache-2.0"]}\n\nSOFTWARE DISTRIBUTED WITH THING:\n\nThe Thing software includes a number of subcomponents with separate copyright notices and license terms. {parts}"));

    [Fact]
    public void Recognise_SeveralLicences_HoldTogetherUnlessTheTextGivesAChoice()
    {
        var (mit, apache, gpl) = (Texts["MIT"], Texts["Apache-2.0"], Texts["GPL-3.0-only"]);
        Assert.Equal("MIT AND Apache-2.0", LicenceRecogniser.Recognise($"The core:\n{apache}\n\nlib/json:\n{mit}"));
        Assert.Equal("MIT OR Apache-2.0", LicenceRecogniser.Recognise($"Licensed under either of the two at your option.\n{apache}\n\n{mit}"));
        Assert.Equal("MIT AND GPL-3.0-only", LicenceRecogniser.Recognise($"{gpl}\n\nlib/json:\n{mit}"));
        Assert.False(
            Permissive.Allows(
                LicenceRecogniser.Recognise($"Licensed under either of the two; only customers may choose the first.\n{mit}\n\n{gpl}")));
    }

    [Theory]
    [InlineData("// This program is free software; you can redistribute it under the terms of the GNU General Public License\n// as "
        + "published by the Free Software Foundation; either version 2 of the License, or (at your option) any later version.\nint x;\n",
        "GPL-2.0-or-later")]
    [InlineData("/* under the terms of the GNU General Public License version 2 as\n * published by the Free Software Foundation. */\n",
        "GPL-2.0-only")]
    [InlineData("# GNU Lesser General Public License v2.1 or later\nx = 1\n", "LGPL-2.1-or-later")]
    [InlineData("#!/bin/sh\n# Distributed under version 3 of the GNU Affero General Public License.\n", "AGPL-3.0-only")]
    [InlineData("--[[\nACME Corp. Proprietary and confidential.\n]]\n", "NOASSERTION")]
    [InlineData("\"\"\"\nCopyright Example. Unauthorized copying of this file is strictly prohibited.\n\"\"\"\n", "NOASSERTION")]
    [InlineData("package a;\n\n/*\n * Copyright 2020 Example. No part of this file may be reproduced without permission.\n */\n",
        "NOASSERTION")]
    [InlineData("<?php\n/**\n * This file is subject to the Mozilla Public License, v. 2.0. subject to the "
        + "terms of the Mozilla Public License, v. 2.0\n */\n", "MPL-2.0")]
    [InlineData("// Licensed under the MIT license.\n", "MIT")]
    [InlineData("# Licensed under the Apache License, Version 2.0 (the \"License\");\n# you may not use this file except in compliance with the "
        + "License.\n", "Apache-2.0")]
    [InlineData("# Licensed under the Apache License, Version 2.0; in addition, you may not use this file for weapons.\n", "NOASSERTION")]
    [InlineData("// Not licensed under the MIT license.\n", "NOASSERTION")]
    [InlineData("// CONFIDENTIAL AND PROPRIETARY. Contains code licensed under the Apache License, Version 2.0.\n", "NOASSERTION")]
    [InlineData("// License: MIT (noncommercial use only)\n", "NOASSERTION")]
    [InlineData("/* Copyright Foo. All rights reserved.\n *\n * This source code is licensed under the MIT license found in the LICENSE file. */\n", "MIT")]
    [InlineData("// 仅供内部使用\n", "NOASSERTION")]
    [InlineData("// Use of this source code is governed by a BSD-style license that can be found in the LICENSE file.\n", "MIT")]
    [InlineData("x = \"Proprietary and confidential\"\n", "MIT")]
    [InlineData("// Encrypts confidential values.\n", "MIT")]
    public void Find_NoticeAtTheHead_CountsWhereItIsStricter(string head, string expected)
    {
        _folder.Write("LICENSE", Texts["MIT"]);
        Assert.Equal(expected, Find("src/a.c", head)?.Spdx);
    }

    [Fact]
    public void Find_MildNoticeInAStrictFolder_DoesNotSoftenIt()
    {
        _folder.Write("LICENSE", "Business Source License 1.1\n\nLicensor: Example\n");
        Assert.Equal("BUSL-1.1", Find("a.c", "// Licensed under the MIT license.\n")?.Spdx);
        Assert.Equal("MIT", Find("a.c", "// SPDX-License-Identifier: MIT\n")?.Spdx);
        _folder.Write("sub/COPYING", Texts["GPL-3.0-only"]);
        Assert.Equal("GPL-3.0-or-later", Find("sub/a.c", "// GNU General Public License, version 3 or later\n")?.Spdx);
    }

    [Theory]
    [InlineData("A.csproj",
        "<Project><PropertyGroup><PackageLicenseExpression>Apache-2.0</PackageLicenseExpression></PropertyGroup></Project>", "Apache-2.0")]
    [InlineData("pom.xml",
        "<project xmlns='http://maven.apache.org/POM/4.0.0'><licenses><license><name>The Apache Software "
            + "License, Version 2.0</name></license></licenses></project>", "Apache-2.0")]
    [InlineData("pom.xml",
        "<!DOCTYPE p [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><project><licenses><license><name>&a;</name></license></licenses></project>",
        "NOASSERTION")]
    [InlineData("x.gemspec", "Gem::Specification.new do |spec|\n  spec.licenses = ['MIT', \"GPL-2.0-only\"]\nend\n", "MIT AND GPL-2.0-only")]
    [InlineData("x.podspec", "Pod::Spec.new do |s|\n  s.license = { :type => 'BSD-3-Clause', :file => 'LICENSE' }\nend\n", "BSD-3-Clause")]
    [InlineData("setup.cfg", "[metadata]\nname = x\nlicense = Apache 2.0\n", "Apache-2.0")]
    [InlineData("setup.cfg", "[metadata]\nclassifiers =\n    License :: OSI Approved :: MIT License\n    Topic :: X\n", "MIT")]
    [InlineData("setup.py", "setup(name='x', license='GPLv3+')\n", "GPL-3.0-or-later")]
    [InlineData("pyproject.toml",
        "[project]\nlicense = {file = \"LICENSE\"}\nclassifiers = [\"License :: OSI Approved :: ISC License (ISCL)\"]\n", "ISC")]
    [InlineData("DESCRIPTION", "Package: x\nLicense: GPL (>= 2) | BSD_3_clause + file LICENSE\n", "GPL-2.0-or-later OR BSD-3-Clause")]
    [InlineData("x.cabal", "name: x\nlicense: BSD2\n", "BSD-2-Clause")]
    [InlineData("package.json", "{\"license\": \"UNLICENSED\"}", "NOASSERTION")]
    [InlineData("package.json", "{\"license\": \"BSD\"}", "BSD")]
    public void Find_LicenceFieldOfAManifest_IsRead(string name, string text, string? expected)
    {
        _folder.Write(name, text);
        Assert.Equal(expected, Find("src/a.c", "")?.Spdx);
    }

    [Fact]
    public void Find_LicenceFieldAsLongAsAFile_IsUnknownAndCostsLittle()
    {
        // An expression that looks for white space around a sign would take hours.
        var blanks = new string(' ', 1_000_000);
        _folder.Write("package.json", $"{{\"license\": \"MIT{blanks}MIT\"}}");
        _folder.Write("ruby/a.gemspec", $"s.license = 'MIT'{blanks}");
        _folder.Write("text/LICENSE", string.Concat(Enumerable.Repeat("<!-- non-", 25_000)));
        Assert.Equal("NOASSERTION", Find("src/a.js", "")?.Spdx);
        Assert.Equal("MIT", Find("ruby/a.rb", "")?.Spdx);
        Assert.Equal("NOASSERTION", Find("text/a.c", "")?.Spdx);
    }

    [Fact]
    public void Find_ManifestBesideALicenceFile_TheStricterCounts()
    {
        _folder.Write("LICENSE", Texts["MIT"]);
        _folder.Write("package.json", "{\"license\": \"SEE LICENSE IN LICENSE\"}");
        _folder.Write("bsd/LICENSE", Texts["BSD-3-Clause"]);
        _folder.Write("bsd/pom.xml", "<project><licenses><license><name>BSD License</name></license></licenses></project>");
        _folder.Write("paid/package.json", "{\"license\": \"UNLICENSED\"}");
        _folder.Write("free/package.json", "{\"license\": \"AGPL-3.0-or-later\"}");
        _folder.Write("cran/DESCRIPTION", "Package: x\nLicense: GPL-3 + file LICENSE\n");
        _folder.Write("cran/LICENSE", "YEAR: 2024\nCOPYRIGHT HOLDER: Somebody\n");
        _folder.Write("later/COPYING", Texts["LGPL-3.0-only"]);
        _folder.Write("later/Cargo.toml", "[package]\nlicense = \"LGPL-3.0-or-later\"\n");

        Assert.Equal(["NOASSERTION", "AGPL-3.0-or-later", "GPL-3.0-only", "LGPL-3.0-or-later"],
            ((string[])["paid/a.js", "free/a.js", "cran/a.r", "later/a.rs"]).Select(path => Find(path, "")?.Spdx));
    }

    [Fact]
    public void Find_Reuse_FollowsItsRules()
    {
        _folder.Write("LICENSES/MIT.txt", Texts["MIT"]);
        _folder.Write("LICENSES/GPL-3.0-only.txt", Texts["GPL-3.0-only"]);
        _folder.Write("REUSE.toml",
            "version = 1\n\n[[annotations]]\npath = [\"docs/**\", \"*.py\"]\nSPDX-FileCopyrightText = \"2024 "
                + "X\"\nSPDX-License-Identifier = \"MIT\"\n");
        _folder.Write("deep/b.py.license", "SPDX-License-Identifier: Apache-2.0\n");

        Assert.Equal(new Licence("MIT", "REUSE.toml"), Find("a.py", ""));
        Assert.Equal("MIT", Find("docs/x/y.py", "")?.Spdx);
        Assert.Equal(new Licence("Apache-2.0", "deep/b.py.license"), Find("deep/b.py", ""));
        Assert.Equal("MIT AND GPL-3.0-only", Find("deep/c.py", "")?.Spdx);
        Assert.Equal("ISC", Find("deep/c.py", "# SPDX-License-Identifier: ISC\n")?.Spdx);
    }

    // Nobody can list what restricts in every language and every way to say it: what is left of a text must be known to be harmless.
    [Theory]
    [InlineData("Gewerbliche Nutzung nur mit Genehmigung.")]
    [InlineData("L'usage commercial est soumis à autorisation.")]
    [InlineData("Uso comercial solo con permiso.")]
    [InlineData("Utilizzo solo per scopi personali.")]
    [InlineData("Только для учебных целей.")]
    [InlineData("仅限个人学习使用。")]
    [InlineData("商用の場合はご連絡ください。")]
    [InlineData("상업적 이용 금지")]
    [InlineData("للاستخدام الشخصي")]
    [InlineData("केवल व्यक्तिगत उपयोग के लिए")]
    [InlineData("Hands off, friends.")]
    [InlineData("Derivatives come under these words again.")]
    [InlineData("Ends on 1 May 2031.")]
    [InlineData("Licensee: Example AG, twelve workplaces.")]
    [InlineData("A postcard is mandatory.")]
    [InlineData("Folder core: another licence.")]
    [InlineData("<!-- Not for resale -->")]
    [InlineData("N o t  f o r  s a l e")]
    public void Recognise_TextWithAForeignSentence_IsUnknown(string sentence)
    {
        foreach (var id in (string[])["MIT", "ISC", "BSD-2-Clause", "Apache-2.0"])
        {
            var words = Texts[id].Replace(" * ", " ");
            foreach (var text in (string[])[$"{sentence}\n\n{words}", $"{words}\n{sentence}\n", $"Copyright (c) 2024 Jane Roe. {sentence}\n\n{words}"])
            {
                Assert.Null(LicenceRecogniser.Recognise(text));
            }
        }
    }

    [Theory]
    [InlineData("MIT", "copy modify merge publish distribute sublicense and or sell copies", "read")]
    [InlineData("MIT", " and or sell copies", " copies")]
    [InlineData("MIT", "modify merge", "merge")]
    [InlineData("MIT", "without restriction", "with restriction")]
    [InlineData("MIT", "and or sell", "and or lend")]
    [InlineData("MIT", "above copyright notice and this", "above copyright notice the source code and this")]
    [InlineData("ISC", "use copy modify", "use copy")]
    [InlineData("BSD-3-Clause", "in source and binary forms", "in source form")]
    [InlineData("Zlib", "including commercial applications", "excluding commercial applications")]
    [InlineData("Apache-2.0", "sublicense and distribute the work and such", "distribute the work and such")]
    [InlineData("Apache-2.0", "perpetual worldwide", "one year worldwide")]
    public void Recognise_TextWithAnotherGrant_IsUnknown(string id, string from, string to)
    {
        var words = Texts[id].Replace(" * ", " ");
        Assert.Contains(from, words, StringComparison.Ordinal);
        Assert.Null(LicenceRecogniser.Recognise(words.Replace(from, to)));
    }

    [Theory]
    [InlineData("EULA.txt")]
    [InlineData("NOTICE")]
    [InlineData("COMMONS-CLAUSE.md")]
    [InlineData("LICENSE-COMMERCIAL")]
    [InlineData("LICENSE.addendum")]
    [InlineData("LICENSE2")]
    [InlineData("ADDITIONAL_TERMS.md")]
    [InlineData("LICENSE_DE.md")]
    [InlineData("LIZENZ.txt")]
    [InlineData("TERMS-OF-USE.md")]
    [InlineData("USE_POLICY.md")]
    [InlineData("COPYRIGHT")]
    public void Find_TermsInASecondFile_AreNotOverlooked(string name)
    {
        _folder.Write("LICENSE", Texts["MIT"]);
        _folder.Write(name, "Selling this, or any other commercial use, needs a contract with Example AG.\n");
        Assert.Equal("NOASSERTION", Find("a.c", "")?.Spdx);
    }

    [Theory]
    [InlineData("LICENSE", "AGPL-3.0-only", "LICENSE-MIT")]
    [InlineData("LICENSE", "MPL-2.0", "LICENSE.examples")]
    [InlineData("LICENSE-BUSL", "BUSL-1.1", "LICENSE-MIT")]
    [InlineData("LICENSE", "CC-BY-NC-4.0", "MIT-LICENSE.txt")]
    public void Find_AStrictTextBesideAPermissive_IsNoChoice(string strict, string id, string permissive)
    {
        _folder.Write(strict, Texts[id]);
        _folder.Write(permissive, Texts["MIT"]);
        Assert.False(Permissive.Allows(Find("a.c", "")?.Spdx), Find("a.c", "")?.Spdx);
    }

    [Theory]
    [InlineData("// Non-commercial use only.\n")]
    [InlineData("# For academic use only\n")]
    [InlineData("/* License: GPLv2 */\n")]
    [InlineData("/** @license AGPL-3.0 */\n")]
    [InlineData("// Lizenz: proprietär\n")]
    [InlineData("// License: CC BY-NC 4.0\n")]
    [InlineData("// Licensed under the Elastic License 2.0\n")]
    [InlineData("// Use is governed by the Example EULA.\n")]
    [InlineData("// This file is GPL.\n")]
    [InlineData("// MIT, but not in commercial products.\n")]
    [InlineData("// You may not copy this.\n")]
    [InlineData("// Server Side Public License, version 1\n")]
    [InlineData("// SPDX-License-Identifier: MIT\n// Commercial use requires a key.\n")]
    [InlineData("// SPDX-License-Identifier: MIT\n// SPDX-License-Identifier: GPL-3.0-only\n")]
    [InlineData("// SPDX-License-Identifier: MIT AND\n//   GPL-3.0-only\n")]
    [InlineData("// SPDX-License-Identifier: MIT, not for sale\n")]
    [InlineData("// SPDX-License-Identifier: MIT WITH Commons-Clause\n")]
    [InlineData("// Только для некоммерческого использования.\n")]
    public void Find_AHeadThatWithholds_CountsBesideAPermissiveText(string head)
    {
        _folder.Write("LICENSE", Texts["MIT"]);
        Assert.False(Permissive.Allows(Find("a.c", head + "int f(void) { return 1; }\n")?.Spdx), Find("a.c", head)?.Spdx);
    }

    [Theory]
    [InlineData("// Use of this source code is governed by a BSD-style license that can be found in the LICENSE file.\n")]
    [InlineData("// This source code is licensed under the MIT license found in the LICENSE file in the root directory.\n")]
    [InlineData("/** @license React v18 */\n")]
    [InlineData("// License: see LICENSE\n")]
    [InlineData("// License: MIT (see LICENSE)\n")]
    [InlineData("// License: https://opensource.org/licenses/MIT\n")]
    [InlineData("// Copyright (c) 2020 Jane Roe. All rights reserved.\n")]
    [InlineData("// A parser for research papers and commercial invoices.\n")]
    [InlineData("// SPDX-License-Identifier: MIT\n")]
    public void Find_AHeadThatWithholdsNothing_LeavesThePermissiveText(string head)
    {
        _folder.Write("LICENSE", Texts["MIT"]);
        Assert.Equal("MIT", Find("a.c", head + "int f(void) { return 1; }\n")?.Spdx);
    }

    [Theory]
    [InlineData("package.json", "{\"license\": \"MIT WITH Commons-Clause\"}")]
    [InlineData("package.json", "{\"license\": [\"MIT\", \"AGPL-3.0\"]}")]
    [InlineData("Cargo.toml", "[package]\nlicense = \"MIT\"\nlicense-file = \"TERMS\"\n")]
    [InlineData("a.csproj", "<Project><PropertyGroup><PackageLicenseFile>TERMS</PackageLicenseFile></PropertyGroup></Project>")]
    [InlineData("package.json", "{\"license\": \"ISC WITH Commons-Clause\"}")]
    [InlineData("pyproject.toml", "[project]\nlicense = \"LicenseRef-Proprietary\"\nclassifiers = [\"License :: OSI Approved :: MIT License\"]\n")]
    [InlineData("setup.py", "setup(license='MIT', classifiers=['License :: Free for non-commercial use'])")]
    public void Find_AManifestThatAsksForMore_CountsBesideAPermissiveText(string name, string text)
    {
        _folder.Write("LICENSE", Texts["MIT"]);
        _folder.Write("TERMS", "Pay before you sell.\n");
        _folder.Write(name, text);
        Assert.False(Permissive.Allows(Find("src/a.c", "")?.Spdx), Find("src/a.c", "")?.Spdx);
    }

    [Theory]
    [InlineData("# Thing\n\n## License\n\nThis project is licensed under the [MIT License](LICENSE).\n\n## Other\n", "MIT")]
    [InlineData("Thing\n=====\n\nLicense\n-------\n\nApache 2.0\n", "Apache-2.0")]
    [InlineData("# Thing\n\n## License\n\nMIT for personal use, otherwise ask us.\n", "NOASSERTION")]
    [InlineData("# Thing\n\nParts are licensed under the MIT License.\n", "NOASSERTION")]
    public void Find_ReadmeAlone_CountsIfItsSectionNamesOne(string readme, string? expected)
    {
        _folder.Write("README.md", readme);
        Assert.Equal(expected, Find("a.c", "")?.Spdx);
    }

    [Theory]
    [InlineData("README.md", "# Thing\n\n## License\n\nMIT for non-commercial use. Commercial use requires a paid licence.\n")]
    [InlineData("README.md", "# Thing\n\n## License\n\nMIT\n\n### Companies\n\nCompanies have to buy a commercial licence.\n\n## Other\n")]
    [InlineData("README.md", "# Thing\n\n## License\n\nProprietary. All rights reserved.\n")]
    [InlineData("COMMONS_CLAUSE_LICENSE.txt", "You may not Sell the Software.\n")]
    [InlineData("PolyForm-Noncommercial-1.0.0.md", "Any noncommercial purpose is a permitted purpose.\n")]
    [InlineData("许可协议.txt", "仅供学习\n")]
    [InlineData("COPYRIGHT", "You may not use, copy or modify this without a key.\n")]
    public void Find_WhatTakesBack_CountsBesideAPermissiveText(string name, string text)
    {
        _folder.Write("LICENSE", Texts["MIT"]);
        _folder.Write("package.json", "{\"license\": \"MIT\"}");
        Assert.Equal("MIT", Find("src/a.c", "")?.Spdx);
        _folder.Write(name, text);
        Assert.Equal("NOASSERTION", Find("src/a.c", "")?.Spdx);
    }

    [Theory]
    [InlineData("Copyright (c) 2024 Example Corp. All rights reserved.\n")]
    [InlineData("Docs are licensed under the MIT license.\n")]
    [InlineData("Copyright Example. All rights reserved. Bootstrap is licensed under the MIT license.\n")]
    [InlineData("MIT License for academic users. Ask us for more.\n")]
    public void Find_ShortText_GrantsNothing(string text)
    {
        _folder.Write("LICENSE", text);
        _folder.Write("package.json", "{\"license\": \"ISC\"}");
        Assert.False(Permissive.Allows(Find("src/a.c", "")?.Spdx), Find("src/a.c", "")?.Spdx);
    }

    [Fact]
    public void Find_SeveralManifests_AllCount()
    {
        _folder.Write("package.json", "{\"license\": \"MIT\"}");
        _folder.Write("pyproject.toml", "[project]\nlicense = \"MIT\"\n");
        Assert.Equal("MIT", Find("src/a.c", "")?.Spdx);
        _folder.Write("pyproject.toml", "[project]\nlicense = \"GPL-3.0-only\"\n");
        Assert.Equal("MIT AND GPL-3.0-only", Find("src/a.c", "")?.Spdx);
        _folder.Write("pyproject.toml", "[project]\nlicense = {text = \"Proprietary\"}\n");
        Assert.Equal("NOASSERTION", Find("src/a.c", "")?.Spdx);
    }

    [Theory]
    [InlineData("Copyright (c) 2024 张三 仅供学习使用")]
    [InlineData("Copyright (c) 2024 Example - For Internal Use")]
    [InlineData("Copyright (c) 2024 Beispiel, kommerzielle Nutzung untersagt")]
    public void Recognise_CopyrightLineThatTakesBack_IsUnknown(string line) =>
        Assert.Null(LicenceRecogniser.Recognise($"MIT License\n\n{line}\n\n{Texts["MIT"]}"));

    [Theory]
    [InlineData("// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception\n", "Apache-2.0 WITH LLVM-exception")]
    [InlineData("// SPDX-License-Identifier: GPL-2.0-only WITH Classpath-exception-2.0\n", "GPL-2.0-only WITH Classpath-exception-2.0")]
    [InlineData("// SPDX-License-Identifier: Apache-2.0 WITH NonCommercial-exception\n", "NOASSERTION")]
    public void Find_TagWithAnException_OnlyThoseThatAreSome(string head, string expected) => Assert.Equal(expected, Find("a.c", head)?.Spdx);

    private Licence? Find(string path, string text) => new LicenceFinder(_folder.Root).Find(path, Encoding.UTF8.GetBytes(text));

    private static Dictionary<string, string> ReadTexts()
    {
        var (texts, id) = (new Dictionary<string, string>(), "");
        foreach (var line in File.ReadLines(Path.Combine(TestPaths.Root, "src/XCoder.Analysis/Repositories/Licences/licences.txt")))
        {
            if (line is ['=', ' ', ..])
            {
                id = line[2..line.LastIndexOf(' ')];
            }
            else if (line is not (['#' or '+' or '-' or '!', ..]))
            {
                texts.TryAdd(id, line);
            }
        }

        return texts;
    }
}
