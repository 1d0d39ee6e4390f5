using XCoder.Agents.Licences;
using XCoder.Analysis.Repositories.Licences;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>What stands beside a licence, in its file, in a header or in a README, and how it is weighed.</summary>
public sealed class LicenceBesideTests : IDisposable
{
    private const string Code = "def f():\n    return 1\n";

    private static readonly LicencePolicy Permissive = LicencePolicy.Parse("permissive");
    private static readonly string Mit = LicenceTruthTests.Texts["MIT"];
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("https://bakery.example/eula")]
    [InlineData("https://creativecommons.org/licenses/by-nd/4.0/")]
    [InlineData("GPL-2.0")]
    [InlineData("Oven Community License")]
    [InlineData("Dual License")]
    [InlineData("Nearly-MIT License")]
    [InlineData("oven/*.c:")]
    [InlineData("Files: *.rs")]
    [InlineData("See CONDITIONS.md")]
    [InlineData("<p title=\"For private bakers\">")]
    public void Find_ALineBeforeALicence_CanTakeItBack(string line)
    {
        _folder.Write("LICENSE", $"{line}\n\n{Mit}");
        Assert.False(Permissive.Allows(Find(Code)), Find(Code));
    }

    [Theory]
    [InlineData("https://opensource.org/licenses/MIT")]
    [InlineData("Oven")]
    [InlineData("https://github.com/ann/oven")]
    [InlineData("The MIT License (MIT)")]
    public void Find_ALineBeforeALicence_IsMostlyATitle(string line)
    {
        _folder.Write("LICENSE", $"{line}\n\n{Mit}");
        Assert.Equal("MIT", Find(Code));
    }

    [Theory]
    [InlineData("Bakers only.")]
    [InlineData("A loaf costs 3 EUR.")]
    [InlineData("Changes must be disclosed.")]
    [InlineData("Valid until 2031.")]
    [InlineData("Some of it is GPL.")]
    [InlineData("Change Date: 2031")]
    [InlineData("see PRICES.md")]
    [InlineData("Except for use in bakeries.")]
    [InlineData("Not for sale in Norway.")]
    public void Find_ASentenceBesideANoticeInAHeader_CanTakeItBack(string sentence)
    {
        foreach (var between in (string[])["\n", " ", "\n\n"])
        {
            Assert.False(Permissive.Allows(Find(Comment($"Licensed under the MIT license.{between}{sentence}"))), between + sentence);
        }

        Assert.False(Permissive.Allows(Find(Comment(Mit + "\n\n" + sentence))), sentence);
    }

    [Theory]
    [InlineData("This module bakes bread.")]
    [InlineData("Baking of bread: see bake() for what it does.")]
    [InlineData("Author: Ann Lee <ann@example.org>")]
    [InlineData("https://github.com/ann/oven")]
    public void Find_ADescriptionBesideANotice_LeavesIt(string sentence) =>
        Assert.Equal("MIT", Find(Comment($"Licensed under the MIT license.\n\n{sentence}")));

    [Theory]
    [InlineData("No permission is hereby granted")]
    [InlineData("Modified MIT License, school edition\n\nPermission is hereby granted")]
    public void Find_AHeaderThatHoldsATextWithAWordMore_IsNoLicence(string beginning) =>
        Assert.False(Permissive.Allows(Find(Comment(Mit.Replace("Permission is hereby granted", beginning, StringComparison.OrdinalIgnoreCase)))));

    [Theory]
    [InlineData("# Checks that files are under the MIT License.\n")]
    [InlineData("\"\"\"Prepends 'Licensed under the Apache License, Version 2.0' to files.\"\"\"\n")]
    public void Find_AHeaderThatMentionsALicence_GrantsNothing(string head) => Assert.Null(Find(head + Code));

    [Theory]
    [InlineData("Subject to the CDDL.")]
    [InlineData("Under the EUPL")]
    [InlineData("Sustainable Use License")]
    [InlineData("Same licence as Bread itself")]
    [InlineData("Unpublished source code")]
    [InlineData("Property of Bakery")]
    [InlineData("May be used only when embedded in an oven.")]
    public void Find_AHeaderThatRestricts_CountsBesideTheLicence(string head)
    {
        _folder.Write("LICENSE", Mit);
        Assert.False(Permissive.Allows(Find(Comment(head))), Find(Comment(head)));
    }

    [Theory]
    [InlineData("This file is not part of the Breadbox package. It may not be copied.")]
    [InlineData("This file belongs to the Bakery. You may not sell it.")]
    [InlineData("Part of Breadbox. Bakers only.")]
    [InlineData("This file is part of Breadbox. Not for companies.")]
    [InlineData("Confidential.")]
    [InlineData("Internal use only.")]
    [InlineData("This file is part of the Breadbox package. All use needs a ticket.")]
    [InlineData("This file is part of Breadbox, which is licensed under the Bakery License.")]
    [InlineData("Licensed under the AGPL.")]
    [InlineData("This file is proprietary.")]
    public void Find_ASentenceAboveACopyrightLine_CanTakeBackTheHintBelow(string sentence) =>
        Assert.NotEqual("MIT", Find($"/*\n * {sentence}\n * (c) Ada Baker <ada@example.org>\n *\n * For the full copyright and license information, please view"
            + $" the LICENSE\n * file that was distributed with this source code.\n */\n{Code}") ?? "MIT");

    [Theory]
    [InlineData("This file is part of the Breadbox package.")]
    [InlineData("This file is part of Breadbox.")]
    public void Find_ANameAboveACopyrightLine_LeavesTheHintBelow(string sentence) =>
        Assert.Null(Find($"/*\n * {sentence}\n * (c) Ada Baker <ada@example.org>\n *\n * For the full copyright and license information, please view"
            + $" the LICENSE\n * file that was distributed with this source code.\n */\n{Code}"));

    [Theory]
    [InlineData("Business Source License 1.1, Change License: MIT")]
    [InlineData("Becomes MIT in 2031.")]
    [InlineData("Oven Community License, based on MIT")]
    [InlineData("CC0 (recipes), all rights reserved (oven)")]
    [InlineData("[MIT](LICENSE-COMMERCIAL.md)")]
    [InlineData("[MIT](https://creativecommons.org/licenses/by-nc/4.0/)")]
    [InlineData("MIT (free loaf)")]
    [InlineData("Baked at MIT")]
    [InlineData("MIT?")]
    [InlineData("Oven is licensed under the MIT License as long as you bake below 100 loaves.")]
    [InlineData("Oven is licensed under the MIT License for kids.")]
    public void Find_AReadmeSectionAlone_GrantsNothingInPassing(string section)
    {
        _folder.Write("README.md", $"# oven\n\n## License\n\n{section}\n");
        Assert.False(Permissive.Allows(Find(Code)), Find(Code));
    }

    [Fact]
    public void Find_AnExampleInAReadme_GrantsNothing()
    {
        _folder.Write("README.md", "# oven\n\n## Example\n\n    ## License\n\n    MIT\n");
        Assert.Null(Find(Code));
    }

    [Fact]
    public void Find_AReadmeThatPraisesItsLicence_IsUnderstood()
    {
        _folder.Write("README.md", "# oven\n\n## License\n\nMIT: no hidden costs, no restrictions.\n");
        Assert.Equal("MIT", Find(Code));
    }

    [Fact]
    public void Find_StringsThatPythonJoins_AreOne()
    {
        _folder.Write("setup.py", "setup(name=\"oven\", license=\"MIT\"\n    \" for private bakers\")\n");
        Assert.False(Permissive.Allows(Find(Code)));
    }

    [Theory]
    [InlineData("MIT*/ # NC only")]
    [InlineData("MIT --> for private bakers")]
    public void Find_TextBehindATag_IsReadWithIt(string value) =>
        Assert.False(Permissive.Allows(Find($"# SPDX-License-Identifier: {value}\n{Code}")));

    [Fact]
    public void Find_ADualLicenceInWords_IsAChoice() =>
        Assert.Equal("MIT OR GPL-2.0-only", Find(Comment("Dual licensed under the MIT or GPL Version 2 licenses.")));

    [Theory]
    [InlineData("eslint: not for sale")]
    [InlineData("clang-format of the bread is free, its use costs 7 EUR")]
    [InlineData("istanbul: except in Norway")]
    [InlineData("pylint: members only")]
    [InlineData("This edition of the oven is for those bakers who have paid the yearly dues of the guild and its halls.")]
    [InlineData("The grant above holds for the tables in the first half of this file, and the second half stays with the guild.")]
    [InlineData("The MIT text above is kept for history, and since the second edition of the oven it says nothing to anybody.")]
    [InlineData("Whoever bakes more than a hundred loaves a day with this oven owes us a tenth of what they bring.")]
    [InlineData("Companies with more than ten ovens have to come to the hall and sign the big paper before they bake.")]
    [InlineData("Until the guild says so in writing this piece of the oven stays inside of the hall and goes nowhere.")]
    public void Find_AParagraphBelowANotice_CanQualifyIt(string paragraph)
    {
        Assert.False(Permissive.Allows(Find(Comment($"Licensed under the MIT license.\n\n{paragraph}"))), paragraph);
        Assert.False(Permissive.Allows(Find(Comment($"{Mit}\n\n{paragraph}"))), paragraph);
    }

    [Theory]
    [InlineData("go:build linux && !arm")]
    [InlineData("eslint-disable no-unused-vars")]
    [InlineData("vim: set ts=4 sw=4 et:")]
    [InlineData("Handles this exception: the oven is cold.")]
    [InlineData("The head of the exception hierarchy.")]
    [InlineData("Various loaves and helpers for them")]
    public void Find_AParagraphBelowANotice_MostlyDescribes(string paragraph) =>
        Assert.Equal("MIT", Find(Comment($"Licensed under the MIT license.\n\n\n{paragraph}")));

    [Fact]
    public void Find_AnotherCommentBelowANotice_IsAParagraphOfItsOwn() =>
        Assert.Equal("MIT", Find("/*\n * Copyright 2020 Ann Lee\n * License: MIT\n */\n\n/**\n * Many loaves, and what belongs to them.\n */\n"));

    [Theory]
    [InlineData("Copyright: Ann Lee 2019-2024\nPurpose: loaves and their crusts\nLicense: https://www.boost.org/LICENSE_1_0.txt", "BSL-1.0")]
    [InlineData("@copyright 2019 Ann Lee\n@license MIT\n@module crust", "MIT")]
    [InlineData("Copyright 2019-today Ann Lee ann@example.org\n\nLicensed under the MIT license.", "MIT")]
    [InlineData("oven4j copyright (c) 2019 Ann Lee ann@example.org\n\nLicensed under the MIT license.", "MIT")]
    [InlineData("Copyright (C) 1999 Ann Lee\nFor conditions of distribution and use, see copyright notice in zlib.h", "Zlib")]
    [InlineData("Copyright 2019 Ann Lee\nDistributed under MIT license.\nSee file LICENSE for detail or copy at"
        + " https://opensource.org/licenses/MIT", "MIT")]
    public void Find_LinesOfAHead_AreUnderstood(string head, string expected) => Assert.Equal(expected, Find(Comment(head)));

    [Theory]
    [InlineData("Copyright: Ann Lee 2019\nPurpose: teaching only\nLicense: MIT")]
    [InlineData("Copyright: Ann Lee 2019\nDescription: not for bakeries\nLicense: MIT")]
    [InlineData("Copyright: Ann Lee 2019\nPurpose: use by Bob\nLicense: MIT")]
    [InlineData("Copyright: Ann Lee 2019\nFile: ask me first\nLicense: MIT")]
    [InlineData("Original: licensed under the MIT license.\nChanges: Copyright 2022 Bakery Inc.")]
    [InlineData("Original code is licensed under the MIT license.\nThe rest is private.")]
    [InlineData("Regarding copyright ownership: Ann Lee. Two loaves per household.\nLicensed under the MIT license.")]
    public void Find_LinesOfAHead_CanWithhold(string head) => Assert.False(Permissive.Allows(Find(Comment(head))), head);

    [Fact]
    public void Find_TheHeadOfAFoundation_IsUnderstood() => Assert.Equal("Apache-2.0", Find(Comment("""
        Licensed to the Apache Software Foundation (ASF) under one
        or more contributor license agreements. See the NOTICE file
        distributed with this work for additional information
        regarding copyright ownership. The ASF licenses this file
        to you under the Apache License, Version 2.0 (the
        "License"); you may not use this file except in compliance
        with the License. You may obtain a copy of the License at

          http://www.apache.org/licenses/LICENSE-2.0

        Unless required by applicable law or agreed to in writing,
        software distributed under the License is distributed on an
        "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY
        KIND, either express or implied. See the License for the
        specific language governing permissions and limitations
        under the License.
        """)));

    [Theory]
    [InlineData("## License\n\n1. MIT\n2. for bakeries with more than 10 ovens: talk to sales\n")]
    [InlineData("| Part | License |\n|---|---|\n| crust | MIT |\n| crumb | Commercial |\n")]
    [InlineData("| Module | Since | Licence |\n|:--|--|--|\n| crust | 1 | MIT |\n| crumb | 2 | GPL-3.0 |\n")]
    [InlineData("<table><tr><th>Part</th><th>License</th></tr><tr><td>crust</td><td>MIT</td></tr><tr><td>crumb</td>"
        + "<td>Proprietary</td></tr></table>")]
    [InlineData("You can copy the files to other ovens only with a licence from us.\n")]
    [InlineData("> **Warning** this code must not leave our company\n")]
    [InlineData("Licensed under MIT. As of version 3, the BSL applies.\n")]
    [InlineData("## FAQ\n\n**May I bake with it at work?**\n\nNo, only at home, unless you bought a licence.\n")]
    public void Find_AReadme_CanTakeBackWhatAFileGrants(string text)
    {
        _folder.Write("LICENSE", Mit);
        _folder.Write("README.md", "# oven\n\n" + text);
        Assert.False(Permissive.Allows(Find(Code)), text);
    }

    [Theory]
    [InlineData("| Part | License |\n|---|---|\n| crust | MIT |\n| crumb | MIT License |\n")]
    [InlineData("## Dependencies\n\n| Package | License |\n|---|---|\n| flour | GPL-3.0 |\n")]
    [InlineData("If you don't want to install it, you can copy the built files from the release.\n")]
    [InlineData("On Debian-based distributions you can use `apt install oven`.\n")]
    public void Find_AReadme_MayTalk(string text)
    {
        _folder.Write("LICENSE", Mit);
        _folder.Write("README.md", "# oven\n\n" + text);
        Assert.Equal("MIT", Find(Code));
    }

    [Theory]
    [InlineData("Libpng", "the libpng license")]
    [InlineData("libpng-2.0", "PNG Reference Library License version 2")]
    [InlineData("Unicode-3.0", "Unicode License v3")]
    [InlineData("WTFPL", "WTFPL")]
    [InlineData("Python-2.0", null)]
    [InlineData("PSF-2.0", "PSF")]
    public void Find_ALicenceOfFewProjects_IsKnownByItsTextAndName(string id, string? name)
    {
        _folder.Write("LICENSE", LicenceTruthTests.Texts[id]);
        Assert.Equal(id, Find(Code));
        Assert.Equal(name is null ? null : id, name is null ? null : LicenceNames.Of(name));
    }

    [Theory]
    [InlineData("project")]
    [InlineData("work")]
    public void Find_AReadmeWithTheNoticeOfApache_MayCallTheWorkOtherwise(string name)
    {
        _folder.Write("README.md", "# oven\n\n## License\n\n" + ApacheNotice.Replace("this file", "this " + name, StringComparison.Ordinal));
        Assert.Equal("Apache-2.0", Find(Code));
    }

    [Fact]
    public void Find_TheNoticeInPlaceOfTheAppendix_BelongsToTheLicence()
    {
        var text = LicenceTruthTests.Texts["Apache-2.0"];
        var end = text.IndexOf("END OF TERMS AND CONDITIONS", StringComparison.OrdinalIgnoreCase);
        _folder.Write("LICENSE", text[..end] + "END OF TERMS AND CONDITIONS\n\nCopyright 2021 Ann Lee\n\n" + ApacheNotice);
        Assert.Equal("Apache-2.0", Find(Code));
    }

    [Theory]
    [InlineData("Bakery.  Licensed under the rules of the guild.")]
    [InlineData("Licensed under seal.")]
    public void Find_WordsInPlaceOfTheAppendix_AreNoNotice(string words)
    {
        var text = LicenceTruthTests.Texts["Apache-2.0"];
        var end = text.IndexOf("END OF TERMS AND CONDITIONS", StringComparison.OrdinalIgnoreCase);
        _folder.Write("LICENSE", text[..end] + "END OF TERMS AND CONDITIONS\n\n" + words + "\n" + ApacheNotice);
        Assert.False(Permissive.Allows(Find(Code)), words);
    }

    private const string ApacheNotice = """
        Licensed under the Apache License, Version 2.0 (the "License");
        you may not use this file except in compliance with the License.
        You may obtain a copy of the License at

            http://www.apache.org/licenses/LICENSE-2.0

        Unless required by applicable law or agreed to in writing, software
        distributed under the License is distributed on an "AS IS" BASIS,
        WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
        See the License for the specific language governing permissions and
        limitations under the License.
        """;

    private static string Comment(string text) => string.Concat(text.Split('\n').Select(line => $"# {line}\n")) + Code;

    private string? Find(string text) =>
        new LicenceFinder(_folder.Root).Find("a.py", System.Text.Encoding.UTF8.GetBytes(text))?.Spdx;
}
