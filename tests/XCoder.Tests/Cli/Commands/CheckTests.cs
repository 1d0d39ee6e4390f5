using System.Text.Json;
using XCoder.Tests.Analysis.Repositories;

namespace XCoder.Tests.Cli.Commands;

/// <summary>What 'check' finds in changes of which one knows what they do.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Total = """
        def total(values, limit, factor):
            result = 0
            for value in values:
                if value > limit:
                    result += value * factor
                else:
                    result -= value
            return result, limit
        """;

    private const string Words = """
        def words(text, separator):
            found = {}
            for part in text.split(separator):
                key = part.strip().lower()
                if key:
                    found[key] = found.get(key, 0) + 1
            return sorted(found.items())
        """;

    private readonly ScratchRepository _repository = new();
    private readonly TemporaryFolder _workspace = new();

    public CheckTests()
    {
        Write("src/a.py", Total, Words);
        Write("README.md", "text");
        _repository.Commit();
    }

    public void Dispose()
    {
        _repository.Dispose();
        _workspace.Dispose();
    }

    [Fact]
    public void NewCopies_AreFoundAtTheNewPlace_AndFailTheGate()
    {
        Write("src/b.py", Total, Renamed(Words, "words", "count"));
        var findings = Findings(1, "--fail-on", "new");

        Assert.Equal(["new exact src/b.py total | src/a.py total", "new renamed src/b.py count | src/a.py words"], findings);
        Check(0);
    }

    [Theory]
    [InlineData("any")]
    [InlineData("new")]
    [InlineData("percent:0")]
    public void NoChange_IsNoFinding(string gate)
    {
        Assert.Empty(Findings(0, "--fail-on", gate));
        Check(0, "--fail-on", gate).Expect(0, "No source file");
        Write("README.md", "other text");
        Write("picture.bin", "\0\0");
        Assert.Empty(Findings(0, "--fail-on", gate));
        Check(0, "--fail-on", gate).Expect(0, "No source file");
    }

    [Fact]
    public void MovedCode_IsNotNew()
    {
        _repository.Git("mv", "src/a.py", "src/moved.py"); // a file
        Assert.Empty(Findings(0, "--fail-on", "any"));
        Write("src/moved.py", Words);
        Write("src/other.py", Total); // a function
        Assert.Empty(Findings(0, "--fail-on", "any"));
        Write("src/other.py", Total.Replace("result -= value", "result -= value - 1", StringComparison.Ordinal)); // and edited
        Assert.Empty(Findings(0, "--fail-on", "any"));
        Write("src/other.py", Renamed(Total, "total", "sum_up").Replace("result -= value", "result -= value - 1", StringComparison.Ordinal));
        Assert.Empty(Findings(0, "--fail-on", "any"));
    }

    [Fact]
    public void MovedAndCopiedCode_IsOneCopy()
    {
        _repository.Git("mv", "src/a.py", "src/b.py");
        File.Copy(Path.Join(_repository.Root, "src/b.py"), Path.Join(_repository.Root, "src/c.py"));
        Assert.Equal(["new file src/c.py c.py | src/b.py b.py"], Findings(1, "--fail-on", "new"));
    }

    [Fact]
    public void OneMoreCopy_OfSeveral_IsGrown()
    {
        Write("src/b.py", Total);
        _repository.Commit();
        Write("lib/c.py", "x = 1", Total);
        Assert.Equal(["grown exact lib/c.py total | src/a.py total, src/b.py total"], Findings(1, "--fail-on", "new"));
    }

    [Fact]
    public void CopiesThatAreAllNew_AreOneFinding_AtTheLaterOnes()
    {
        var fresh = Renamed(Total, "total", "fresh").Replace("value * factor", "value ** factor + limit - 3", StringComparison.Ordinal).Replace("result -= value", "return None", StringComparison.Ordinal);
        Write("src/x.py", fresh);
        Write("src/y.py", "y = 1", fresh);
        Write("src/z.py", "z = 1", fresh);
        Assert.Equal(["new exact src/y.py fresh, src/z.py fresh | src/x.py fresh"], Findings(1, "--fail-on", "new"));
    }

    [Fact]
    public void CodeEditedIntoACopy_IsNew_WithTheSimilarityBefore()
    {
        Write("src/b.py", "def other(a, b):\n    print(a, b)\n    for i in range(a):\n        yield i + b\n        yield i - b\n    return None");
        _repository.Commit();
        Write("src/b.py", Renamed(Total, "total", "other"));
        Check(1, "--fail-on", "new");
        var finding = Json()[0];
        Assert.Equal("new", finding.GetProperty("finding").GetString());
        Assert.True(finding.GetProperty("similarityBefore").GetDouble() < 0.5);
    }

    [Fact]
    public void NearCopiesThatBecomeEqual_AreCloser()
    {
        Write("src/b.py", Total.Replace("result -= value", "result -= value + 1", StringComparison.Ordinal));
        _repository.Commit();
        Assert.Empty(Findings(0, "--fail-on", "any"));
        Write("src/b.py", "x = 1", Total);
        Assert.Equal(["closer exact src/b.py total | src/a.py total"], Findings(1, "--fail-on", "new"));
    }

    [Fact]
    public void AChangedCopy_WhoseTwinIsNotChanged_IsATwin()
    {
        Write("src/b.py", "x = 1", Total);
        _repository.Commit();
        var mended = Total.Replace("value > limit", "value >= limit", StringComparison.Ordinal);
        Write("src/b.py", "x = 1", mended);
        Assert.Equal(["twin exact src/b.py total | src/a.py total"], Findings(0, "--fail-on", "new"));
        Check(1, "--fail-on", "any");

        Write("src/a.py", mended, Words); // both
        Assert.Empty(Findings(0, "--fail-on", "any"));
    }

    // The twin never had what was changed: nothing is missing there.
    [Fact]
    public void AChangedCopy_WhoseTwinLacksTheChangedPart_IsNoTwin()
    {
        Write("src/b.py", Total.Replace("return result, limit", "print('a', 'b')\n    return result, limit", StringComparison.Ordinal));
        _repository.Commit();
        Write("src/b.py", Total.Replace("return result, limit", "print('c', 'd')\n    return result, limit", StringComparison.Ordinal));
        Assert.Empty(Findings(0, "--fail-on", "any"));
    }

    [Fact]
    public void CopiesInTests_AreToldApart_AndFailOnlyAny()
    {
        Write("tests/test_a.py", Total);
        Assert.Equal(["new exact tests/test_a.py total | src/a.py total"], Findings(0, "--fail-on", "new"));
        Assert.Equal("tests", Json()[0].GetProperty("section").GetString());
        Check(0, "--fail-on", "percent:0");
        Check(1, "--fail-on", "any");
    }

    [Fact]
    public void Percent_IsTheShareOfNewAndEditedFunctions()
    {
        Write("src/b.py", Total, Renamed(Words, "words", "f").Replace("found.get(key, 0) + 1", "len(key) if separator else ord(part[0]) // 3", StringComparison.Ordinal).Replace("key = part.strip().lower()", "key = str(reversed(part)).title()[2:5]", StringComparison.Ordinal));
        using var report = JsonDocument.Parse(Check(1, "--fail-on", "percent:20", "--format", "json").Output);
        var (changed, copied) = (report.RootElement.GetProperty("changedTokens").GetInt64(), report.RootElement.GetProperty("duplicatedTokens").GetInt64());
        Assert.InRange(copied, 1, changed - 1);
        Assert.Equal((double)copied / changed, report.RootElement.GetProperty("duplicatedShare").GetDouble(), 3);
        Check(0, "--fail-on", FormattableString.Invariant($"percent:{Math.Ceiling(100.0 * copied / changed)}"));
        Check(0, "--fail-on", "percent:100");
        foreach (var wrong in (string[])["percent:101", "percent:-1", "percent:x", "percent:", "all", "percent:NaN"])
        {
            Check(2, "--fail-on", wrong).Expect(2, "--fail-on takes");
        }
    }

    [Fact]
    public void ACopiedClass_IsOneFinding()
    {
        string Class(string name) => $"class {name}:\n" + string.Join("\n", (Total + "\n" + Words).Split('\n').Select(line => "    " + line));
        Write("src/k.py", Class("Keeper"));
        _repository.Commit();
        Write("src/l.py", "x = 1", Class("Keeper"));
        Assert.Equal(["new exact src/l.py Keeper | src/k.py Keeper"], Findings(1, "--fail-on", "new").Where(finding => finding.Contains("k.py")));
    }

    [Fact]
    public void UntrackedFilesCount_AndIgnoredOnesDoNot()
    {
        Write(".gitignore", "ignored/");
        Write("ignored/b.py", "x = 1", Total);
        Assert.Empty(Findings(0, "--fail-on", "any"));
        Write("seen/b.py", "x = 1", Total);
        Assert.Equal(["new exact seen/b.py total | src/a.py total"], Findings(1, "--fail-on", "any"));
    }

    // A change may make its own files such as are not read; a gate must not pass silently over them.
    [Fact]
    public void WhatAChangeMakesUnread_IsNamed_InEveryFormat()
    {
        Write("kept/big.py", new string('#', 2 << 20));
        Write("vendor/old.py", Total);
        _repository.Commit();
        Assert.DoesNotContain("Not read", Check(0, "--fail-on", "any").Output, StringComparison.Ordinal);
        Write(".gitattributes", "src/marked.py linguist-generated");
        Write(".xcoderignore", "src/hidden.py");
        Write("src/marked.py", "x = 1", Total);
        Write("src/hidden.py", "x = 2", Total);
        Write("src/zero.py", Total, "y = '\0'");
        Write("vendor/old.py", "z = 3", Total);
        Write("third_party/new.py", "x = 4", Total);
        Write("src/untracked.bin.py", new string('#', 2 << 20), Total);
        _repository.Git("add", "-A");

        var text = Check(0, "--fail-on", "any").Output.ReplaceLineEndings(" ");
        Assert.Contains("Not read: 5 files of the change (1 binary, 1 too-large, 1 generated, 1 vendored, 1 ignored): ", text, StringComparison.Ordinal);
        Assert.Contains("src/hidden.py, src/marked.py, src/untracked.bin.py, src/zero.py, third_party/", text, StringComparison.Ordinal);
        Assert.All((string[])["github", "markdown", "junit", "json"], format => Assert.Contains("hidden", Check(0, "--format", format).Output));
        Assert.Contains("Not read: 5 files", Check(0, "--format", "sarif").Errors);
    }

    // Line ends are the business of core.autocrlf and of attributes, in either direction.
    [Fact]
    public void OtherLineEnds_AreNoChange()
    {
        _repository.Folder.Write("src/a.py", File.ReadAllText(Path.Join(_repository.Root, "src/a.py")).Replace("\n", "\r\n", StringComparison.Ordinal));
        Check(0, "--fail-on", "any").Expect(0, "No source file");
        _repository.Commit("windows");
        Write("src/a.py", Total, Words);
        Check(0, "--fail-on", "any").Expect(0, "No source file");
    }

    // What git keeps of a file need not be its bytes: a pointer of LFS, or UTF-8 in the place of another encoding.
    [Fact]
    public void ContentThatGitKeepsInAnotherForm_IsNoChange()
    {
        var text = Total + "\n";
        Keep("src/large.py", $"version https://git-lfs.github.com/spec/v1\noid sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)))}\nsize {text.Length}\n");
        Keep("src/wide.py", text);
        Keep(".gitattributes", "src/wide.py working-tree-encoding=UTF-16LE\n");
        _repository.Git("commit", "-q", "-m", "other forms");
        _repository.Write("src/large.py", text);
        _repository.Write(".gitattributes", "src/wide.py working-tree-encoding=UTF-16LE\n");
        _repository.Folder.Write("src/wide.py", [0xff, 0xfe, .. System.Text.Encoding.Unicode.GetBytes(text)]);
        Check(0, "--fail-on", "any").Expect(0, "No source file");

        _repository.Write("src/large.py", text.Replace("result", "other", StringComparison.Ordinal));
        Assert.Equal(["src/large.py modified"], Files("--base", "HEAD"));

        void Keep(string path, string content) =>
            _repository.Git("update-index", "--add", "--cacheinfo", $"100644,{_repository.Loose("blob", System.Text.Encoding.UTF8.GetBytes(content))},{path}");
    }

    [Theory]
    [InlineData("--no-sparse-index")]
    [InlineData("--sparse-index")]
    public void WhatASparseCheckoutLeavesOut_IsNotDeleted(string index)
    {
        Write("other/deep/b.py", Words);
        _repository.Commit();
        _repository.Git("sparse-checkout", "init", "--cone", index);
        _repository.Git("sparse-checkout", "set", "src");
        Assert.False(File.Exists(Path.Join(_repository.Root, "other/deep/b.py")));
        Check(0, "--fail-on", "any").Expect(0, "No source file");
    }

    [Fact]
    public void TheBase_IsWhereRevisionAndHeadPart_UnlessDirect()
    {
        _repository.Git("checkout", "-q", "-b", "side");
        _repository.Git("checkout", "-q", "main");
        Write("src/a.py", Words); // main removes a function after the branch has left
        _repository.Commit();
        _repository.Git("checkout", "-q", "side");
        Write("src/b.py", "b = 1");
        _repository.Commit();

        Assert.Equal(["src/b.py added"], Files("--base", "main"));
        Assert.Equal(["src/a.py modified", "src/b.py added"], Files("--base", "main", "--direct"));
    }

    [Fact]
    public void APartOfTheWorkTree_IsCheckedAlone_AgainstAllThatIsIndexed()
    {
        CliProcess.Run(_repository.Root, "index", ".", "--no-embed", "--workspace", _workspace.Root).Expect(0);
        Write("lib/b.py", "x = 1", Total);
        Write("other/c.py", "x = 1", Words);
        Assert.Equal(["new exact lib/b.py total | src/a.py total"], Findings(1, "--fail-on", "new", "lib"));
    }

    [Fact]
    public void Renaming_IsSeenInTheFilesOfTheReport()
    {
        _repository.Git("mv", "src/a.py", "src/moved.py");
        Write("src/new.py", "x = 1");
        Assert.Equal(["src/moved.py moved", "src/new.py added"], Files("--base", "HEAD"));
        File.Delete(Path.Join(_repository.Root, "src/moved.py"));
        Assert.Equal(["src/a.py deleted", "src/new.py added"], Files("--base", "HEAD"));
    }

    // What the first run read of the base is kept; a cache that was damaged or forged changes nothing.
    [Fact]
    public void TheCacheOfTheBase_ChangesNoResult()
    {
        Write("src/b.py", "x = 1", Total);
        _repository.Commit();
        Write("src/b.py", "x = 1", Total.Replace("value > limit", "value >= limit", StringComparison.Ordinal));
        var first = Findings(0);
        Assert.NotEmpty(first);
        var cache = Path.Join(_workspace.Root, "base.cache");
        var whole = File.ReadAllBytes(cache);
        Assert.Equal(first, Findings(0));
        Assert.Equal(whole, File.ReadAllBytes(cache)); // nothing new was read
        File.WriteAllBytes(cache, whole[..(whole.Length / 2)]);
        Assert.Equal(first, Findings(0));
        whole[^50] ^= 1;
        File.WriteAllBytes(cache, whole);
        Assert.Equal(first, Findings(0));
    }

    [Fact]
    public void AnIndexThatGrewByChecks_EqualsOneFromScratch()
    {
        Write("LICENSE", "MIT License\n\nCopyright (c) 2020 A\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software");
        Write("src/c.py", "# SPDX-License-Identifier: GPL-3.0-only", Total);
        Check(0);
        Write("src/c.py", "# SPDX-License-Identifier: MIT", Total);
        Check(0);
        using var fresh = new TemporaryFolder();
        CliProcess.Run(_repository.Root, "index", ".", "--no-embed", "--workspace", _workspace.Root).Expect(0);
        CliProcess.Run(_repository.Root, "index", ".", "--no-embed", "--workspace", fresh.Root).Expect(0);
        var (grown, scratch) = (CliProcess.Run(_repository.Root, "coverage", "--format", "json", "--workspace", _workspace.Root), CliProcess.Run(_repository.Root, "coverage", "--format", "json", "--workspace", fresh.Root));
        Assert.Equal(scratch.Output, grown.Output);
    }

    [Fact]
    public void EqualFiles_ThatAChangeBrings_AreOneFinding()
    {
        Write("src/copy.py", Total, Words);
        Write("src/second.py", Total, Words);
        Write("new/x.py", Renamed(Words, "words", "tally"), "tally(1, 2)");
        Write("new/y.py", Renamed(Words, "words", "tally"), "tally(1, 2)");
        var files = Json().Where(finding => finding.GetProperty("kind").GetString() == "file").ToList();

        Assert.Equal(["new/y.py y.py | new/x.py x.py", "src/copy.py copy.py, src/second.py second.py | src/a.py a.py"], files.Select(finding =>
            $"{string.Join(", ", finding.GetProperty("also").EnumerateArray().Prepend(finding.GetProperty("snippet")).Select(Place))} | {string.Join(", ", finding.GetProperty("others").EnumerateArray().Select(Place))}").Order());
        Check(1, "--fail-on", "percent:99");
    }

    [Fact]
    public void CodeThatRepeatsAThousandTimes_CostsNoMoreThanItsLength()
    {
        Write("src/b.py", [.. Enumerable.Repeat(Total, 3000)]);
        var finding = Assert.Single(Json());

        Assert.Equal("new", finding.GetProperty("finding").GetString());
        Assert.Equal(2999, finding.GetProperty("also").GetArrayLength());
        Assert.Equal("src/a.py", finding.GetProperty("others")[0].GetProperty("path").GetString());
    }

    [Fact]
    public void PathsWithoutSourceFiles_AreNoSuccess()
    {
        _repository.Write("docs/text.txt", "text");
        _repository.Commit();
        Check(4, "docs", "--fail-on", "new").Expect(4, "no source file was found", "unknown-language");
        Check(0, "src", "--fail-on", "new");
    }

    [Fact]
    public void Wrong_Requests_AreExplained()
    {
        Check(2, "--base", "nothing").Expect(2, "no revision 'nothing'");
        CliProcess.Run(_repository.Root, "check", "--workspace", _workspace.Root).Expect(2, "--base");
        CliProcess.Run(_repository.Root, "check", "missing", "--base", "HEAD", "--workspace", _workspace.Root).Expect(2, "missing");
        using var loose = new TemporaryFolder();
        loose.Write("a.py", Total);
        CliProcess.Run(loose.Root, "check", "--base", "HEAD", "--workspace", _workspace.Root).Expect(2, "no git work tree");
        using var other = new ScratchRepository();
        other.Write("a.py", Total);
        other.Commit();
        CliProcess.Run(_repository.Root, "check", _repository.Root, other.Root, "--base", "HEAD", "--workspace", _workspace.Root).Expect(2, "--repository");
    }

    [Fact]
    public void ASubmodule_IsAnotherRepository()
    {
        using var inner = new ScratchRepository();
        inner.Write("c.py", Words);
        inner.Commit();
        _repository.Git("clone", "-q", inner.Root, "libs/inner");
        Write("src/b.py", "x = 1", Total);
        Assert.Equal(["new exact src/b.py total | src/a.py total"], Findings(1, "--fail-on", "new"));
    }

    [Theory]
    [InlineData("text", "1 new duplicate\n")]
    [InlineData("json", "\"duplicatedShare\": 1")]
    [InlineData("jsonl", "{\"finding\":\"new\"")]
    [InlineData("sarif", "\"ruleId\": \"change/new\"")]
    [InlineData("github", "::warning file=src/b.py,line=")]
    [InlineData("markdown", "<summary>1 new duplicate</summary>")]
    [InlineData("junit", "<failure type=\"new\"")]
    [InlineData("codeclimate", "\"check_name\": \"xcoder/new\"")]
    [InlineData("badge", "<title>new duplicates: 1</title>")]
    public void EachFormat_IsWritten(string format, string text)
    {
        Write("src/b.py", "x = 1", Total);
        Assert.Contains(text, Check(1, "--fail-on", "new", "--format", format).Output);
        CliProcess.Run(_repository.Root, "snippets", "--workspace", _workspace.Root, "--format", format).Expect(format is "text" or "json" or "jsonl" ? 0 : 2);
    }

    // A new function in a language that lacked it is good news, and no gate counts it.
    [Fact]
    public void AGapThatIsClosed_IsInformation()
    {
        using var ports = new ScratchRepository();
        var corpus = Path.Combine(TestPaths.Root, "tests/corpora/polyglot");
        foreach (var file in Directory.GetFiles(corpus, "*", SearchOption.AllDirectories))
        {
            ports.Write(Path.GetRelativePath(corpus, file), File.ReadAllText(file));
        }

        var whole = File.ReadAllText(Path.Combine(corpus, "python/text.py"));
        var (start, end) = (whole.IndexOf("def encode_runs", StringComparison.Ordinal), whole.IndexOf("def checksum", StringComparison.Ordinal));
        ports.Write("python/text.py", whole[..start] + whole[end..]);
        ports.Commit();
        ports.Write("python/runs.py", whole[start..end]);
        var output = CliProcess.Run(ports.Root, "check", "--base", "HEAD", "--fail-on", "any", "--format", "jsonl", "--workspace", _workspace.Root).Expect(0).Output;
        using var finding = JsonDocument.Parse(Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(("gap-closed", "information", "encode_runs"), (finding.RootElement.GetProperty("finding").GetString(), finding.RootElement.GetProperty("severity").GetString(),
            finding.RootElement.GetProperty("snippet").GetProperty("name").GetString()));
        Assert.Equal(["go", "java", "javascript"], finding.RootElement.GetProperty("others").EnumerateArray().Select(other => other.GetProperty("language").GetString()).Order());
    }

    [Fact]
    public void AShallowClone_NamesTheDepth()
    {
        _repository.Commit("second");
        using var clone = new TemporaryFolder();
        clone.Run("git", "clone", "-q", "--depth=1", $"file://{_repository.Root}", "clone");
        CliProcess.Run(Path.Join(clone.Root, "clone"), "check", "--base", "HEAD~1", "--workspace", _workspace.Root).Expect(2, "fetch-depth: 0");
        CliProcess.Run(Path.Join(clone.Root, "clone"), "check", "--base", "HEAD", "--workspace", _workspace.Root).Expect(0);
    }

    // Everything by which a repository can make git run a program.
    [Fact]
    public void NoProgramOfTheRepository_Runs()
    {
        var mark = Path.Join(_workspace.Root, "ran");
        var program = _repository.Folder.Write("evil.sh", $"#!/bin/sh\ntouch {mark}\ncat\n");
        _repository.Folder.Run("chmod", "+x", program);
        Write(".gitattributes", "*.py filter=evil diff=evil merge=evil");
        Write("src/b.py", "x = 1", Total);
        foreach (var hook in (string[])["post-checkout", "pre-commit", "post-index-change", "fsmonitor-watchman", "reference-transaction"])
        {
            File.Copy(program, Path.Join(_repository.Root, ".git/hooks", hook));
        }

        File.AppendAllText(Path.Join(_repository.Root, ".git/config"), $"""

            [core]
            	fsmonitor = {program}
            	pager = {program}
            	sshCommand = {program}
            	hooksPath = {_repository.Root}
            	gitProxy = {program}
            	editor = {program}
            [filter "evil"]
            	clean = {program}
            	smudge = {program}
            	process = {program}
            	required = true
            [diff "evil"]
            	textconv = {program}
            	command = {program}
            [diff]
            	external = {program}
            [alias]
            	rev-parse = !{program}
            [include]
            	path = {_repository.Root}/evil.sh
            [includeIf "gitdir:**"]
            	path = /dev/zero
            [credential]
            	helper = !{program}
            """);
        Assert.Equal(["new exact src/b.py total | src/a.py total"], Findings(1, "--fail-on", "new").Where(finding => finding.Contains(".py")));
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public void LinksInTheWorkTreeAndInGit_AreNotFollowed()
    {
        using var outside = new TemporaryFolder();
        outside.Write("secret.py", Total);
        File.CreateSymbolicLink(Path.Join(_repository.Root, "src/b.py"), Path.Join(outside.Root, "secret.py"));
        File.CreateSymbolicLink(Path.Join(_repository.Root, "linked"), outside.Root);
        Assert.Empty(Findings(0, "--fail-on", "any"));

        // The head of a branch behind a link out.
        outside.Write("head", _repository.Git("rev-parse", "HEAD") + "\n");
        File.CreateSymbolicLink(Path.Join(_repository.Root, ".git/refs/heads/out"), Path.Join(outside.Root, "head"));
        Check(2, "--base", "out").Expect(2, "no revision 'out'");
    }

    // A blob of the base that takes the parser down or forever costs itself.
    [Fact]
    public void HostileBaseContent_CostsItself()
    {
        Write("src/deep.py", new string('(', 200_000));
        Write("src/binary.py", "\0\u0001\u0002");
        Write("src/large.py", string.Concat(Enumerable.Repeat("x = 1\n", 400_000)));
        Write("src/twin.py", "x = 1", Total);
        _repository.Commit();
        Write("src/deep.py", "x = 1");
        Write("src/binary.py", "x = 2");
        Write("src/large.py", "x = 3");
        Write("src/twin.py", "x = 1", Total.Replace("value > limit", "value >= limit", StringComparison.Ordinal));
        Assert.Equal(["twin exact src/twin.py total | src/a.py total"], Findings(0));
    }

    private static string Renamed(string code, string from, string to) => code.Replace($"def {from}", $"def {to}", StringComparison.Ordinal);

    private void Write(string path, params string[] parts) => _repository.Write(path, string.Join("\n\n\n", parts) + "\n");

    private CliResult Check(int exitCode, params string[] arguments) => CliProcess.Run(_repository.Root,
        ["check", "--no-semantic", "--workspace", _workspace.Root, .. arguments.Contains("--base") ? [] : (string[])["--base", "HEAD"], .. arguments]).Expect(exitCode);

    private JsonElement[] Json(int exitCode = 0, params string[] arguments) => [.. Check(exitCode, ["--format", "jsonl", .. arguments]).Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private List<string> Findings(int exitCode, params string[] arguments) => [.. Json(exitCode, arguments).Select(finding =>
        $"{finding.GetProperty("finding").GetString()} {finding.GetProperty("kind").GetString()} {string.Join(", ", finding.GetProperty("also").EnumerateArray().Prepend(finding.GetProperty("snippet")).Select(Place))} | {string.Join(", ", finding.GetProperty("others").EnumerateArray().Select(Place))}")];

    private List<string> Files(params string[] arguments)
    {
        using var report = JsonDocument.Parse(Check(0, ["--format", "json", .. arguments]).Output);
        return [.. report.RootElement.GetProperty("files").EnumerateArray().Select(file => $"{file.GetProperty("path").GetString()} {file.GetProperty("change").GetString()}")];
    }

    private static string Place(JsonElement snippet) => $"{snippet.GetProperty("path").GetString()} "
        + (snippet.TryGetProperty("name", out var name) ? name.GetString() : Path.GetFileName(snippet.GetProperty("path").GetString()));
}
