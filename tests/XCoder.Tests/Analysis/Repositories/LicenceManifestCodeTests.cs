using System.Text;
using XCoder.Analysis.Repositories.Licences.Manifests;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

/// <summary>Licences of manifests that are code.</summary>
public sealed class LicenceManifestCodeTests
{
    [Theory]
    [InlineData("oak.gemspec", "Gem::Specification.new do |g|\n  g.license = 'MIT'.freeze\nend\n", "MIT")]
    [InlineData("oak.gemspec", "Gem::Specification.new do |g|\n  g.licenses = %w[MIT Ruby]\nend\n", "MIT AND Ruby")]
    [InlineData("oak.gemspec", "Gem::Specification.new do |g|\n  g.license = %q{ISC}\n  g.files = Dir[%w(a b)]\nend\n", "ISC")]
    [InlineData("Oak.podspec", "Pod::Spec.new do |p|\n  p.license = { type: 'MIT', file: 'LICENSE' }\nend\n", "MIT")]
    [InlineData("Oak.podspec",
        "Pod::Spec.new do |p|\n  p.license = { :type => 'MIT', :text => <<-TXT\nCopyright 2021 Ada Oak\nTXT\n  }\nend\n",
        "MIT")]
    [InlineData("mix.exs", "defp package, do: [licenses: [\"MIT\", \"ISC\"], links: %{\"a\" => \"b\"}]\n", "MIT AND ISC")]
    [InlineData("mix.exs", "defp package do\n  %{licenses: ~w(Apache-2.0)}\nend\n", "Apache-2.0")]
    [InlineData("build.sbt", "licenses := Seq(\"BSD-3-Clause\" -> url(\"https://example.org/bsd\"))\n", "BSD-3-Clause")]
    [InlineData("build.sbt", "ThisBuild / licenses :=\n  List(License.MIT)\n", "MIT")]
    [InlineData("build.sbt", "licenses += (\"MIT\", url(\"https://opensource.org/licenses/MIT\"))\n", "MIT")]
    [InlineData("build.gradle",
        "pom {\n licenses {\n  license {\n   name = 'The MIT License'\n   url = 'https://x.org'\n  }\n }\n}\n", "MIT")]
    [InlineData("build.gradle.kts",
        "pom { licenses { license { name.set(\"Apache-2.0\"); distribution.set(\"repo\") } } }\n", "Apache-2.0")]
    [InlineData("build.gradle", "licenses { license { url = 'https://www.apache.org/licenses/LICENSE-2.0.txt' } }\n", "Apache-2.0")]
    [InlineData("setup.py", "from setuptools import setup\nLICENCE = 'MIT'\nsetup(name='oak',\n      license=LICENCE)\n", "MIT")]
    [InlineData("setup.py", "setup(**{'name': 'oak', 'license': 'ISC'})\n", "ISC")]
    [InlineData("setup.py", "setup(license='BSD', classifiers=['License :: OSI Approved :: MIT License'])\n", "MIT")]
    [InlineData("setup.py", "setup(license=read('LICENSE'), classifiers=['License :: OSI Approved :: MIT License'])\n", "MIT")]
    [InlineData("conanfile.py", "class Oak(ConanFile):\n    license = \"Zlib\"\n    url = \"https://example.org\"\n", "Zlib")]
    [InlineData("meson.build", "project('oak', 'c',\n  license : ['MIT', 'Zlib'],\n  version : '1')\n", "MIT AND Zlib")]
    [InlineData("oak-1-1.rockspec", "description = {\n  summary = [[a \" b]],\n  license = \"MIT/X11\"\n}\n", "MIT")]
    [InlineData("xmake.lua", "target(\"oak\")\n  set_license(\"Apache-2.0\")\n", "Apache-2.0")]
    [InlineData("oak.nimble", "author = \"A\"\nlicense = \"ISC\"\n", "ISC")]
    [InlineData("dub.sdl", "name \"oak\"\nlicense \"BSL-1.0\"\n", "BSL-1.0")]
    [InlineData("default.nix", "{ lib }: { meta = with lib; { license = with licenses; [ mit asl20 ]; }; }\n", "MIT AND Apache-2.0")]
    [InlineData("flake.nix", "{ outputs = { }: { meta.license = lib.licenses.isc; }; }\n", "ISC")]
    [InlineData("oak.app.src", "{application, oak, [{licenses, [\"Apache-2.0\"]}, {vsn, \"1\"}]}.\n", "Apache-2.0")]
    [InlineData("Makefile.PL", "WriteMakefile(NAME => 'Oak', LICENSE => 'perl_5', X => qr{'});\n", "Artistic-1.0-Perl OR GPL-1.0-or-later")]
    [InlineData("Makefile.PL", "name 'Oak';\nlicense 'artistic_2';\n", "Artistic-2.0")]
    [InlineData("PKGBUILD", "pkgname=oak\nlicense=('MIT' \"Apache-2.0\")\n", "MIT AND Apache-2.0")]
    [InlineData("oak.opam", "opam-version: \"2.0\"\nlicense: [\"ISC\" \"MIT\"]\n", "MIT AND ISC")]
    [InlineData("dune-project", "(lang dune 3.0)\n(license MIT)\n", "MIT")]
    [InlineData("info.rkt", "#lang info\n(define license 'MIT)\n", "MIT")]
    [InlineData("project.clj",
        "(defproject oak \"1\"\n  :license {:name \"MIT License\"\n            :url \"https://x.org\"}\n  :deps [])\n", "MIT")]
    public void Read_WhatIsWrittenOut(string name, string text, string expected) => Assert.Equal(expected, Read(name, text)?.Spdx);

