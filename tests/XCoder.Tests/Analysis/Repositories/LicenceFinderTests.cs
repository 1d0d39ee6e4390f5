using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Licences;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class LicenceFinderTests : IDisposable
{
    private static readonly string Mit = LicenceTruthTests.Texts["MIT"], Apache = LicenceTruthTests.Texts["Apache-2.0"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("// SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note\n", "GPL-2.0-only WITH Linux-syscall-note")]
    [InlineData("/* SPDX-License-Identifier: (MIT OR Apache-2.0) */\n", "(MIT OR Apache-2.0)")]
    [InlineData("# Copyright\n#\n#  SPDX-License-Identifier: BSD-3-Clause\r\n", "BSD-3-Clause")]
    [InlineData("<!-- SPDX-License-Identifier: MIT -->", "MIT")]
    [InlineData("x = \"SPDX-License-Identifier: MIT\"\n", null)]
    [InlineData("// finds SPDX-License-Identifier: tags\n", null)]
    [InlineData("// SPDX-License-Identifier: see <the> file\n", "NOASSERTION")]
    public void Find_Tag_Wins(string text, string? expected)
    {
        var licence = new LicenceFinder(_folder.Root).Find("a/b.c", System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Equal(expected == null ? null : new Licence(expected, "a/b.c"), licence);
    }

    [Fact]
    public void Find_NearestFile_Counts()
    {
        _folder.Write("LICENSE", Mit);
        _folder.Write("sub/COPYING", Apache);
        _folder.Write("sub/inner/package.json", """{"license": "ISC"}""");

        Assert.Equal(new Licence("MIT", "LICENSE"), Find("other/a.c"));
        Assert.Equal(new Licence("Apache-2.0", "sub/COPYING"), Find("sub/a.c"));
        Assert.Equal(new Licence("ISC", "sub/inner/package.json"), Find("sub/inner/deep/a.c"));
    }

    /// <summary>A manifest near a file does not take back what a licence above asks for.</summary>
    [Fact]
    public void Find_AManifestBelowAStricterFile_ChangesNothing()
    {
        _folder.Write("LICENSE", LicenceTruthTests.Texts["GPL-3.0-only"]);
        _folder.Write("inner/package.json", """{"license": "MIT"}""");

        Assert.Equal("LICENSE", Find("inner/a.c")?.Source);
    }

    [Fact]
    public void Find_TwoFiles_AreAlternatives()
    {
        _folder.Write("LICENSE-APACHE", Apache);
        _folder.Write("LICENSE-MIT", Mit);
        _folder.Write("license.py", "import x");

        Assert.Equal("MIT OR Apache-2.0", Find("src/a.rs")?.Spdx);
    }

    [Fact]
    public void Find_UnknownTextOrNone_SaysSo()
    {
        Assert.Null(Find("a.c"));
        _folder.Write("x/LICENCE.md", "All rights reserved.");
        Assert.Equal(new Licence("NOASSERTION", "x/LICENCE.md"), Find("x/a.c"));
    }

    [Theory]
    [InlineData("package.json", """{"license": "(MIT OR CC0-1.0)"}""", "(MIT OR CC0-1.0)")]
    [InlineData("package.json", """{"licenses": [{"type": "MIT"}, {"type": "GPL-2.0-only"}]}""", "MIT OR GPL-2.0-only")]
    [InlineData("package.json", """{"license": "SEE LICENSE IN x.txt"}""", "NOASSERTION")]
    [InlineData("package.json", "{broken", null)]
    [InlineData("Cargo.toml", "[package]\nname = \"x\"\nlicense = \"MIT/Apache-2.0\" # both\n", "MIT OR Apache-2.0")]
    [InlineData("Cargo.toml", "[dependencies]\nlicense = \"1.0\"\n", null)]
    [InlineData("pyproject.toml", "[project]\nlicense = {text = \"BSD-3-Clause\"}\n", "BSD-3-Clause")]
    public void Find_Manifest_IsTheLastResort(string name, string text, string? expected)
    {
        _folder.Write(name, text);

        Assert.Equal(expected == null ? null : new Licence(expected, name), Find("deep/er/a.c"));
    }

    [Theory]
    [InlineData("Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are met: redistributions of source code must retain the above copyright notice; in binary form must reproduce the above copyright notice", "BSD-2-Clause")]
    [InlineData("Redistribution and use in source and binary forms, with or\n * without modification, are permitted provided that the following conditions are met: redistributions of source code must retain the above copyright notice; redistributions in binary form must reproduce the above copyright notice. Neither the name of X nor the names of its contributors may be used to endorse or promote products derived from", "BSD-3-Clause")]
    [InlineData("Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice", "ISC")]
    [InlineData("Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted.", "0BSD")]
    [InlineData("GNU GENERAL PUBLIC LICENSE\n   Version 3, 29 June 2007 ... GNU Lesser General Public License instead", "GPL-3.0-only")]
    [InlineData("GNU LESSER GENERAL PUBLIC LICENSE\n   Version 2.1, February 1999", "LGPL-2.1-only")]
    [InlineData("GNU AFFERO GENERAL PUBLIC LICENSE\n   Version 3, 19 November 2007", "AGPL-3.0-only")]
    [InlineData("Mozilla Public License Version 2.0\n====", "MPL-2.0")]
    [InlineData("Boost Software License - Version 1.0 - August 17th, 2003\n\nPermission is hereby granted, free of charge, to any person or organization obtaining a copy of the software and accompanying documentation covered by this license (the \"Software\") to use, reproduce, display, distribute, execute, and transmit the Software, and to prepare derivative works of the Software, and to permit third-parties to whom the Software is furnished to do so, all subject to the following:", "BSL-1.0")]
    [InlineData("This is free and unencumbered software released into the public domain.\n\nAnyone is free to copy, modify, publish, use, compile, sell, or distribute this software, either in source code form or as a compiled binary, for any purpose, commercial or non-commercial, and by any means.", "Unlicense")]
    [InlineData("Creative Commons Attribution-ShareAlike 4.0 International Public License", "CC-BY-SA-4.0")]
    [InlineData("This program is free software: you can redistribute it under the terms of the GNU General Public License as published by the Free Software Foundation, either version 3 of the License, or (at your option) any later version.", "GPL-3.0-or-later")]
    [InlineData("Permission to use, copy, modify, and distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice ... Except as contained in this notice, the name of", "curl")]
    [InlineData("The library is licensed under Apache 2.0: http://www.apache.org/licenses/LICENSE-2.0", "Apache-2.0")]
    [InlineData("hello", null)]
    public void Recognise_Text_GivesLicence(string text, string? expected) =>
        Assert.Equal(expected, LicenceRecogniser.Recognise(System.Text.Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("LICENSE", true)]
    [InlineData("License.txt", true)]
    [InlineData("LICENCE-MIT.md", true)]
    [InlineData("COPYING.LESSER", true)]
    [InlineData("MIT-LICENSE", true)]
    [InlineData("UNLICENSE", true)]
    [InlineData("license.go", false)]
    [InlineData("licenses.json", false)]
    [InlineData("LICENSE-3RD-PARTY.txt", false)]
    [InlineData("licensing", false)]
    public void Contains_Name_TellsLicenceFiles(string name, bool expected) => Assert.Equal(expected, LicenceNames.Contains(name));

    private Licence? Find(string path) => new LicenceFinder(_folder.Root).Find(path, "int x;"u8);
}
