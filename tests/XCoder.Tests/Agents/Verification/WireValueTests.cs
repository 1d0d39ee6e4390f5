using XCoder.Agents.Verification;

namespace XCoder.Tests.Agents.Verification;

public class WireValueTests
{
    [Theory]
    [InlineData("n")]
    [InlineData("t")]
    [InlineData("i-12;")]
    [InlineData("d1e-9;")]
    [InlineData("d-Infinity;")]
    [InlineData("s;")]
    [InlineData("sc3a9;")]
    [InlineData("l0;")]
    [InlineData("l2;i1;s78;")]
    [InlineData("m1;s78;l1;n")]
    [InlineData("u2;tf")]
    public void IsValid_Values_AreTaken(string text) => Assert.True(WireValue.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("i;")]
    [InlineData("i1")]
    [InlineData("i1;i2;")]
    [InlineData("i1 ;")]
    [InlineData("i--1;")]
    [InlineData("d0x1;")]
    [InlineData("sabc;")]
    [InlineData("sZZ;")]
    [InlineData("s0a;\n")]
    [InlineData("l2;i1;")]
    [InlineData("l-1;")]
    [InlineData("l999999999;")]
    [InlineData("m1;i1;")]
    [InlineData("m2147483647;i1;")]
    public void IsValid_AnythingElse_IsRefused(string text) => Assert.False(WireValue.IsValid(text));

    [Fact]
    public void IsValid_DeepNesting_IsRefused() => Assert.False(WireValue.IsValid(string.Concat(Enumerable.Repeat("l1;", 100_000)) + "n"));

    [Theory]
    [InlineData("t", "f")]
    [InlineData("i-1;", "i1;")]
    [InlineData("d1.5;", "d4.25;")]
    [InlineData("dNaN;", "d2;")]
    [InlineData("s61;", "s617878;")]
    [InlineData("l2;nt", "l2;nf")]
    [InlineData("m1;s61;i5;", "m1;s617878;i5;")]
    [InlineData("n", null)]
    [InlineData("l0;", null)]
    public void Change_AValue_GivesAnotherOfItsType(string text, string? changed)
    {
        Assert.Equal(changed, WireValue.Change(text, 2));
        Assert.True(changed is null || WireValue.IsValid(changed));
    }
}
