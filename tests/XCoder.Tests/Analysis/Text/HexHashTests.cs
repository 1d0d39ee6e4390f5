using XCoder.Analysis.Text;

namespace XCoder.Tests.Analysis.Text;

public class HexHashTests
{
    // Ids and keys that are stored: none of these may change.
    [Fact]
    public void Of_KnownTexts_IsWhatWasStored()
    {
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", HexHash.Of("abc"));
        Assert.Equal(HexHash.Of("abc"), HexHash.Of("abc"u8));
        Assert.Equal(HexHash.Of("abc"), HexHash.Of(new MemoryStream("abc"u8.ToArray())));
        Assert.Equal(HexHash.Of("\u0001\0\0\0a\u0002\0\0\0bc"), HexHash.OfTexts(["a", "bc"]));
        Assert.Equal(HexHash.Of("a\0bc\0")[..16], HexHash.Key("a", "bc"));
    }
}