    // Comments, strings and the code of other fields name no licence.
    [Theory]
    [InlineData("oak.gemspec",
        "# g.license = 'MIT'\n=begin\n g.license = 'ISC'\n=end\nx = \"g.license = 'MIT'\"\n__END__\ng.license = 'MIT'\n")]
    [InlineData("oak.gemspec", "g.description = <<~TEXT\n  g.license = 'MIT'\nTEXT\n")]
    [InlineData("oak.gemspec", "g.summary = %q(g.license = 'MIT')\n")]
    [InlineData("mix.exs", "# licenses: [\"MIT\"]\n@moduledoc \"\"\"\nlicenses: [\"MIT\"]\n\"\"\"\n")]
    [InlineData("build.sbt", "/* outer /* inner */ licenses := Seq(\"MIT\" -> 1) */\n// licenses += \"MIT\"\n")]
    [InlineData("build.gradle", "// licenses { license { name = 'MIT' } }\n/* licenses = ['MIT'] */\nallowed { licence = 'x' }\n")]
    [InlineData("setup.py", "'''\nsetup(license='MIT')\n'''\n# license='MIT'\nsetup(description=\"license='MIT'\")\n")]
    [InlineData("setup.py", "setup(keywords='License :: OSI Approved :: MIT License')\n")]
    [InlineData("conanfile.py", "class Oak:\n    # license = \"MIT\"\n    settings = 'os'\n")]
    [InlineData("oak-1-1.rockspec", "--[==[ license = \"MIT\" ]==]\n-- license = \"MIT\"\nd = { t = [[ license = \"MIT\" ]] }\n")]
    [InlineData("oak.nimble", "#[ license = \"MIT\" ]#\n# license = \"MIT\"\ndescription = \"license = 'MIT'\"\n")]
    [InlineData("default.nix", "# license = licenses.mit;\n/* license = \"MIT\"; */ { description = ''license = \"MIT\";''; }\n")]
    [InlineData("rebar.config", "%% {licenses, [\"MIT\"]}.\n{description, \"{licenses, [\\\"MIT\\\"]}\"}.\n")]
    [InlineData("Makefile.PL", "# LICENSE => 'mit'\n\n=pod\n\nLICENSE => 'mit'\n\n=cut\n\nmy $x = q{LICENSE => 'mit'};\n")]
    [InlineData("PKGBUILD", "#license=('MIT')\npkgdesc=\"license=('MIT')\"\n")]
    [InlineData("oak.opam", "# license: \"MIT\"\n(* license: \"MIT\" *)\nsynopsis: \"\"\"license: \"MIT\" \"\"\"\n")]
    [InlineData("dune-project", "; (license MIT)\n#| (license MIT) |#\n(synopsis \"(license MIT)\")\n")]
    [InlineData("meson.build", "# license : 'MIT'\nx = '''license : 'MIT' '''\n")]
    public void Read_CommentsAndStrings_SayNothing(string name, string text) => Assert.Null(Read(name, text));

