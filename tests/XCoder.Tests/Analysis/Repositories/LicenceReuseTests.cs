using System.Diagnostics;
using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Licences;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>REUSE 3.3: REUSE.toml, dep5, files beside others, texts in LICENSES.</summary>
public sealed class LicenceReuseTests : IDisposable
{
    private const string Tagged = "// SPDX-License-Identifier: MIT\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("lib/**", "lib/a/b.c", true)]
    [InlineData("lib/*", "lib/a/b.c", false)]
    [InlineData("lib/*", "lib/b.c", true)]
    [InlineData("*.c", "b.c", true)]
    [InlineData("*.c", "lib/b.c", false)]
    [InlineData("**.c", "lib/b.c", true)]
    [InlineData("**/b.c", "b.c", true)]
    [InlineData("**/b.c", "lib/a/b.c", true)]
    [InlineData("**/b.c", "lib/ab.c", false)]
    [InlineData("lib/\\\\*.c", "lib/b.c", false)]
    [InlineData("lib/\\\\*.c", "lib/*.c", true)]
    [InlineData("LIB/**", "lib/b.c", false)]
    [InlineData("lib/b.c", "lib/b_c", false)]
    [InlineData("../**", "b.c", false)]
    public void Find_Path_MatchesAsTheSpecificationSays(string glob, string path, bool expected)
    {
        _folder.Write("REUSE.toml", Rule(glob, "ISC"));
        Assert.Equal(expected ? "ISC" : null, Find(path));
    }

    [Theory]
    [InlineData("closest", Tagged, "MIT")]
    [InlineData("closest", "", "ISC")]
    [InlineData("aggregate", Tagged, "MIT AND ISC")]
    [InlineData("override", Tagged, "ISC")]
    [InlineData("Override", Tagged, "NOASSERTION")]
    public void Find_Precedence_TellsWhatCounts(string precedence, string text, string expected)
    {
        _folder.Write("REUSE.toml", Rule("**", "ISC", $"precedence = \"{precedence}\"\n"));
        Assert.Equal(expected, Find("a/b.c", text));
    }

    [Fact]
    public void Find_SeveralFiles_TheClosestCountsUnlessOneAboveOverrides()
    {
        _folder.Write("REUSE.toml", Rule("**", "ISC") + Rule("a/over/**", "Zlib", "precedence = \"override\"\n")
            + Rule("a/with/**", "0BSD", "precedence = \"aggregate\"\n"));
        _folder.Write("a/REUSE.toml", Rule("**", "MIT"));
        Assert.Equal(["ISC", "MIT", "Zlib", "MIT AND 0BSD"],
            ((string[])["x.c", "a/x.c", "a/over/x.c", "a/with/x.c"]).Select(path => Find(path)).Select(Sorted));
        Assert.Equal(new Licence("MIT", "a/REUSE.toml"), new LicenceFinder(_folder.Root).Find("a/x.c", ""u8));

        static string? Sorted(string? spdx) => spdx is "0BSD AND MIT" ? "MIT AND 0BSD" : spdx;
    }

    [Fact]
    public void Find_TheLastTableThatMatches_Counts()
    {
        _folder.Write("REUSE.toml", Rule("**", "MIT") + Rule("a/*", "LicenseRef-Oak") + "[[annotations]]\npath = [\"b/*\", \"c/*\"]\n"
            + "SPDX-License-Identifier = [\"MIT\", \"GPL-2.0-only\"]\n");
        Assert.Equal(["MIT", "LicenseRef-Oak", "MIT AND GPL-2.0-only"], ((string[])["x.c", "a/x.c", "c/x.c"]).Select(path => Find(path)));
    }

    [Theory]
    [InlineData("version = 1\n[[annotations]\npath = \"**\"\nSPDX-License-Identifier = \"MIT\"\n")]
    [InlineData("[[annotations]]\npath = \"**\"\nSPDX-License-Identifier = \"MIT\"\nSPDX-License-Identifier = \"ISC\"\n")]
    [InlineData("[[annotations]]\nSPDX-License-Identifier = \"MIT\"\n")]
    [InlineData("[[annotations]]\npath = \"**\"\nSPDX-License-Identifier = 1\n")]
    [InlineData("[[annotations]]\npath = \"**\"\nSPDX-License-Identifier = \"MIT\"\nSPDX-FileComment = \"for members only\"\n")]
    [InlineData("[[annotations]]\npath = \"**\"\nprecedence = \"nearest\"\nSPDX-License-Identifier = \"MIT\"\n")]
    public void Find_BrokenOrNarrowRules_AreUnknown(string text)
    {
        _folder.Write("LICENSE", LicenceTruthTests.Texts["MIT"]);
        _folder.Write("REUSE.toml", text);
        Assert.Equal("NOASSERTION", Find("a.c"));
    }

    [Theory]
    [InlineData("# [[annotations]]\n# path = \"**\"\n# SPDX-License-Identifier = \"MIT\"\n")]
    [InlineData("note = '''\n[[annotations]]\npath = \"**\"\nSPDX-License-Identifier = \"MIT\"\n'''\n")]
    [InlineData("[[annotations]]\npath = \"**\"\nSPDX-FileCopyrightText = \"2020 Oak\"\n")]
    public void Find_WhatIsNoRule_SaysNothing(string text)
    {
        _folder.Write("REUSE.toml", text);
        Assert.Null(Find("a.c"));
    }

