using XCoder.Agents.Licences;
using XCoder.Analysis.Model;
using XCoder.Analysis.Store;

namespace XCoder.Tests.Agents.Licences;

public sealed class NoticeReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("xcoder-notices").FullName;
    private readonly string _root;

    public NoticeReaderTests() => Directory.CreateDirectory(_root = Path.Combine(_folder, "repository"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_ALicenceFile_IsItsTextAndReadOnce()
    {
        Write("LICENSE", "MIT License\r\n\r\nCopyright (c) 2020 Ann\r\n");
        var reader = new NoticeReader();
        var notice = reader.Read(Origin("src/a.c", "MIT", "LICENSE"));
        Assert.Equal("MIT License\n\nCopyright (c) 2020 Ann", notice!.Text);
        Assert.Equal(("MIT", "repository", "LICENSE", 20), (notice.Spdx, notice.Repository, notice.Source, notice.Id.Length));
        File.Delete(Path.Combine(_root, "LICENSE"));
        Assert.Same(notice, reader.Read(Origin("src/b.c", "MIT", "LICENSE")));
    }

    [Fact]
    public void Read_Apache_TakesTheNoticeFileAlong()
    {
        Write("LICENSE", "Apache License");
        Write("NOTICE", "Product of the Ann Foundation");
        Assert.Equal("Apache License\n\nProduct of the Ann Foundation", Read("a.c", "Apache-2.0", "LICENSE"));
        Assert.Equal("Apache License", Read("a.c", "MIT", "LICENSE"));
    }

    [Fact]
    public void Read_Alternatives_TellsAll()
    {
        Write("LICENSE-APACHE", "Apache License");
        Write("LICENSE-MIT", "MIT License, Copyright 2019 Bo");
        Assert.Equal("Apache License\n\nMIT License, Copyright 2019 Bo", Read("a.rs", "MIT OR Apache-2.0", "LICENSE-APACHE"));
    }

    [Fact]
    public void Read_ATagInTheFile_GivesItsCopyrightLinesAndTheLicenceFile()
    {
        Write("src/a.c", "/*\n * Copyright (C) 2018 Ann\n * SPDX-License-Identifier: ISC\n */\nint copyright_of(int a);\n");
        Assert.Equal("SPDX-License-Identifier: ISC\n\nCopyright (C) 2018 Ann", Read("src/a.c", "ISC", "src/a.c"));
        Write("COPYING", "The ISC text");
        Assert.Equal("SPDX-License-Identifier: ISC\n\nCopyright (C) 2018 Ann\n\nThe ISC text", Read("src/a.c", "ISC", "src/a.c"));
    }

    [Fact]
    public void Read_AManifest_NamesTheAuthors()
    {
        Write("package.json", """{ "license": "MIT", "author": { "name": "Ann" } }""");
        Write("pyproject.toml", "[project]\nauthors = [\n  { name = \"Bo\", email = \"bo@firma.de\" },\n]\n");
        Assert.Equal("Licence: MIT\n\nAuthors: Ann", Read("a.js", "MIT", "package.json"));
        Assert.Equal("Licence: BSD-3-Clause\n\nAuthors: Bo", Read("a.py", "BSD-3-Clause", "pyproject.toml"));
    }

    [Theory]
    [InlineData("LICENSE")]
    [InlineData("linked/LICENSE")]
    [InlineData("../secret/LICENSE")]
    public void Read_WhatLiesOutside_IsNotRead(string source)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "secret"));
        File.WriteAllText(Path.Combine(_folder, "secret", "LICENSE"), "not to be read");
        File.CreateSymbolicLink(Path.Combine(_root, "LICENSE"), Path.Combine(_folder, "secret", "LICENSE"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "linked"), Path.Combine(_folder, "secret"));
        Assert.Null(Read("a.c", "MIT", source));
    }

    [Fact]
    public void Read_NoLicenceOrAMissingFile_IsNull()
    {
        Assert.Null(new NoticeReader().Read(Origin("a.c", null, "")));
        Assert.Null(Read("a.c", "MIT", "LICENSE"));
    }

    private string? Read(string path, string spdx, string source) => new NoticeReader().Read(Origin(path, spdx, source))?.Text;

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_root, path))!);
        File.WriteAllText(Path.Combine(_root, path), text);
    }

    private SnippetOrigin Origin(string path, string? spdx, string source) => new(
        1,
        new Snippet { Id = "a", Repository = "repository", Path = path, Language = "c", Kind = SnippetKind.Function, Name = "f", QualifiedName = "f", Span = new SourceSpan(0, 1, 1, 1), Signature = "f", Tokens = 1 },
        "x",
        new Repository("repository", _root, null, null),
        spdx == null ? null : new Licence(spdx, source),
        null);
}