    // A value that is computed, a second value, and what stands beside the name.
    [Theory]
    [InlineData("oak.gemspec", "g.license = ENV['OPEN'] ? 'MIT' : 'Oak Commercial'\n")]
    [InlineData("oak.gemspec", "g.license = 'MIT' if ENV['OPEN']\n")]
    [InlineData("oak.gemspec", "g.licenses = ['MIT', OTHER]\n")]
    [InlineData("oak.gemspec", "g.license = \"MIT#{suffix}\"\n")]
    [InlineData("oak.gemspec", "g.licenses = %w(MIT LicenseRef-Oak)\n")]
    [InlineData("oak.gemspec", "if ENV['OPEN']\n  g.license = 'MIT'\nelse\n  g.license = 'Nonstandard'\nend\n")]
    [InlineData("oak.gemspec", "g.license = 'MIT'\ng.summary = 'never ends\n# g.license = Oak\n")]
    [InlineData("Oak.podspec", "p.license = { :type => 'MIT', :text => 'MIT for our customers only.' }\n")]
    [InlineData("mix.exs", "[licenses: [\"MIT\", \"LicenseRef-Oak\"]]\n")]
    [InlineData("mix.exs", "[licenses: [\"MIT\"] ++ more()]\n")]
    [InlineData("build.sbt", "licenses := Seq(\"MIT\" -> url(\"https://x.org\"), \"Oak\" -> url(\"https://y.org\"))\n")]
    [InlineData("build.sbt", "licenses := oakLicences\n")]
    [InlineData("build.gradle", "licenses { license { name = open ? 'MIT' : 'Oak' } }\n")]
    [InlineData("build.gradle", "licenses { license { name = 'MIT' }\n license { name = 'Oak Enterprise' } }\n")]
    [InlineData("build.gradle", "licenses { license { name = 'MIT'; comments = 'not for production use' } }\n")]
    [InlineData("setup.py", "MIT = 'Oak terms'\nsetup(license=MIT)\n")]
    [InlineData("setup.py", "L = 'MIT'\nif paid:\n    L = 'Oak'\nsetup(license=L)\n")]
    [InlineData("setup.py", "setup(license='MIT' '-NC')\n")]
    [InlineData("setup.py", "setup(license='free for schools', classifiers=['License :: OSI Approved :: MIT License'])\n")]
    [InlineData("setup.py", "setup(license='MIT', classifiers=['License :: Free To Use But Restricted'])\n")]
    [InlineData("setup.py", "setup(license='MIT', classifiers=['License :: OSI Approved :: GNU General Public License v3 (GPLv3)'])\n")]
    [InlineData("conanfile.py", "class Oak:\n    license = (\"MIT\", \"Oak-EULA\")\n")]
    [InlineData("oak-1-1.rockspec", "description = { license = \"MIT\" .. rest }\n")]
    [InlineData("default.nix", "{ meta.license = with lib.licenses; [ mit unfree ]; }\n")]
    [InlineData("rebar.config", "{licenses, [\"MIT\", \"Oak Terms\"]}.\n")]
    [InlineData("PKGBUILD", "license=('MIT' 'custom:Oak')\n")]
    [InlineData("oak.opam", "license: [\"MIT\" \"LicenseRef-Oak\"]\n")]
    [InlineData("dune-project", "(license MIT \"Oak Terms\")\n")]
    [InlineData("project.clj", "(defproject oak \"1\" :license {:name \"MIT\" :comments \"for members only\"})\n")]
    [InlineData("xmake.lua", "set_license(\"MIT\")\nset_license(\"Oak-1.0\")\n")]
    public void Read_WhatMayBeMore_IsNotPermissive(string name, string text)
    {
        var says = Read(name, text);
        Assert.NotNull(says);
        Assert.False(LicenceManifestTests.IsPermissive(says.Value.Spdx), says.Value.Spdx);
    }

    private static ManifestStatement? Read(string name, string text) => ManifestLicence.Read(name, Encoding.UTF8.GetBytes(text));
}
