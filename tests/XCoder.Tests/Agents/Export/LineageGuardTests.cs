using XCoder.Agents.Export;

namespace XCoder.Tests.Agents.Export;

public class LineageGuardTests
{
    private static readonly LineageGuard Guard = new(null);

    [Theory]
    [InlineData("src/jane.doe@corp.com/a.py", @"^src/<EMAIL_[0-9a-f]{8}>/a\.py$")]
    [InlineData("notes/jane.doe@corp.com.txt", @"^notes/<EMAIL_[0-9a-f]{8}>\.txt$")]
    [InlineData("jane%40corp.co.uk/a.py", @"^<EMAIL_[0-9a-f]{8}>/a\.py$")]
    [InlineData("home/jdoe/bin/a.sh", @"^home/<USER_[0-9a-f]{8}>/bin/a\.sh$")]
    [InlineData("backup/Users/jdoe/a.swift", @"^backup/Users/<USER_[0-9a-f]{8}>/a\.swift$")]
    [InlineData("dump/home/jdoe/.bashrc", @"^dump/home/<USER_[0-9a-f]{8}>/\.bashrc$")]
    [InlineData("/home/jdoe/src/tool", @"^/home/<USER_[0-9a-f]{8}>/src/tool$")]
    [InlineData("file:///home/jdoe/tool", @"^file:///home/<USER_[0-9a-f]{8}>/tool$")]
    [InlineData(@"C:\Users\jdoe\tool", @"^C:\\Users\\<USER_[0-9a-f]{8}>\\tool$")]
    [InlineData("jdoe@build.corp.internal:tools/a.git", @"^<USER_[0-9a-f]{8}>@build\.corp\.internal:tools/a\.git$")]
    [InlineData("ssh://jdoe@build.corp.internal/a.git", @"^ssh://<USER_[0-9a-f]{8}>@build\.corp\.internal/a\.git$")]
    public void Text_WithANameOfAPerson_HoldsAPlaceholder(string text, string pattern)
    {
        var guarded = Guard.Text(text);
        Assert.Matches(pattern, guarded);
        Assert.DoesNotContain("doe", guarded, StringComparison.Ordinal);
        Assert.Equal(guarded, Guard.Text(text));
        Assert.Equal(guarded, Guard.Text(guarded));
    }

    [Theory]
    [InlineData("src/users/show.rb")]
    [InlineData("src/home/index.ts")]
    [InlineData("app/views/users/edit/form.html")]
    [InlineData("img/icon@2x.ts")]
    [InlineData("node/@types/node/index.d.ts")]
    [InlineData("git@github.com:owner/repository.git")]
    [InlineData("https://github.com/owner/repository")]
    [InlineData("")]
    public void Text_WithoutOne_StaysAsItIs(string text) => Assert.Equal(text, Guard.Text(text));

    [Fact]
    public void Text_OfTheSameAddress_HasTheSamePlaceholderWherever() =>
        Assert.Equal(Guard.Text("a/jane@corp.com/b").Split('/')[1], Guard.Text("jane@corp.com"));
}
