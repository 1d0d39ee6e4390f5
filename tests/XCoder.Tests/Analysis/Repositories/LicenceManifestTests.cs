using System.Diagnostics;
using System.Text;
using XCoder.Agents.Licences;
using XCoder.Analysis.Repositories.Licences;
using XCoder.Analysis.Repositories.Licences.Manifests;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>Licences of manifests in JSON, TOML, YAML, XML and lines of fields, and what counts beside a licence file.</summary>
public sealed class LicenceManifestTests : IDisposable
{
    private static readonly LicencePolicy Permissive = LicencePolicy.Parse("permissive");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("composer.json", """{"license": ["MIT", "GPL-2.0-or-later"]}""", "MIT OR GPL-2.0-or-later")]
    [InlineData("package.json", """{"license": ["MIT", "ISC"]}""", "MIT AND ISC")]
    [InlineData("elm.json", """{"license": "BSD-3-Clause"}""", "BSD-3-Clause")]
    [InlineData("META.json", """{"license": ["perl_5"]}""", "Artistic-1.0-Perl OR GPL-1.0-or-later")]
    [InlineData("META.json", """{"license": {"PostgreSQL": "https://www.postgresql.org/about/licence"}}""", "PostgreSQL")]
    [InlineData("Oak.podspec.json", """{"license": {"type": "MIT", "text": "Copyright 2020 Ada Oak"}}""", "MIT")]
    [InlineData("Cargo.toml", "[package]\nname = 'oak'\nlicense = 'Apache-2.0 OR MIT'\n", "Apache-2.0 OR MIT")]
    [InlineData("Cargo.toml", "[workspace.package]\nlicense = \"MIT\"\n", "MIT")]
    [InlineData("pyproject.toml", "project.license.text = 'BSD 3-Clause'\n", "BSD-3-Clause")]
    [InlineData("gleam.toml", "licences = ['MIT', 'Apache-2.0']\n", "MIT AND Apache-2.0")]
    [InlineData("Project.toml", "name = \"Oak\"\nlicense = \"MIT\"\n", "MIT")]
    [InlineData("META.yml", "---\nlicense: mit\nresources:\n  license: http://x.org\n", "MIT")]
    [InlineData("package.yaml", "name: oak\nlicense: \"BSD3\"\n", "BSD-3-Clause")]
    [InlineData("Chart.yaml", "name: oak\nannotations:\n  artifacthub.io/license: MIT\n", "MIT")]
    [InlineData("galaxy.yml", "license:\n  - MIT\n  - Apache-2.0\n", "MIT AND Apache-2.0")]
    [InlineData("oak.nuspec", "<package><metadata><licenseUrl>https://licenses.nuget.org/MIT</licenseUrl></metadata></package>", "MIT")]
    [InlineData("pom.xml",
        "<project><licenses><license><url>https://opensource.org/licenses/MIT</url></license></licenses></project>", "MIT")]
    [InlineData("pom.xml",
        "<project><licenses><license><name>MIT</name><comments>A friendly license</comments></license></licenses></project>",
        "MIT")]
    [InlineData("package.xml", "<package format='3'><license>MIT</license><license>Apache-2.0</license></package>", "MIT AND Apache-2.0")]
    [InlineData("setup.cfg", "[metadata]\nLicense: MIT License\n", "MIT")]
    [InlineData("dist.ini", "name = Oak\nlicense = Perl_5\n[Git]\nlicense = None\n", "Artistic-1.0-Perl OR GPL-1.0-or-later")]
    [InlineData("oak.spec", "Name: oak\nLicense: MIT and Apache-2.0\n%description\nx\n", "MIT AND Apache-2.0")]
    [InlineData("library.properties", "name=oak\nlicense=MIT\n", "MIT")]
    [InlineData("oak.cabal", "name: oak\n-- license: GPL\nLicense:\n    BSD-2-Clause\n", "BSD-2-Clause")]
    public void Read_AField(string name, string text, string expected) => Assert.Equal(expected, Read(name, text)?.Spdx);

    [Theory]
    [InlineData("Cargo.toml", "[package]\ndescription = '''\nlicense = \"MIT\"\n'''\n")]
    [InlineData("Cargo.toml",
        "# [package]\n# license = \"MIT\"\n[dependencies]\nlicense = { version = \"1\" }\n[package.metadata]\nlicense = 'MIT'\n")]
    [InlineData("package.yaml", "name: oak\n#license: MIT\ndescription: |\n  license: MIT\n")]
    [InlineData("package.json", """{"config": {"license": "MIT"}, "keywords": ["license", "MIT"]}""")]
    [InlineData("a.csproj", "<Project><!-- <PackageLicenseExpression>MIT</PackageLicenseExpression> --></Project>")]
    [InlineData("pom.xml", "<project><build><licenses><license><name>MIT</name></license></licenses></build></project>")]
    [InlineData("setup.cfg", "[bdist_rpm]\nlicense = MIT\n[metadata]\n; license = MIT\n# license = MIT\nname = oak\n")]
    [InlineData("oak.spec", "License: MIT\n")]
    [InlineData("Package.swift", "// swift-tools-version:5.9\nimport PackageDescription\nlet license = \"MIT\"\n")]
    public void Read_WhatIsNoField_SaysNothing(string name, string text) => Assert.Null(Read(name, text));

    [Theory]
    [InlineData("package.json", """{"license": "MIT", "licenses": [{"type": "Oak"}]}""")]
    [InlineData("package.json", """{"license": "MIT", "license": "UNLICENSED"}""")]
    [InlineData("package.json", """{"license": {"type": "MIT", "url": "https://oak.example/eula"}}""")]
    [InlineData("composer.json", """{"license": ["MIT", "proprietary"]}""")]
    [InlineData("Cargo.toml", "[package]\nlicense = \"MIT/Oak AND ISC\"\n")]
    [InlineData("Cargo.toml", "[package]\nlicense = \"MIT\"\nlicense = \"Oak-1.0\"\n")]
    [InlineData("META.yml", "license: &a mit\nx: 1\nlicense: *a\n")]
    [InlineData("META.yml", "license: unrestricted_for_members\n")]
    [InlineData("setup.cfg", "[metadata]\nlicense = MIT\n  for schools alone\n")]
    [InlineData("DESCRIPTION", "Package: oak\nLicense: MIT + file LICENSE\nLicense_restricts_use: yes\n")]
    [InlineData("DESCRIPTION", "Package: oak\nLicense: MIT + Oak\n")]
    [InlineData("oak.spec", "Name: oak\nLicense: MIT\n%package x\nLicense: Commercial\n")]
    [InlineData("oak.spec", "Name: oak\nLicense: Oak and (GPLv2 or ISC)\n")]
    [InlineData("oak.spec", "Name: oak\nLicense: %{terms}\n")]
    [InlineData("pom.xml",
        "<project><licenses><license><name>Oak SLA</name><url>https://opensource.org/licenses/MIT</url></license></licenses></project>")]
    [InlineData("pom.xml",
        "<project><licenses><license><name>MIT</name><comments>For evaluation only.</comments></license></licenses></project>")]
    [InlineData("a.csproj",
        "<Project><PackageLicenseExpression>MIT</PackageLicenseExpression>"
            + "<PackageLicenseExpression>Oak-1</PackageLicenseExpression></Project>")]
    [InlineData("package.xml", "<package><license>MIT</license><license>Proprietary</license></package>")]
    public void Read_WhatMayBeMore_IsNotPermissive(string name, string text)
    {
        var says = Read(name, text);
        Assert.NotNull(says);
        Assert.False(IsPermissive(says.Value.Spdx), says.Value.Spdx);
    }

    // What is none of the licences known takes back what a file beside it grants.
    [Theory]
    [InlineData("package.json", """{"license": "Oak Companion License"}""")]
    [InlineData("bower.json", """{"license": ["https://oak.example/eula"]}""")]
    [InlineData("META.json", """{"license": ["restricted"]}""")]
    [InlineData("package.yaml", "license: AllRightsReserved\n")]
    [InlineData("a.csproj", "<Project><PackageLicenseExpression>LicenseRef-Oak</PackageLicenseExpression></Project>")]
    [InlineData("a.csproj", "<Project><Copyright>(c) Oak. Closed source; not licensed.</Copyright></Project>")]
    [InlineData("build.gradle.kts", "pom { licenses { license { name.set(\"All Rights Reserved\") } } }\n")]
    [InlineData("default.nix", "{ meta.license = lib.licenses.unfree; }\n")]
    [InlineData("dune-project", "(license \"Oak Terms\")\n")]
    [InlineData("package.xml", "<package><license file='OAK.txt'>TODO</license></package>")]
    [InlineData("package.json", """{"license": "SEE LICENSE IN OAK.txt"}""")]
    [InlineData("Cargo.toml", "[package]\nlicense-file = \"legal/OAK.txt\"\n")]
    [InlineData("Package.swift", "// swift-tools-version:5.5\n// Proprietary and confidential.\nimport PackageDescription\n")]
    public void Find_BesideAPermissiveText_AnotherLicenceCounts(string name, string text)
    {
        _folder.Write("LICENSE", LicenceTruthTests.Texts["MIT"]);
        _folder.Write("legal/OAK.txt", "Only under an oak.\n");
        Assert.Equal("MIT", Find("src/a.c"));
        _folder.Write(name, text);
        Assert.False(IsPermissive(Find("src/a.c")), Find("src/a.c"));
    }

    // What says no more than a family, or where the text is, does not.
    [Theory]
    [InlineData("package.json", """{"license": "SEE LICENSE IN LICENSE"}""")]
    [InlineData("package.json", """{"license": "See LICENSE file"}""")]
    [InlineData("setup.py", "setup(license=about['licence'])\n")]
    [InlineData("a.csproj",
        "<Project><PackageLicenseUrl>https://github.com/x/oak/blob/main/LICENSE</PackageLicenseUrl>"
            + "<Copyright>Copyright Oak. All rights reserved.</Copyright></Project>")]
    [InlineData("pyproject.toml", "[project]\nlicense = {file = \"../LICENSE.txt\"}\n")]
    [InlineData("PKGBUILD", "license=('custom')\n")]
    [InlineData("package.xml", "<package><license>TODO</license></package>")]
    [InlineData("META.yml", "license: unknown\n")]
    [InlineData("build.sbt", "licenses := Settings.licences\n")]
    public void Find_BesideAPermissiveText_WhatSaysLittleDoesNotCount(string name, string text)
    {
        _folder.Write("LICENSE", LicenceTruthTests.Texts["MIT"]);
        _folder.Write(name, text);
        Assert.Equal("MIT", Find("src/a.c"));
    }

    [Theory]
    [InlineData("package.json", "[", "{\"license\":")]
    [InlineData("Cargo.toml", "[a.", "license = ")]
    [InlineData("Cargo.toml", "{license=", "")]
    [InlineData("META.yml", "[", "license: ")]
    [InlineData("META.yml", "- ", "license: ")]
    [InlineData("META.yml", "license: x\n", "")]
    [InlineData("pom.xml", "<licenses>", "<project>")]
    [InlineData("a.csproj", "<Copyright>x", "<Project>")]
    [InlineData("setup.cfg", "license = MIT\n ", "[metadata]\n")]
    [InlineData("DESCRIPTION", "License: MIT|", "Package: x\n")]
    [InlineData("oak.gemspec", "g.license = '", "")]
    [InlineData("oak.gemspec", "<<A ", "g.license = ")]
    [InlineData("oak.gemspec", "\"#{", "g.license = ")]
    [InlineData("oak.gemspec", "%w[", "g.license = ")]
    [InlineData("oak.gemspec", "/", "g.license = ")]
    [InlineData("Oak.podspec", "{:type => 'MIT',", "p.license = ")]
    [InlineData("mix.exs", "licenses: [", "")]
    [InlineData("build.sbt", "/* ", "licenses := ")]
    [InlineData("build.sbt", "licenses += \"MIT\" ", "")]
    [InlineData("build.gradle", "licenses { license { ", "")]
    [InlineData("setup.py", "license=(", "")]
    [InlineData("setup.py", "license=a\n", "")]
    [InlineData("a-1.rockspec", "[==", "license = ")]
    [InlineData("a-1.rockspec", "[=[", "license = ")]
    [InlineData("default.nix", "license = with ", "")]
    [InlineData("Makefile.PL", "s{", "LICENSE => ")]
    [InlineData("PKGBUILD", "license=(${", "")]
    [InlineData("project.clj", ":license {", "")]
    [InlineData("dune-project", "(license ", "")]
    [InlineData("package.json", "(MIT OR ", "{\"license\": \"")]
    public void Read_AMegabyteOfAnything_CostsLittle(string name, string part, string start)
    {
        var text = start + string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length));
        var clock = Stopwatch.StartNew();
        Assert.False(IsPermissive(Read(name, text)?.Spdx) && name is "package.json" or "Cargo.toml");
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), clock.Elapsed.ToString());
    }

    internal static bool IsPermissive(string? spdx) => Permissive.Allows(spdx);

    private string? Find(string path) => new LicenceFinder(_folder.Root).Find(path, "int x;"u8)?.Spdx;

    private static ManifestStatement? Read(string name, string text) => ManifestLicence.Read(name, Encoding.UTF8.GetBytes(text));
}
