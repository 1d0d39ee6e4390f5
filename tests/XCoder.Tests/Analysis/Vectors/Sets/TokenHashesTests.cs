using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace XCoder.Tests.Analysis.Vectors.Sets;

public sealed class TokenHashesTests
{
    private const string Sum = "int sum(int a, int b) { return a + b * 2; }";

    [Theory]
    [InlineData("int sum(int a,int b){return a+b*2;}", true)]
    [InlineData("// adds\nint sum(int a, int b)\n{\n    return a + b * 2; // done\n}", true)]
    [InlineData("int sum(int a, int b) { return a + b * 3; }", false)]
    [InlineData("int sum(int a, int c) { return a + c * 2; }", false)]
    [InlineData("int sum(int a, int b) { return a + b * 2 }", false)]
    [InlineData("ints um(int a, int b) { return a + b * 2; }", false)]
    public void ExactHash_OtherText_EqualsUnderLayoutAndCommentsOnly(string other, bool isEqual) =>
        Assert.Equal(isEqual, TinyTokenizer.Exact(Sum) == TinyTokenizer.Exact(other));

    [Theory]
    [InlineData("int add(int x, int y) { return x + y * 40; }", true)]
    [InlineData("int a(int b, int sum) { return b + sum * 2; }", true)]
    [InlineData("int sum(int a, int b) { return b + a * 2; }", false)]
    [InlineData("int sum(int a, int a) { return a + a * 2; }", false)]
    [InlineData("int sum(int a, int b) { return a + c * 2; }", false)]
    [InlineData("int sum(int a, int b) { return a + b * \"2\"; }", false)]
    [InlineData("int sum(int a, int b) { return a - b * 2; }", false)]
    public void RenamedHash_OtherText_EqualsUnderConsistentRenamingOnly(string other, bool isEqual) =>
        Assert.Equal(isEqual, TinyTokenizer.Renamed(Sum) == TinyTokenizer.Renamed(other));

    [Fact]
    public void RenamedHash_RandomIdentifiers_EqualsExactlyWhereFirstOccurrencesNumberAlike() => Prop
        .ForAll<byte[], byte[]>((left, right) =>
        {
            // Few names and short texts, so that equal shapes do occur.
            int[] a = [.. left.Select(value => value % 3)];
            int[] b = [.. right.Select(value => value % 3)];
            return Numbered(a).SequenceEqual(Numbered(b)) == (TinyTokenizer.Renamed(Text(a, "x")) == TinyTokenizer.Renamed(Text(b, "other")));
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Hashes_RangeOfAFile_EqualsThoseOfItsTextAlone()
    {
        var file = TinyTokenizer.Hashes("int a = b; " + Sum + " b = a + sum;");
        var count = TinyTokenizer.Tokens(Sum).Count;
        Assert.Equal(TinyTokenizer.Exact(Sum), file.ExactHash(5, count));
        Assert.Equal(TinyTokenizer.Renamed(Sum), file.RenamedHash(5, count));
        Assert.Equal(TinyTokenizer.Hashes(Sum).Shingles(0, count, 3), file.Shingles(5, count, 3));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(6, 1)]
    [InlineData(9, 1)]
    public void Shingles_RepeatingTokens_AreDistinctAscendingWindows(int size, int expected)
    {
        var shingles = TinyTokenizer.Hashes("a b c a b c").Shingles(0, 6, size);
        Assert.Equal(expected, shingles.Length);
        Assert.Equal(shingles.Order().Distinct(), shingles);
    }

    [Fact]
    public void Shingles_EmptyRange_AreNone() => Assert.Empty(TinyTokenizer.Hashes("a").Shingles(0, 0, 3));

    [Fact]
    public void Values_ManyShortTokens_DoNotCollide()
    {
        var text = string.Join(' ', Enumerable.Range(0, 50_000).Select(i => $"{(char)('a' + (i % 26))}{i:x}{new string('y', i % 40)}"));
        Assert.Equal(50_000, new HashSet<ulong>(TinyTokenizer.Hashes(text).Values.ToArray()).Count);
    }

    private static string Text(int[] names, string prefix) => string.Join(' ', names.Select(name => $"{prefix}{name * 7}"));

    private static IEnumerable<int> Numbered(int[] names)
    {
        var order = new List<int>();
        foreach (var name in names)
        {
            if (!order.Contains(name))
            {
                order.Add(name);
            }

            yield return order.IndexOf(name);
        }
    }
}
