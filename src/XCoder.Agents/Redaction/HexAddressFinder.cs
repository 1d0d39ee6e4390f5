using System.Net;

namespace XCoder.Agents.Redaction;

/// <summary>Finds IPv6 addresses and hardware addresses of machines, by a separator between hexadecimal digits.</summary>
internal sealed class HexAddressFinder : IFinder
{
    private const int Longest = 48;
    private const int HardwareLength = 17;

    // What everybody writes: nobody's cards.
    private static readonly string[] Examples = ["001122334455", "0123456789ab", "aabbccddeeff", "deadbeefcafe", "123456789abc",
        "010203040506", "112233445566", "ffeeddccbbaa", "0a0b0c0d0e0f", "665544332211", "deadbeef0000"];

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var start = at;
        while (start > 0 && at - start < 5 && char.IsAsciiHexDigit(text[start - 1]))
        {
            start--;
        }

        // Only the first separator of an address leads to it.
        if (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is ':' or '_' or '.' or '-' or '%'))
        {
            return;
        }

        var end = start;
        while (end < text.Length && end - start < Longest && (char.IsAsciiHexDigit(text[end]) || text[end] == text[at]))
        {
            end++;
        }

        var run = text.AsSpan(start, end - start);
        if (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_'))
        {
            return;
        }

        if (IsHardware(run))
        {
            found.Add(new Finding(start, end, SensitiveKind.HardwareAddress, Finding.Address));
        }
        else if (text[at] == ':' && IsMachine(run))
        {
            found.Add(new Finding(start, end, SensitiveKind.Address6, Finding.Address));
        }
    }

    private static bool IsHardware(ReadOnlySpan<char> run)
    {
        if (run.Length != HardwareLength)
        {
            return false;
        }

        Span<char> digits = stackalloc char[12];
        for (var i = 0; i < HardwareLength; i++)
        {
            if (i % 3 == 2 ? run[i] != run[2] || char.IsAsciiHexDigit(run[i]) : !char.IsAsciiHexDigit(run[i]))
            {
                return false;
            }

            if (i % 3 < 2)
            {
                digits[i - (i / 3)] = char.ToLowerInvariant(run[i]);
            }
        }

        foreach (var example in Examples)
        {
            if (digits.SequenceEqual(example))
            {
                return false;
            }
        }

        // Real cards have a maker, and hardly three digits in all.
        return ValueShape.Entropy(digits) > 2 && !digits.StartsWith("000000") && !digits.StartsWith("ffffff")
            && !digits.StartsWith("01005e") && !digits.StartsWith("3333");
    }

    // Neither ::1, link prefixes alone, multicast nor documentation (RFC 3849); Foo::Bar is none either.
    private static bool IsMachine(ReadOnlySpan<char> run)
    {
        if (run.Count(':') < 3 || run.Length < 9 || run.IndexOfAnyInRange('0', '9') < 0 || run.EndsWith("::")
            || !IPAddress.TryParse(run, out var address))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        return address.TryWriteBytes(bytes, out var length) && length == 16
            && !(bytes is [0x20, 0x01, 0x0d, 0xb8, ..] or [0x3f, 0xff, ..] or [0xff, ..] or [0, 0, 0, 0, ..])
            && bytes[2..].ContainsAnyExcept((byte)0) && !run.Contains("dead:beef", StringComparison.OrdinalIgnoreCase)
            && !run.Contains("1:2:3:4", StringComparison.Ordinal);
    }
}
