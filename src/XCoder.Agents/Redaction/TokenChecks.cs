using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace XCoder.Agents.Redaction;

/// <summary>Checks that a pattern cannot make.</summary>
internal sealed class TokenChecks(ValueShape shape)
{
    private const int SumDigits = 6;
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // The token of jwt.io and of RFC 7519: everybody's.
    private static readonly string[] PublicClaims = ["1234567890", "http://example.com/is_root", "John Doe"];

    /// <summary>Whether a token passes; a check of another name fails every token.</summary>
    public bool Passes(string check, ReadOnlySpan<char> token) => check switch
    {
        "crc32-base62" => HasSum(token) || shape.IsRandom(token[(token.IndexOf('_') + 1)..], 30),
        "jwt" => IsWebToken(token),
        "basic" => IsCredentials(token),
        "random" => shape.IsRandom(token, 20),
        _ => false,
    };

    /// <summary>
    /// Whether the last six characters are the CRC-32 of those between prefix and them, in base 62 with leading zeros
    /// (GitHub, "Behind GitHub's new authentication token formats", 2021; npm took it over).
    /// </summary>
    public static bool HasSum(ReadOnlySpan<char> token)
    {
        var body = token[(token.IndexOf('_') + 1)..];
        return body.Length > SumDigits && body[^SumDigits..].SequenceEqual(Sum(body[..^SumDigits]));
    }

    /// <summary>The six characters that <see cref="HasSum"/> wants behind a text.</summary>
    public static string Sum(ReadOnlySpan<char> body)
    {
        var crc = uint.MaxValue;
        foreach (var c in body)
        {
            crc ^= (byte)c;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
            }
        }

        Span<char> digits = stackalloc char[SumDigits];
        var rest = ~crc;
        for (var i = SumDigits - 1; i >= 0; i--, rest /= 62)
        {
            digits[i] = Base62[(int)(rest % 62)];
        }

        return digits.ToString();
    }

    private static bool IsWebToken(ReadOnlySpan<char> token)
    {
        var header = token[..token.IndexOf('.')];
        var claims = token[(header.Length + 1)..token.LastIndexOf('.')];
        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(claims[..(claims.Length / 4 * 4)]));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("alg", out _) && !Array.Exists(PublicClaims, text.Contains);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return false;
        }
    }

    private bool IsCredentials(ReadOnlySpan<char> base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64Chars(base64, bytes, out var length))
        {
            return false;
        }

        var text = Encoding.Latin1.GetString(bytes.AsSpan(0, length));
        var colon = text.IndexOf(':');
        return colon >= 0 && text.Length - colon > 3 && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && !shape.IsDummy(text.AsSpan(colon + 1)) && !shape.IsPlaceholder(text) && text[(colon + 1)..] != text[..colon];
    }
}
