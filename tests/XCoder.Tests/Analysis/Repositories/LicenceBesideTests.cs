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

    private static string Comment(string text) => string.Concat(text.Split('\n').Select(line => $"# {line}\n")) + Code;

    private string? Find(string text) =>
        new LicenceFinder(_folder.Root).Find("a.py", System.Text.Encoding.UTF8.GetBytes(text))?.Spdx;
}