    [Fact]
    public void Find_AHeadThatWithholds_IsNotOverruled()
    {
        _folder.Write("REUSE.toml", Rule("**", "MIT", "precedence = \"override\"\n"));
        _folder.Write("a.c.license", "SPDX-License-Identifier: MIT\n");
        Assert.Equal("MIT", Find("a.c", "// The a of oak.\n"));
        Assert.Equal("NOASSERTION", Find("a.c", "// Proprietary and confidential. Do not distribute.\n"));
        Assert.Equal("GPL-3.0-or-later", Find("b.c", "// Licensed under the GNU General Public License, version 3 or later.\n"));
    }

    [Theory]
    [InlineData("Files: *\nCopyright: Oak\nLicense: MIT\n", "MIT")]
    [InlineData("Files: *\nLicense: ISC\n\nFiles: src/* doc/?.md\n  x\nLicense: MIT\n", "MIT")]
    [InlineData("Files: src/*\nLicense: MIT\n\nFiles: *\nLicense: LicenseRef-Oak\n", "LicenseRef-Oak")]
    [InlineData("Files: *\nLicense: MIT and GPL-2+\n", "MIT AND GPL-2.0-or-later")]
    [InlineData("Files: *\nLicense: Expat\n For schools alone.\n", "NOASSERTION")]
    [InlineData("Files: *\nLicense: Oak Terms\n", "NOASSERTION")]
    [InlineData("Files: *\nLicense MIT\nCopyright: Oak\n", "NOASSERTION")]
    [InlineData("Files: *\nLicense: MIT\n\nLicense: MIT\n Only under an oak.\n", "NOASSERTION")]
    [InlineData("Files: doc/*\nLicense: MIT\n", null)]
    public void Find_Dep5(string paragraphs, string? expected)
    {
        _folder.Write(".reuse/dep5", "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n" + paragraphs);
        Assert.Equal(expected, Find("src/deep/a.c"));
        Assert.Equal(expected is null or "NOASSERTION" or ['M', ..] ? expected ?? "MIT" : $"MIT AND {expected}",
            Find("src/deep/a.c", Tagged));
    }

    [Theory]
    [InlineData("SPDX-License-Identifier: CC-BY-NC-4.0\n", "CC-BY-NC-4.0")]
    [InlineData("SPDX-FileCopyrightText: 2020 Oak\nSPDX-License-Identifier: ISC\n", "ISC")]
    [InlineData("SPDX-License-Identifier: ISC\n\nOnly under an oak.\n", "NOASSERTION")]
    [InlineData("Ask the oak.\n", "NOASSERTION")]
    [InlineData("", "MIT")]
    public void Find_FileBeside_GoesBeforeTheHead(string beside, string expected)
    {
        _folder.Write("a.c.license", beside);
        Assert.Equal(expected, Find("a.c", Tagged));
        Assert.Equal("MIT", Find("b.c", Tagged));
    }

    [Fact]
    public void Find_TextsAlone_GrantNothing()
    {
        _folder.Write("LICENSES/MIT.txt", LicenceTruthTests.Texts["MIT"]);
        Assert.Equal("NOASSERTION", Find("a.c"));
        Assert.Equal("MIT", Find("a.c", Tagged));
        _folder.Write("LICENSES/GPL-3.0-only.txt", LicenceTruthTests.Texts["GPL-3.0-only"]);
        Assert.Equal("MIT AND GPL-3.0-only", Find("a.c"));
    }

    [Theory]
    [InlineData("Oak Terms. Look, but do not touch.\n")]
    [InlineData("ISC")]
    [InlineData("MIT+Only for members of the oak.\n")]
    public void Find_ATextThatIsAnother_MakesItsIdUnknown(string text)
    {
        _folder.Write("LICENSES/MIT.txt", LicenceTruthTests.Texts.TryGetValue(text, out var other) ? other
            : text.Replace("MIT+", LicenceTruthTests.Texts["MIT"] + "\n\n", StringComparison.Ordinal));
        Assert.Equal("NOASSERTION", Find("a.c", Tagged));
        Assert.Equal("ISC", Find("a.c", "// SPDX-License-Identifier: ISC\n"));
    }

    [Theory]
    [InlineData("[[annotations]]\npath=\"**a*\"\nSPDX-License-Identifier=\"MIT\"\n")]
    [InlineData("[[annotations]]\n")]
    [InlineData("[a.")]
    [InlineData("\"**")]
    public void Find_AMegabyteOfRules_CostsLittle(string part)
    {
        _folder.Write("REUSE.toml", string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)));
        _folder.Write("a/REUSE.toml", Rule(string.Concat(Enumerable.Repeat("**a", 150)), "MIT"));
        var (clock, finder) = (Stopwatch.StartNew(), new LicenceFinder(_folder.Root));
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal("NOASSERTION", finder.Find("a/" + new string('a', 200) + i, ""u8)?.Spdx);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), clock.Elapsed.ToString());
    }

    private static string Rule(string glob, string spdx, string more = "") =>
        $"[[annotations]]\npath = \"{glob}\"\n{more}SPDX-FileCopyrightText = \"2020 Oak\"\nSPDX-License-Identifier = \"{spdx}\"\n\n";

    private string? Find(string path, string text = "") => new LicenceFinder(_folder.Root).Find(path, Encoding.UTF8.GetBytes(text))?.Spdx;
}
