using System.Text;
using FsCheck;
using FsCheck.Fluent;
using XCoder.Analysis.Model;
using XCoder.Analysis.Vectors.Sets;
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
    public void ExactHash_Layout_CountsBeforeEveryTokenButTheFirst()
    {
        var plain = Exact("a b c");
        Assert.Equal(plain, Exact("a b c", 0, 0, 0));
        Assert.Equal(plain, Exact("a b c", LayoutMark.Beside(1), 0, 0));
        Assert.NotEqual(plain, Exact("a b c", 0, LayoutMark.Beside(1), 0));
        Assert.NotEqual(Exact("a b c", 0, LayoutMark.Beside(1), 0), Exact("a b c", 0, LayoutMark.Beside(2), 0));
        Assert.NotEqual(Exact("a b c", 0, LayoutMark.Beside(1), 0), Exact("a b c", 0, 0, LayoutMark.Beside(1)));

        Assert.Equal(Exact("a b c", 0, LayoutMark.InPlace(8), 0), Exact("a x c", 0, LayoutMark.InPlace(8), 0));
        Assert.NotEqual(Exact("a b c", 0, LayoutMark.InPlace(8), 0), Exact("a b c", 0, LayoutMark.InPlace(16), 0));
        Assert.Equal(TokenHashes.TextOf(plain), TokenHashes.TextOf(Exact("a b c", 0, LayoutMark.Beside(1), 0)));
        Assert.NotEqual(TokenHashes.TextOf(plain), TokenHashes.TextOf(Exact("a b d", 0, LayoutMark.Beside(1), 0)));

        Assert.Equal(Exact("a c"), Exact("a b c", 0, LayoutMark.Skipped, 0));
        Assert.Equal(plain, Exact("x a b c", LayoutMark.Skipped, LayoutMark.Beside(1), 0, 0));
    }

    [Fact]
    public void RenamedHashAndShingles_Layout_DoesNotCount()
    {
        var marked = Marked("a b c a", 0, LayoutMark.Beside(1), LayoutMark.Skipped, LayoutMark.InPlace(8));
        Assert.Equal(TinyTokenizer.Renamed("a b c a"), marked.RenamedHash(0, 4));
        Assert.Equal(TinyTokenizer.Hashes("a b c a").Shingles(0, 4, 3), marked.Shingles(0, 4, 3));
    }

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

    private static TokenHashes Marked(string text, params ulong[] layout) =>
        TokenHashes.Compute(Encoding.UTF8.GetBytes(text), TinyTokenizer.Tokens(text), layout);

    private static UInt128 Exact(string text, params ulong[] layout) => Marked(text, layout) is var hashes ? hashes.ExactHash(0, hashes.Values.Length) : 0;

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
