using System.Text;
using XCoder.Analysis.Repositories.Detect;
using Xunit;

namespace XCoder.Tests.Analysis.Repositories;

public sealed class TextDecoderTests
{
    private const string Sample = "int é = 1; // \U0001F600\n";

    public static TheoryData<Encoding, bool> Encodings() => new()
    {
        { new UTF8Encoding(false), false },
        { new UTF8Encoding(true), true },
        { new UnicodeEncoding(bigEndian: false, byteOrderMark: true), true },
        { new UnicodeEncoding(bigEndian: true, byteOrderMark: true), true },
        { new UnicodeEncoding(bigEndian: false, byteOrderMark: false), false },
        { new UnicodeEncoding(bigEndian: true, byteOrderMark: false), false },
        { new UTF32Encoding(bigEndian: false, byteOrderMark: true), true },
        { new UTF32Encoding(bigEndian: true, byteOrderMark: true), true },
    };

    [Theory]
    [MemberData(nameof(Encodings), DisableDiscoveryEnumeration = true)]
    public void Decode_Encoding_GivesUtf8WithoutMark(Encoding encoding, bool hasMark)
    {
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(Sample)];

        var file = TextDecoder.Decode("a.c", bytes);

        Assert.NotNull(file);
        Assert.Equal(Sample, Encoding.UTF8.GetString(file.Text));
        Assert.Equal(0, file.InvalidBytes);
    }

    [Fact]
    public void Decode_InvalidUtf8_IsKeptAndCounted()
    {
        // Most of it is UTF-8, so what is not is damage.
        byte[] bytes = [.. "café, naïve, über, "u8, .. "caf"u8, 0xE9, .. " \r\n"u8, 0xF0, 0x9F];

        var file = TextDecoder.Decode("a.c", bytes);

        Assert.NotNull(file);
        Assert.Equal(bytes, file.Text);
        Assert.Equal(3, file.InvalidBytes);
    }

    [Fact]
    public void Decode_LoneSurrogate_IsCounted()
    {
        var file = TextDecoder.Decode("a.c", [0xFF, 0xFE, 0x41, 0, 0, 0xD8, 0x42, 0]);

        Assert.Equal(2, file?.InvalidBytes);
        Assert.Equal("A\uFFFDB", Encoding.UTF8.GetString(file!.Text));
    }

    [Fact]
    public void Decode_Binary_GivesNull()
    {
        var random = new byte[4096];
        new Random(1).NextBytes(random);
        random.AsSpan().Replace((byte)0, (byte)1);

        Assert.Null(TextDecoder.Decode("a", random));
        Assert.Null(TextDecoder.Decode("a", [.. "text"u8, 0, .. "text"u8]));
        Assert.Null(TextDecoder.Decode("a", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0]));
    }

    [Fact]
    public void Decode_EmptyOrFewControls_IsText()
    {
        Assert.Empty(TextDecoder.Decode("a", [])!.Text);
        Assert.NotNull(TextDecoder.Decode("a", Encoding.UTF8.GetBytes("\f\nprint '\u001b[31m'\u0001" + new string('x', 40))));
    }
}
