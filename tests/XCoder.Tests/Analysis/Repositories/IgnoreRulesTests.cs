using System.Text;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories;
using XCoder.Analysis.Repositories.Ignore;
using XCoder.Analysis.Repositories.Walk;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class IgnoreRulesTests
{
    private static readonly string[] Words = ["a", "b", "ab", "foo", "bar", "a.c", "b.o", "foo.txt", "x y", "#h", "!n", "[z]", "é.c", "t ", "-", "a]b"];

    private static readonly string[] Fixed =
    [
        "*", "!*/", "!*.c", "/*", "*.c", "*.o", "a/", "/a", "a/b", "a/**", "**/a", "a/**/b", "**/foo/**", "foo*", "*foo", "f?o", "?", "??.c",
        "[ab]", "[!a]*", "[^a]*.c", "[a-c].c", "[[:alpha:]]", "[[:alpha:]_.]*", "[]a]*", "[!]a]", "\\#h", "#h", "\\!n", "!n", "t\\ ", "t ", "t  ", "a**", "a**b", "**b",
        "a/*", "a/*/b", "/a/*/*", "!a/b", "!/foo/", "**/", "/**", "**", "***", "*/**/*.c", "a\\b", "a\\", "[a", "[z]", "\\[z\\]", "x?y", "é.c", "?.c", "foo/bar/", "/", "!", "//", "a//b",
        "foo**/bar", "**foo/bar", "a*/b", "*/b", "**/*/a", "a/**/*.c", "[[:foo:]]", "[a-]", "[--a]", "[\\]]", "a[]]b", "b/**/", "*b/**", "\ta", "a\r", "{a,b}",
    ];

    [Theory]
    [InlineData("*.log", "a/b.log", true)]
    [InlineData("/a", "b/a", false)]
    [InlineData("a/b", "x/a/b", false)]
    [InlineData("**/a/b", "x/a/b", true)]
    [InlineData("a/**", "a/x/y", true)]
    [InlineData("a/**/b", "a/b", true)]
    [InlineData("a/", "a", false)]
    [InlineData("a\\ ", "a ", true)]
    [InlineData("a  ", "a", true)]
    [InlineData("?.c", "é.c", false)]
    [InlineData("[[:digit:]]*", "1x", true)]
    [InlineData("[!0-9]*", "1x", false)]
    public void Judge_Pattern_MatchesAsInGit(string pattern, string path, bool isIgnored)
    {
        var target = new BytePath("/r");
        var slash = path.LastIndexOf('/') + 1;
        target.Set(path[..slash], new FolderEntry(path[slash..], null, EntryKind.File));
        var rules = new IgnoreRules(new IgnoreScope(IgnoreList.Parse(Encoding.UTF8.GetBytes(pattern))!, 0, null), null);

        Assert.Equal(isIgnored, rules.Judge(target, isFolder: false) == IgnoreVerdict.Ignored);
    }

    [Fact]
    public async Task IsMatch_PatternOfManyStars_EndsSoon()
    {
        var text = Encoding.ASCII.GetBytes(string.Join('/', Enumerable.Repeat("aaaaaaaa", 200)));
        foreach (var part in (string[])["**/", "*a", "**/*a", "**/a*/", "*?", "**/a/"])
        {
            var pattern = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(part, 60)) + "/z");
            var match = Task.Run(() => Wildmatch.IsMatch(pattern, text, slashIsSpecial: true) || Wildmatch.IsMatch(pattern, text, slashIsSpecial: false));
            Assert.False(await match.WaitAsync(TimeSpan.FromSeconds(20)), part);
        }
    }

    [Fact]
    public void Walk_RandomTreesAndPatterns_AgreesWithGit()
    {
        using var folder = new TemporaryFolder();
        try
        {
            folder.Run("git", "init", "-q", ".");
        }
        catch (Exception)
        {
            // No git here: nothing to compare with.
            return;
        }

        var random = new Random(20250117);
        for (var round = 0; round < 250; round++)
        {
            var name = $"t{round}";
            folder.Write($"{name}/.gitignore", Patterns(random));
            for (var file = 0; file < 12; file++)
            {
                var path = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Words[random.Next(Words.Length)]));
                try
                {
                    folder.Write($"{name}/{path}");
                    if (random.Next(8) == 0)
                    {
                        folder.Write($"{name}/{path[..(path.LastIndexOf('/') + 1)]}.gitignore", Patterns(random));
                    }
                }
                catch (IOException)
                {
                    // A file stands where this path needs a folder, or the other way round.
                }
                catch (UnauthorizedAccessException)
                {
                }
            }
        }

        var expected = folder.Run("git", "ls-files", "-z", "-o", "--exclude-standard").Split('\0', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
        var walker = new FileWalker(new WalkOptions());
        var walked = walker.Walk(new LocatedRepository(new Repository("r", folder.Root, null, null), [""])).ToList();

        Assert.Equal(expected, walked.OfType<FoundFile>().Select(file => file.Path));
        Assert.All(walked.OfType<SkippedFiles>(), skipped => Assert.Equal(SkipReason.Ignored, skipped.Reason));
        Assert.Equal(
            Directory.EnumerateFiles(folder.Root, "*", SearchOption.AllDirectories).Count(path => !path.Contains("/.git/")),
            walked.Sum(entry => entry is SkippedFiles skipped ? skipped.Files : 1));
    }

    private static string Patterns(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Pattern(random) + (random.Next(10) == 0 ? "\r\n" : "\n")));

    private static string Pattern(Random random)
    {
        if (random.Next(2) == 0)
        {
            return Fixed[random.Next(Fixed.Length)];
        }

        var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(4) switch
        {
            0 => "**",
            1 => Fixed[random.Next(Fixed.Length)].Trim('/', '!'),
            _ => Words[random.Next(Words.Length)],
        });
        return (random.Next(5) == 0 ? "!" : "") + (random.Next(4) == 0 ? "/" : "") + string.Join('/', parts) + (random.Next(4) == 0 ? "/" : "");
    }
}
