using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Duplicates;
using Xunit;

namespace XCoder.Tests.Analysis.Duplicates;

public sealed class DuplicateBaselineTests
{
    private const string A = "«int f(int a) { if (a) { return a + 1; } for (b) { g(a, b); } return h(a) * 2; }»";
    private const string NearA = "«int f(int a) { if (a) { return a + 1; } for (b) { g(a, b); } log(); return h(a) * 2; }»";
    private const string B = "«while (true) { p = q; q = r; r = \"s\"; class t { u; v; } }»";

    public static TheoryData<string[], string[], string> Changes => new()
    {
        { [A, A], [A, A], "known 1" },
        { [A, A], ["x = 1; " + A, B, A], "known 1" },
        { [A, A], [A, A, A], "grown 1" },
        { [A, A, A], [A, A], "known 1" },
        { [A, A], [A, A, B, B], "new 1 known 1" },
        { [A, A], [A], "gone 1" },
        { [A, A], [A, NearA], "known 1" },
        { [A, A], [A, A, NearA], "new 1 known 1" },
        { [A, NearA], [A, NearA, B], "known 1" },
        { [], [A, A], "new 1" },
        { [], [], "" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Compare_ChangedCorpus_TellsNewGrownKnownAndGone(string[] before, string[] after, string expected)
    {
        var baseline = Rewritten(DuplicateBaseline.Of(TinyCorpus.Of(before).Find().Groups));
        var found = baseline.Compare(TinyCorpus.Of(after).Find().Groups);
        (string Name, int Count)[] counts = [("new", found.New.Count), ("grown", found.Grown.Count), ("known", found.Known.Count), ("gone", found.Gone.Count)];
        Assert.Equal(expected, string.Join(' ', counts.Where(count => count.Count > 0).Select(count => $"{count.Name} {count.Count}")));
        Assert.Equal(expected.Contains("new") || expected.Contains("grown"), found.HasNew);
    }

    [Fact]
    public void Compare_BaselineOfAVersionThatComparedNoLayout_KnowsItsGroups()
    {
        var groups = TinyCorpus.Of(A, A, NearA, B, B).Find().Groups;
        var old = Regex.Replace(Text(DuplicateBaseline.Of(groups)), "(?<=\"[0-9a-f]{16})[0-9a-f]{16}(?=\")", "0123456789abcdef");
        var found = DuplicateBaseline.Read(new MemoryStream(Encoding.UTF8.GetBytes(old))).Compare(groups);
        Assert.Equal((0, 0, groups.Count, 0), (found.New.Count, found.Grown.Count, found.Known.Count, found.Gone.Count));
    }

    [Fact]
    public void Write_Groups_StandOneALineSorted()
    {
        var baseline = DuplicateBaseline.Of(TinyCorpus.Of(B, A, A, NearA, B).Find().Groups);
        var lines = Text(baseline).Split('\n');
        Assert.Equal("{\"version\":1,\"groups\":[", lines[0]);
        Assert.StartsWith("{\"kind\":\"exact\",\"members\":2,\"contents\":{\"", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("{\"kind\":\"near\",\"members\":3,", lines[3], StringComparison.Ordinal);
        Assert.Equal(["]}", ""], lines[4..]);
        Assert.Equal(Text(baseline), Text(DuplicateBaseline.Of(TinyCorpus.Of(NearA, A, B, B, A).Find().Groups)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"version\":\"1\"}")]
    [InlineData("{\"version\":2,\"groups\":[]}")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":1,\"groups\":[{\"kind\":\"odd\",\"contents\":{\"0\":1}}]}")]
    [InlineData("{\"version\":1,\"groups\":[{\"kind\":\"exact\",\"contents\":{}}]}")]
    [InlineData("{\"version\":1,\"groups\":[{\"kind\":\"exact\",\"contents\":{\"xyz\":1}}]}")]
    [InlineData("{\"version\":1,\"groups\":[{\"kind\":\"exact\",\"contents\":{\"0\":-1}}]}")]
    [InlineData("{\"version\":1,\"groups\":[{\"kind\":\"exact\",\"contents\":{\"0123456789abcdef0123456789abcdef0\":1}}]}")]
    public void Read_Malformed_ThrowsWithAdvice(string text)
    {
        var error = Assert.Throws<BaselineFormatException>(() => DuplicateBaseline.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))));
        Assert.Contains("--write-baseline", error.Message, StringComparison.Ordinal);
    }

    private static DuplicateBaseline Rewritten(DuplicateBaseline baseline) =>
        DuplicateBaseline.Read(new MemoryStream(Encoding.UTF8.GetBytes(Text(baseline))));

    private static string Text(DuplicateBaseline baseline)
    {
        var stream = new MemoryStream();
        baseline.Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
