using XCoder.Agents.Verification.Judging;

namespace XCoder.Tests.Agents.Verification.Judging;

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

    [Fact]
    public void IsValid_ANumberOfAMillionDigits_IsRefused() => Assert.False(WireValue.IsValid("i" + new string('9', 1_000_000) + ";"));

    [Theory]
    [InlineData("t", "f")]
    [InlineData("i-1;", "i1;")]
    [InlineData("d1.5;", "d4.25;")]
    [InlineData("dNaN;", "d2;")]
    [InlineData("s61;", "s617878;")]
    [InlineData("l2;nt", "l2;nf")]
    [InlineData("m1;s61;i5;", "m1;s617878;i7;")]
    [InlineData("l3;i1;i2;i3;", "l3;i3;i54;i5;")]
    [InlineData("u2;nl2;tf", "u2;nl2;ft")]
    [InlineData("n", null)]
    [InlineData("l0;", null)]
    public void Change_AValue_GivesAnotherOfItsType(string text, string? changed)
    {
        Assert.Equal(changed, WireValue.Change(text, 2));
        Assert.True(changed is null || WireValue.IsValid(changed));
    }

    [Theory]
    [InlineData("d1.5;", "dNaN;")]
    [InlineData("i5;", "i6;")]
    [InlineData("t", "f")]
    [InlineData("n", "n")]
    [InlineData("s6162;", "s;")]
    [InlineData("l2;i1;i2;", "l0;")]
    [InlineData("m1;s61;i1;", "m0;")]
    [InlineData("u2;d1;l1;n", "u2;dNaN;l0;")]
    public void Empty_AValue_IsWhatCarelessTestsTakeForAny(string text, string empty)
    {
        Assert.Equal(empty, WireValue.Empty(text, 1));
        Assert.True(WireValue.IsValid(empty));
    }

    [Theory]
    [InlineData("n", true)]
    [InlineData("dNaN;", true)]
    [InlineData("s;", true)]
    [InlineData("l0;", true)]
    [InlineData("u1;dNaN;", true)]
    [InlineData("u0;", true)]
    [InlineData("i0;", false)]
    [InlineData("f", false)]
    [InlineData("l1;n", false)]
    [InlineData("u2;nt", false)]
    public void IsEmpty_AValue_IsToldFromOneThatSaysSomething(string text, bool isEmpty) => Assert.Equal(isEmpty, WireValue.IsEmpty(text));

    [Theory]
    [InlineData("l2;l2;i1;i2;s6162;", "l2;l0;s;")]
    [InlineData("m2;s61;i1;s62;l1;n", "m2;s61;i1;s62;l0;")]
    [InlineData("n", "n")]
    public void EmptyItems_OfArguments_EmptiesWhatACallCanChange(string text, string empty) => Assert.Equal(empty, WireValue.EmptyItems(text));

    [Theory]
    [InlineData("l2;l2;i1;i5;i2;", "l2;l2;i5;i1;i2;", "l2;l2;i2;i56;i2;")]
    [InlineData("l2;nl1;t", "l2;l1;fl1;f", "l2;nl1;f")]
    [InlineData("m1;s61;l1;s62;", "m1;s61;l0;", "m1;s61;l1;s6278;")]
    [InlineData("l1;m1;s61;i2;", "l1;m0;", "l1;m1;s6178;i3;")]
    [InlineData("l2;b616200;n", "l2;b000000;n", "l2;b636500;n")]
    [InlineData("l1;b0000;", "l1;b6161;", "l1;b0203;")]
    public void ChangeItems_OfArgumentsThatACallChanged_AreOthers(string after, string before, string expected)
    {
        var changed = WireValue.ChangeItems(after, before, 1);

        Assert.Equal(expected, changed);
        Assert.True(WireValue.IsValid(changed));
    }

    [Theory]
    [InlineData("n", "l1;i1;")]
    [InlineData("l2;l1;i1;i2;", "l2;l1;i1;i2;")]
    [InlineData("l2;i3;u1;i2;", "l2;i1;u1;i1;")]
    [InlineData("l1;l0;", "l1;l1;i1;")]
    public void ChangeItems_OfNothingThatACallChanged_IsNull(string after, string before) => Assert.Null(WireValue.ChangeItems(after, before, 1));
}
