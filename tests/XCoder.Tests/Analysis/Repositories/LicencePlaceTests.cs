using XCoder.Agents.Licences;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Licences;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>Where licences stand, and how large their files are.</summary>
public sealed class LicencePlaceTests : IDisposable
{
    private const string Withheld = "Bakery code. Nobody outside the bakery may use or copy it.\n";

    private static readonly LicencePolicy Permissive = LicencePolicy.Parse("permissive");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("EULA.txt")]
    [InlineData("LICENSE-BAKERY")]
    [InlineData("README.md")]
    [InlineData("a.py.license")]
    [InlineData("package.json")]
    [InlineData("REUSE.toml")]
    [InlineData("debian/copyright")]
    [InlineData("legal/TERMS.md")]
    public void Find_AFileThatIsTooLarge_IsNotAbsent(string name)
    {
        _folder.Write("LICENSE", LicenceTruthTests.Texts["MIT"]);
        Assert.True(Permissive.Allows(Find("a.py")));
        _folder.Write(name, string.Concat(Enumerable.Repeat("Bread is baked at night.\n", 60_000)));
        Assert.False(Permissive.Allows(Find("a.py")), Find("a.py"));
    }

    [Theory]
    [InlineData("legal/LICENSE")]
    [InlineData("legal/eula.md")]
    [InlineData("license/license.txt")]
    [InlineData("LICENSE.d/bakery.txt")]
    [InlineData("licenses/COPYING")]
    [InlineData("licences/LicenseRef-Bakery.txt")]
    [InlineData("LICENSES/LicenseRef-Bakery.txt")]
    [InlineData("gpl.txt")]
    [InlineData("GPL")]
    [InlineData("lgpl-2.1.md")]
    [InlineData("GNU-AGPL.txt")]
    [InlineData(".LICENSE")]
    [InlineData("LICENSE.yaml")]
    [InlineData("tou.md")]
    [InlineData("legal/NDA.txt")]
    [InlineData("Terms of Service.txt")]
    [InlineData("docs/EULA.md")]
    [InlineData("doc/End-User-Agreement.txt")]
    [InlineData("NOTICE.proprietary")]
    [InlineData("LICENSE.DOC")]
    public void Find_TermsInAnotherPlace_CountBesideTheLicence(string name)
    {
        _folder.Write("LICENSE", LicenceTruthTests.Texts["MIT"]);
        _folder.Write(name, Withheld);
        Assert.False(Permissive.Allows(Find("a.py")), Find("a.py"));
    }

    [Theory]
    [InlineData("docs/LICENSE")]
    [InlineData("doc/COPYING")]
    public void Find_TermsBesideTheManual_CountWhereThereAreNoOthers(string name)
    {
        _folder.Write("package.json", "{\"license\":\"MIT\"}");
        _folder.Write(name, Withheld);
        Assert.False(Permissive.Allows(Find("a.js")), Find("a.js"));
        _folder.Write("LICENSE", LicenceTruthTests.Texts["MIT"]);
        Assert.Equal("MIT", Find("a.js"));
    }

    [Theory]
    [InlineData("licenses/LICENSE-oven.txt")]
    [InlineData("licenses/README.md")]
    [InlineData("license/oven.go")]
    [InlineData("legal/oven.py")]
    [InlineData("LICENSES/CC-BY-4.0.txt")]
    [InlineData("docs/terms.md")]
    [InlineData("docs/LICENSE")]
    public void Find_OtherFilesInSuchAFolder_SayNothingOfTheWhole(string name)
    {
        _folder.Write("LICENSE", LicenceTruthTests.Texts["MIT"]);
        _folder.Write(name, Withheld);
        Assert.Equal("MIT", Find("a.py"));
    }

    [Theory]
    [InlineData("licenses/MIT.txt")]
    [InlineData("license/license.txt")]
    [InlineData("legal/LICENSE")]
    public void Find_ALicenceInAFolderOfItsOwn_IsFound(string name)
    {
        _folder.Write(name, LicenceTruthTests.Texts["MIT"]);
        Assert.Equal("MIT", Find("a.py"));
    }

    private string? Find(string path) => new LicenceFinder(_folder.Root).Find(path, ""u8)?.Spdx;
}
