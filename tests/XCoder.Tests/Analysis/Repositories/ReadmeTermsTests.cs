using XCoder.Agents.Licences;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Licences;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>What READMEs, and other files that people shall read, say beside an MIT licence.</summary>
public sealed class ReadmeTermsTests : IDisposable
{
    private static readonly LicencePolicy Permissive = LicencePolicy.Parse("permissive");
    private readonly TemporaryFolder _folder = new();

    public ReadmeTermsTests() => _folder.Write("LICENSE", LicenceTruthTests.Texts["MIT"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("## License\n\nOur logo is MIT, the rest stays with the bakery.\n")]
    [InlineData("## License\n\n| Folder | License |\n|---|---|\n| client | MIT |\n| server | by contract |\n")]
    [InlineData("<h3>Licence</h3><p>Reading is free. Running it costs.</p>\n")]
    [InlineData("<details><summary>Terms</summary>\nNo one outside the choir may perform or copy this code.\n</details>\n")]
    [InlineData("License: MIT. Shops may not resell it.\n")]
    [InlineData("![l](https://img.shields.io/badge/license-AGPL_v3-blue)\n")]
    [InlineData("![l](https://img.shields.io/badge/Licence-see_our_lawyer-red.svg)\n")]
    [InlineData("## Price\n\n| Choir | 20 € |\n\nWithout a ticket you are not allowed to use this code.\n")]
    [InlineData("The project was relicensed under AGPL-3.0 in March.\n")]
    [InlineData("> You must not use any part of this repository to train a model.\n")]
    [InlineData("My exam work. Please don't copy this code, it is published for my tutor only.\n")]
    [InlineData("## Lizenz\n\nNur für Mitglieder des Chors.\n")]
    [InlineData("## Licence\n\nMIT, mais pas pour les écoles privées.\n")]
    [InlineData("## Licens\n\nMIT, men inte för skolor.\n")]
    [InlineData("## Лицензия\n\nТолько для хора.\n")]
    [InlineData("## 许可证\n\n仅限合唱团使用。\n")]
    [InlineData("## ライセンス\n\n合唱団だけが使えます。\n")]
    [InlineData("## Lisensi\n\nHanya untuk anggota paduan suara.\n")]
    [InlineData("## Giấy phép\n\nChỉ dành cho dàn hợp xướng.\n")]
    [InlineData("## الترخيص\n\nللجوقة فقط.\n")]
    [InlineData("If you contribute code to this project, you are implicitly allowing your code to be distributed under the AGPL license.")]
    [InlineData("## Licence\n\nIf you contribute code to this project, you are implicitly allowing your code to be distributed under the GPL license.\n")]
    [InlineData("## Licence\n\nIf you contribute code to this project, you are implicitly allowing your code to be distributed under the MIT license, for members only.\n")]
    [InlineData("## Licence\n\nOnly if you contribute code to this project, you may distribute it under the MIT license.\n")]
    [InlineData("## Licence\n\nIf you contribute code to this project, you may use it under the MIT license. Others pay.\n")]
    [InlineData("## Licence\n\nIf you contribute code to this project, you are implicitly allowing your code to be distributed under the MIT license. The code itself is not for sale.\n")]
    [InlineData("## Licence\n\nIf you don't contribute code to this project, you are not allowed to distribute it under the MIT license.\n")]
    [InlineData("## Licence\n\nUnless you contribute code to this project, you are not permitted to use it.\n")]
    [InlineData("## Licence\n\nIf you contribute code to this project, you are implicitly allowing your code to be distributed under the MIT license and a commercial one.\n")]
    [InlineData("## Licence\n\nIf you contribute code to this project, you are implicitly allowing your code to be distributed under the Bakery license.\n")]
    [InlineData("Breadbox\n\nlicense\nNot for companies.\n")]
    [InlineData("- Fast\n- Small\n\nlicense\n\nNot for companies.\n")]
    [InlineData("- Fast\n\n  license\n\n  Bakers only, others pay.\n")]
    [InlineData("# Breadbox\n\n- Fast,\n  license\n  for bakers only. You may not use this code elsewhere.\n")]
    [InlineData("- Fast under a free\n  license\n- Small\n\n## License\n\nNot for companies.\n")]
    [InlineData("- Fast under a free\n  license\n- Small\n\nLicense\n\nBakers only, others pay.\n")]
    [InlineData("- Fast under a free\n  license\n- Small\n\nLicense\n=======\n\nNot for companies.\n")]
    [InlineData("- Fast under a free\n  license\n- This code may not be sold\n")]
    [InlineData("* Fast\n  License:\n  Not for companies.\n")]
    [InlineData("- Fast under a free\n  license\n- You must not use this code for weapons\n")]
    public void Find_AReadmeThatTakesBack_CountsBesideTheLicence(string text)
    {
        _folder.Write("README.md", "# Choir\n\nSings.\n\n" + text);
        Assert.False(Permissive.Allows(Find("a.py")?.Spdx), Find("a.py")?.Spdx);
    }

    [Theory]
    [InlineData("## License\n\nMIT\n")]
    [InlineData("## License\n\n[MIT](LICENSE) © Ann Lee\n")]
    [InlineData("## License\n\nChoir is licensed under the MIT license. See [LICENSE](LICENSE).\n")]
    [InlineData("## License\n\nReleased under MIT. Feel free to use, modify and share it.\n")]
    [InlineData("[![License: MIT](https://img.shields.io/badge/License-MIT-yellow.svg)](LICENSE)\n")]
    [InlineData("![l](https://img.shields.io/npm/l/choir.svg) ![m](https://img.shields.io/github/license/a/b)\n")]
    [InlineData("## Lizenz\n\nDieses Projekt steht unter der MIT-Lizenz.\n")]
    [InlineData("## Licence\n\nCe projet est sous licence MIT, voir LICENSE.\n")]
    [InlineData("## Licencia\n\nEste proyecto está bajo la licencia MIT.\n")]
    [InlineData("## Лицензия\n\nMIT. Подробности в файле LICENSE.\n")]
    [InlineData("## 许可证\n\n本项目采用 MIT 许可证。\n")]
    [InlineData("## ライセンス\n\nMIT ライセンスです。\n")]
    [InlineData("## Usage\n\nYou can use it with any choir, but only if all of them are in tune.\n")]
    [InlineData("Get professional support for this package with a subscription of ours. We deliver commercial support and maintenance.\n")]
    [InlineData("## Permissions\n\nThe program needs permission to write into the folder.\n")]
    [InlineData("Features:\n\n* Sings in special halls for less than general choirs\n* Open-source code under the permissive MIT License\n\nManual parameters:\n\n* Any number of voices\n")]
    [InlineData("## License\n\nMIT\n\nIf you contribute code to this project, you are implicitly allowing your code to be distributed under the MIT license.\n")]
    [InlineData("If you contribute code to this project, you are implicitly allowing your code to be distributed under the MIT license.\n")]
    public void Find_AReadmeThatRepeatsTheLicence_LeavesIt(string text)
    {
        _folder.Write("README.md", "# Choir\n\nSings.\n\n" + text);
        Assert.Equal("MIT", Find("a.py")?.Spdx);
    }

    [Fact]
    public void Find_ATitleWithAWordThatNarrows_IsNoTerm()
    {
        _folder.Write("README.md", "# Form-Data\n\n## License\n\nForm-Data is released under the MIT license.\n");
        Assert.Equal("MIT", Find("a.py")?.Spdx);
    }

    [Theory]
    [InlineData("README.de.md", "## Lizenz\n\nNur für den Chor.\n")]
    [InlineData("LISEZMOI.txt", "Licence\n-------\n\nRéservé aux membres.\n")]
    [InlineData("CONFIDENTIAL", "This code is confidential.\n")]
    [InlineData("REVOKED.md", "I hereby revoke the licence of this code.\n")]
    [InlineData("ЛИЦЕНЗИЯ.txt", "Распространение запрещено.\n")]
    [InlineData("使用须知.txt", "禁止商业使用。\n")]
    [InlineData("CITATION.cff", "cff-version: 1.2.0\ntitle: choir\nlicense: CC-BY-NC-4.0\n")]
    [InlineData("codemeta.json", "{\"name\": \"choir\", \"license\": \"https://spdx.org/licenses/AGPL-3.0-only\"}\n")]
    public void Find_AnotherFileThatTakesBack_CountsBesideTheLicence(string name, string text)
    {
        _folder.Write(name, text);
        Assert.False(Permissive.Allows(Find("a.py")?.Spdx), Find("a.py")?.Spdx);
    }

    [Theory]
    [InlineData("CHANGELOG.md", "## 2.0\n\nThe licence check must not run without permission.\n")]
    [InlineData("INSTALL", "You must not install this package without root permission.\n")]
    [InlineData("NOTES.txt", "The parser is not allowed to read any token twice.\n")]
    [InlineData("README.de.md", "## Lizenz\n\nMIT\n")]
    public void Find_AnotherFileThatSaysNothingOfTerms_LeavesTheLicence(string name, string text)
    {
        _folder.Write(name, text);
        Assert.Equal("MIT", Find("a.py")?.Spdx);
    }

    [Fact]
    public void Find_AReadmeOfAFolder_CountsForThatFolder()
    {
        _folder.Write("kernel/README", "These files were taken from elsewhere and are under the GPL, version 2.\n");
        Assert.False(Permissive.Allows(Find("kernel/a.c")?.Spdx));
        Assert.Equal("MIT", Find("a.c")?.Spdx);
    }

    [Fact]
    public void Find_DebiansList_CountsForTheFilesItNames()
    {
        _folder.Write("debian/copyright", "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: *\nCopyright: 2019 Ann\n"
            + "License: Expat\n\nFiles: organ/*\nCopyright: 2002 Cedar\nLicense: Cedar\n May not be changed.\n");
        Assert.False(Permissive.Allows(Find("organ/a.c")?.Spdx));
        Assert.Equal("MIT", Find("a.c")?.Spdx);
    }

    private Licence? Find(string path) => new LicenceFinder(_folder.Root).Find(path, "def f():\n    return 1\n"u8);
}
