using XCoder.Analysis.Concepts;

namespace XCoder.Tests.Analysis.Concepts;

public class LanguageFoldersTests
{
    [Theory]
    [InlineData("ruby/lib/a.rb:ruby:40 ruby/ext/a.c:c:10 core/a.c:c:30", "ruby", true)] // a native extension of a quarter
    [InlineData("ruby/lib/a.rb:ruby:40 ruby/ext/a.c:c:9 core/a.c:c:30", "ruby", false)]
    [InlineData("ruby/lib/a.rb:ruby:40 ruby/ext/a.c:c:10 core/a.c:c:30", "c", false)]
    [InlineData("lib/rb/a.rb:ruby:40 lib/cpp/a.cpp:cpp:90 lib/go/a.go:go:80", "ruby", false)] // "lib" is the folder of all
    [InlineData("lib/rb/a.rb:ruby:40 lib/rb/ext/a.c:c:20 lib/c/a.c:c:90", "ruby", true)]
    [InlineData("a.rb:ruby:40 b.c:c:90", "ruby", false)] // the root is nobody's
    [InlineData("py/a.py:python:5 tools/b.py:python:5 py/c.c:c:90", "python", false)] // no folder of its own
    [InlineData("py/a.py:python:5", "go", false)]
    [InlineData("a/b/c/d/e/f/g.py:python:9 a/b/c/d/x.c:c:9 z.c:c:90", "python", true)]
    public void IsWrapper_OfALanguage_IsToldByItsFolder(string files, string language, bool expected)
    {
        var folders = new LanguageFolders();
        foreach (var parts in files.Split(' ').Select(file => file.Split(':')))
        {
            for (var i = 0; i < int.Parse(parts[2]); i++)
            {
                folders.Add("app", parts[0], parts[1]);
            }
        }

        Assert.Equal(expected, folders.IsWrapper("app", language));
        Assert.False(folders.IsWrapper("other", language));
    }
}
