using System.Text;
using FsCheck;
using FsCheck.Fluent;
using XCoder.Analysis.Settings;
using Xunit;

namespace XCoder.Tests.Analysis.Settings;

/// <summary>The file of groups that people decided to keep.</summary>
public class IgnoredGroupsTests
{
    private static readonly IgnoredMember First = new(null, "a.py", "f", 1), Second = new("other", "b.py", "g", 2);

    [Fact]
    public void What_is_written_is_read_again()
    {
        IgnoredEntry[] entries = [new("2", "zwei \"Gründe\"\u0001", [Second, new IgnoredMember(null, "c d.py", "", ulong.MaxValue)]), new("1", "one", [First])];
        var read = Read(Write(entries));
        Assert.Equal(Write(entries), Write(read.Entries));
        Assert.Equal(["1", "2"], read.Entries.Select(static entry => entry.Group));
        Assert.Equal(entries[0].Members, read.Entries[1].Members);
    }

    [Fact]
    public void The_last_entry_of_a_group_counts() =>
        Assert.Equal("new", Assert.Single(Read(Write([new("1", "old", [First]), new("1", "new", [First])])).Entries).Reason);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version": 2, "groups": []}""")]
    [InlineData("""{"version": 1, "groups": 3}""")]
    [InlineData("""{"version": 1, "groups": [{"group": "1", "reason": "", "members": []}]}""")]
    [InlineData("""{"version": 1, "groups": [{"group": "1", "reason": null, "members": []}]}""")]
    [InlineData("""{"version": 1, "groups": [{"group": "1", "reason": "x", "members": [{"path": "a", "hash": "xyz"}]}]}""")]
    [InlineData("""{"version": 1, "groups": [{"group": "1", "reason": "x", "members": [{"path": 1, "hash": "1"}]}]}""")]
    public void What_is_no_such_file(string text) => Assert.StartsWith("f: ", Assert.Throws<SettingsException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_entry_covers_its_members_wherever_one_of_them_moved_or_was_edited()
    {
        IgnoredEntry entry = new("1", "x", [First, Second]);
        Assert.True(entry.Covers([First, Second]));
        Assert.True(entry.Covers([First]));
        Assert.True(entry.Covers([First with { Hash = 9 }, Second])); // edited
        Assert.True(entry.Covers([First with { Path = "z.py", Name = "h" }, Second])); // moved
        Assert.False(entry.Covers([First with { Path = "z.py", Hash = 9 }, Second])); // other code
        Assert.False(entry.Covers([First, Second, First with { Path = "z.py" }])); // one more copy
        Assert.False(entry.Covers([First, First with { Path = "z.py" }])); // a copy in the place of another
        Assert.False(entry.Covers([First with { Name = "" }, Second])); // a file with the hash of a function
    }

    [Fact]
    public void Each_member_covers_one_piece_of_code()
    {
        var member = from path in Gen.Choose(0, 3) from name in Gen.Choose(0, 2) from hash in Gen.Choose(0, 3)
            select new IgnoredMember(null, $"{path}", $"n{name}", (ulong)hash);
        Prop.ForAll(Arb.From(member.ListOf()), Arb.From(member.NonEmptyListOf()), (all, code) =>
            !new IgnoredEntry("1", "x", [.. all]).Covers([.. code]) || code.Count <= all.Count).QuickCheckThrowOnFailure();
        Prop.ForAll(Arb.From(member.NonEmptyListOf()), all => new IgnoredEntry("1", "x", [.. all]).Covers([.. all])).QuickCheckThrowOnFailure();
    }

    private static string Write(IEnumerable<IgnoredEntry> entries)
    {
        using var stream = new MemoryStream();
        new IgnoredGroups(entries).Write(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static IgnoredGroups Read(string text) => IgnoredGroups.Read("f", Encoding.UTF8.GetBytes(text));
}
