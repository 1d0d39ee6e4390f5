using XCoder.Analysis.Duplicates.Baselines;
using Xunit;

namespace XCoder.Tests.Analysis.Duplicates.Baselines;

public sealed class PlaceMatcherTests
{
    // A place is path:name=content, without a name a file. After the arrow stands what is expected of each place of today.
    [Theory]
    [InlineData("a.py:f=1", "a.py:f=1", "Unchanged")]
    [InlineData("a.py:f=1", "a.py:f=2", "Edited")]
    [InlineData("a.py:f=1", "b.py:f=1", "Unchanged")] // moved
    [InlineData("a.py:f=1", "a.py:g=1", "Unchanged")] // renamed
    [InlineData("a.py:f=1", "a.py:f=1 b.py:f=1", "Unchanged New")] // pasted into another file
    [InlineData("z.py:f=1", "a.py:f=1 z.py:f=1", "New Unchanged")] // the order of files does not decide
    [InlineData("a.py:f=1", "a.py:f=1 a.py:g=1", "Unchanged New")] // pasted into the same file
    [InlineData("a.py:f=1", "a.py:f=2 b.py:f=1", "Edited New")] // pasted, then the original edited
    [InlineData("a.py:f=1", "a.py:f=2 b.py:f=2", "Edited New")] // edited, then pasted
    [InlineData("a.py:f=1 b.py:f=1", "a.py:f=2 b.py:f=2", "Edited Edited")] // edited in both
    [InlineData("a.py:f=1 b.py:f=1", "a.py:f=1 c.py:f=1", "Unchanged Unchanged")] // one of two moved
    [InlineData("a.py:f=1 b.py:f=1", "a.py:f=1 b.py:f=1 c.py:f=1", "Unchanged Unchanged New")]
    [InlineData("a.py:f=1 a.py:g=2 a.py:h=3", "b.py:f=1 b.py:g=2 b.py:h=4", "Unchanged Unchanged Edited")] // a file renamed, then edited
    [InlineData("a.py:f=1 a.py:g=2", "a.py:f=1 b.py:f=1 b.py:g=2", "Unchanged New Unchanged")]
    [InlineData("a.py=1", "a.py=1 b.py=1", "Unchanged New")]
    [InlineData("a.py=1", "b.py=1", "Unchanged")]
    [InlineData("a.py=1", "a.py:f=1", "New")] // a function is no file, whatever their hashes
    [InlineData("", "a.py:f=1", "New")]
    [InlineData("old/a.py:f=1 old/b.py:g=2", "new/a.py:f=3 new/b.py:g=2", "Edited Unchanged")] // a checkout of another name
    [InlineData("old/a.py:f=1 lib/a.py:f=1", "new/a.py:f=1 lib/a.py:f=1 tmp/c.py:f=1", "Unchanged Unchanged New")]
    [InlineData("lib/a.py:f=1", "lib/a.py:f=1 new/a.py:f=1", "Unchanged New")] // another repository is new, though its paths are known
    public void Match_ChangedCode_TellsKnownFromNew(string before, string now, string expected) =>
        Assert.Equal(expected, string.Join(' ', PlaceMatcher.Match(Places(before), Places(now)).Select(match => match.State)));

    [Fact]
    public void Match_Places_AreUsedOnce()
    {
        var matches = PlaceMatcher.Match(Places("a.py:f=1 a.py:g=1 b.py:f=1"), Places("a.py:f=1 c.py:f=1 d.py:x=1 e.py:y=1"));
        var found = matches.Where(match => match.Found >= 0).Select(match => match.Found).ToList();
        Assert.Equal(3, found.Distinct().Count());
        Assert.Equal(3, found.Count);
    }

    private static CodePlace[] Places(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(place =>
        {
            var (where, hash) = (place.Split('=')[0], ulong.Parse(place.Split('=')[1]));
            var (file, name) = (where.Split(':')[0], where.Contains(':') ? where.Split(':')[1] : "");
            return new CodePlace(file.Contains('/') ? file.Split('/')[0] : "shop", file.Split('/')[^1], name, hash);
        }),
    ];
}
