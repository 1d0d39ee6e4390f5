using XCoder.Analysis.Repositories.Git;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class GitRevisionTests(GitRevisionTests.History history) : IClassFixture<GitRevisionTests.History>, IDisposable
{
    private readonly ScratchRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("HEAD")]
    [InlineData("@")]
    [InlineData("main")]
    [InlineData("heads/main")]
    [InlineData("refs/heads/main")]
    [InlineData("HEAD~0")]
    [InlineData("HEAD^0")]
    [InlineData("HEAD~")]
    [InlineData("HEAD^")]
    [InlineData("HEAD~2")]
    [InlineData("HEAD^^")]
    [InlineData("main~1")]
    [InlineData("v1")]
    [InlineData("v1^{commit}")]
    [InlineData("v1^{}")]
    [InlineData("v1~1")]
    [InlineData("outer")]
    [InlineData("light")]
    [InlineData("origin/main")]
    [InlineData("origin")]
    [InlineData("merge^1")]
    [InlineData("merge^2")]
    [InlineData("merge^2~1")]
    [InlineData("side/a")]
    public void Resolve_WhatGitKnows_IsWhatGitSays(string revision)
    {
        foreach (var repository in (ScratchRepository[])[history.Loose, history.Packed])
        {
            Assert.Equal(repository.Git("rev-parse", revision.EndsWith('}') ? revision : revision + "^{commit}"), Resolve(repository, revision));
        }
    }

    [Fact]
    public void Resolve_Hashes_WholeAndAbbreviated()
    {
        WriteHistory();
        var commit = _repository.Git("rev-parse", "HEAD~2");
        foreach (var isPacked in (bool[])[false, true])
        {
            Assert.Equal(commit, Resolve(commit));
            Assert.Equal(commit, Resolve(commit.ToUpperInvariant()));
            Assert.Equal(commit, Resolve(commit[..12]));
            Assert.Equal(commit, Resolve(commit[..7].ToUpperInvariant()));
            _repository.Git("repack", "-adq");
            _repository.Git("prune-packed");
        }
    }

    [Theory]
    [InlineData("nothing", "no revision 'nothing'")]
    [InlineData("origin/nothing", "git fetch")]
    [InlineData("", "no revision")]
    [InlineData("HEAD~99", "parents")]
    [InlineData("HEAD^3", "parents")]
    [InlineData("HEAD~x", "cannot follow")]
    [InlineData("HEAD^{tree}", "cannot follow")]
    [InlineData("HEAD~99999999999", "cannot follow")]
    [InlineData("main..HEAD", "no single revision")]
    [InlineData("HEAD@{1}", "no single revision")]
    [InlineData("HEAD:file.txt", "no single revision")]
    [InlineData("../../etc/passwd", "no single revision")]
    [InlineData("/etc/passwd", "no revision")]
    [InlineData("config", "no revision")]
    [InlineData("--upload-pack=touch x", "no revision")]
    [InlineData("blob", "names no commit")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffff", "not in this clone")]
    public void Resolve_WhatIsNoCommit_SaysSo(string revision, string message) =>
        Assert.Contains(message, Assert.Throws<GitException>(() => Resolve(history.Packed, revision)).Message);

    [Fact]
    public void Resolve_AmbiguousBeginning_SaysSo()
    {
        var ids = new HashSet<string>();
        var tree = _repository.Loose("tree", []);
        for (var i = 0; ; i++)
        {
            var id = _repository.Loose("commit", System.Text.Encoding.ASCII.GetBytes($"tree {tree}\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\n{i}\n"));
            if (!ids.Add(id[..4]))
            {
                Assert.Contains("more digits", Assert.Throws<GitException>(() => Resolve(id[..4])).Message);
                Assert.Equal(id, Resolve(id[..20]));
                return;
            }
        }
    }

    // What is no commit, is too large for one or is damaged may begin like a commit.
    [Theory]
    [InlineData("garbage")]
    [InlineData("empty")]
    [InlineData("cut off")]
    [InlineData("another commit")]
    [InlineData("large blob")]
    [InlineData("large commit")]
    public void Resolve_BeginningThatOthersShare_IsTheCommit(string other)
    {
        WriteHistory();
        var commit = _repository.Git("rev-parse", "HEAD");
        var like = commit[..39] + (commit[39] == '0' ? '1' : '0');
        var file = File.ReadAllBytes(PathOf(_repository.Git("rev-parse", "HEAD~1")));
        _repository.Folder.Write($".git/objects/{like[..2]}/{like[2..]}", other switch
        {
            "garbage" => "no object"u8.ToArray(),
            "empty" => [],
            "cut off" => file[..^20],
            "another commit" => file,
            "large blob" => ScratchRepository.Deflate([.. "blob 99999999\0"u8, .. new byte[100]]),
            _ => ScratchRepository.Deflate([.. "commit 99999999\0"u8, .. new byte[100]]),
        });

        Assert.Equal(commit, Resolve(commit[..12]));
        File.Delete(PathOf(commit));
        var message = Assert.ThrowsAny<GitException>(() => Resolve(commit[..12])).Message;
        Assert.Contains(other == "large blob" ? "no revision" : other == "large commit" ? "are read at most" : "damaged", message);

        string PathOf(string id) => Path.Join(_repository.Root, $".git/objects/{id[..2]}/{id[2..]}");
    }

    [Fact]
    public void Resolve_LinkedWorkTree_HasItsOwnHead()
    {
        WriteHistory();
        _repository.Git("worktree", "add", "-q", "tree", "side/a");
        Assert.Equal(_repository.Git("rev-parse", "side/a"), Resolve("HEAD", "tree"));
        Assert.Equal(_repository.Git("rev-parse", "main"), Resolve("main", "tree"));
    }

    [Theory]
    [InlineData("HEAD~1")]
    [InlineData("origin/other")]
    [InlineData("HEAD~3")]
    public void Resolve_ShallowClone_NamesTheDepth(string revision)
    {
        WriteHistory();
        _repository.Git("clone", "-q", "--depth=1", $"file://{_repository.Root}", "shallow");
        Assert.Equal(_repository.Git("rev-parse", "HEAD"), Resolve("HEAD", "shallow"));
        Assert.Contains("fetch-depth: 0", Assert.Throws<GitException>(() => Resolve(revision, "shallow")).Message);
        Assert.Contains("fetch-depth: 0", Assert.Throws<GitException>(() => Resolve(_repository.Git("rev-parse", "HEAD~2"), "shallow")).Message);
    }

    [Theory]
    [InlineData("main", "side/a")]
    [InlineData("side/a", "main")]
    [InlineData("main", "main~2")]
    [InlineData("merge", "main")]
    [InlineData("merge", "side/b")]
    [InlineData("side/a", "side/b")]
    [InlineData("merge", "side/a")]
    public void MergeBase_IsWhatGitSays(string first, string second) =>
        Assert.Equal(history.Packed.Git("merge-base", first, second), MergeBase(history.Packed, first, second));

    // Histories of random merges, against git.
    [Fact]
    public void MergeBase_OfRandomHistories_IsOneThatGitLists()
    {
        var tree = _repository.Loose("tree", []);
        var random = new Random(3);
        var commits = new List<string>();
        for (var i = 0; i < 120; i++)
        {
            var parents = commits.Count == 0 ? [] : Enumerable.Range(0, random.Next(1, 4)).Select(_ => commits[random.Next(Math.Max(0, commits.Count - 12), commits.Count)]).Distinct();
            // Clocks are not in order everywhere.
            var time = 1_700_000_000 + (i * 10) + random.Next(-40, 40);
            commits.Add(_repository.Loose("commit", System.Text.Encoding.ASCII.GetBytes(
                $"tree {tree}\n{string.Concat(parents.Select(parent => $"parent {parent}\n"))}author a <a> {time} +0000\ncommitter a <a> {time} +0000\n\n{i}\n")));
        }

        for (var round = 0; round < 40; round++)
        {
            var (a, b) = (commits[random.Next(commits.Count)], commits[random.Next(commits.Count)]);
            Assert.Contains(MergeBase(a, b), _repository.Git("merge-base", "--all", a, b).Split('\n'));
        }
    }

    [Fact]
    public void MergeBase_OfStrangers_IsNull()
    {
        WriteHistory();
        _repository.Git("checkout", "-q", "--orphan", "stranger");
        _repository.Commit("other");
        Assert.Null(MergeBase("stranger", "main"));
    }

    [Fact]
    public void MergeBase_BeyondTheDepth_NamesTheDepth()
    {
        WriteHistory();
        _repository.Git("clone", "-q", "--depth=1", "--no-single-branch", $"file://{_repository.Root}", "shallow");
        Assert.Contains("fetch-depth: 0", Assert.Throws<GitException>(() => MergeBase("origin/side/a", "HEAD", "shallow")).Message);
    }

    private string Resolve(string revision, string below = "") => Resolve(_repository, revision, below);

    private string? MergeBase(string first, string second, string below = "") => MergeBase(_repository, first, second, below);

    private static string Resolve(ScratchRepository repository, string revision, string below = "")
    {
        var folder = repository.Find(below);
        using var objects = GitObjects.Open(folder);
        return new GitRevision(folder, objects).Resolve(revision);
    }

    private static string? MergeBase(ScratchRepository repository, string first, string second, string below = "")
    {
        var folder = repository.Find(below);
        using var objects = GitObjects.Open(folder);
        var revisions = new GitRevision(folder, objects);
        return revisions.MergeBase(revisions.Resolve(first), revisions.Resolve(second));
    }

    private void WriteHistory() => History.Write(_repository);

    /// <summary>A history that many tests read: as loose objects and references, and packed.</summary>
    public sealed class History : IDisposable
    {
        public History()
        {
            Write(Loose);
            Write(Packed);
            Packed.Git("pack-refs", "--all");
            Packed.Git("repack", "-adq");
            Packed.Git("prune-packed");
        }

        internal ScratchRepository Loose { get; } = new();

        internal ScratchRepository Packed { get; } = new();

        public void Dispose()
        {
            Loose.Dispose();
            Packed.Dispose();
        }

        // main: 4 commits; side/a and side/b leave at the second; merge joins main and side/b.
        internal static void Write(ScratchRepository repository)
        {
            for (var i = 0; i < 4; i++)
            {
                repository.Write("file.txt", $"{i}");
                repository.Commit();
            }

            foreach (var name in (string[])["side/a", "side/b"])
            {
                repository.Git("checkout", "-q", "-b", name, "main~2");
                repository.Write(name, name);
                repository.Commit();
                repository.Commit();
            }

            repository.Git("checkout", "-q", "-b", "merge", "main");
            repository.Git("merge", "-q", "--no-ff", "-m", "merge", "side/b");
            repository.Git("checkout", "-q", "main");
            repository.Git("tag", "-a", "v1", "-m", "one", "main~1");
            repository.Git("tag", "-a", "outer", "-m", "a tag of a tag", "v1");
            repository.Git("tag", "light");
            repository.Git("update-ref", "refs/tags/blob", repository.Git("rev-parse", "HEAD:file.txt"));
            repository.Git("update-ref", "refs/remotes/origin/main", "main~1");
            repository.Git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main");
        }
    }
}
