using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace XCoder.Agents.Redaction;

/// <summary>Finds secrets by the shape of a token.</summary>
internal sealed class TokenFinder(TokenRule rule, ValueShape shape, TokenChecks checks) : IFinder
{
    private readonly SensitiveKind _kind = new(rule.Id, rule.Placeholder);
    private readonly Lazy<Regex> _pattern =
        new(() => new Regex($@"\A(?:{rule.Pattern})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var start = at;
        while (start > 0 && at - start < rule.Back && IsOfToken(text[start - 1]))
        {
            start--;
        }

        if (!rule.Inside && start > 0 && (IsOfWord(text[start - 1]) || (rule.Tight && text[start - 1] == '-'))
            && !IsEscape(text, start - 1))
        {
            return;
        }

        var match = _pattern.Value.Match(text, start, Math.Min(rule.Window, text.Length - start));
        if (!match.Success || (!rule.TailFree && start + match.Length < text.Length && IsOfWord(text[start + match.Length])))
        {
            return;
        }

        var secret = match.Groups["secret"] is { Success: true } group ? group : (Capture)match;
        var value = secret.ValueSpan;
        if (ValueShape.Entropy(value) >= rule.Entropy && !shape.IsPlaceholder(value)
            && (rule.Check == null || checks.Passes(rule.Check, value)))
        {
            found.Add(new Finding(secret.Index, secret.Index + secret.Length, _kind, rule.IsGuess ? Finding.Named : Finding.Token));
        }
    }

    private static bool IsOfToken(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '~' or '-';

    private static bool IsOfWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    // The n of an escape \n is not part of the text.
    private static bool IsEscape(string text, int at) => at > 0 && text[at - 1] == '\\' && text[at] is 'n' or 't' or 'r';
}

/// <summary>A secret that its shape identifies; an entry of <c>sensitive.json</c>.</summary>
internal sealed record TokenRule
{
    /// <summary>Id of its <see cref="SensitiveKind"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Word of its placeholder.</summary>
    public required string Placeholder { get; init; }

    /// <summary>Strings of which the token contains at least one; case-sensitive.</summary>
    public required IReadOnlyList<string> Keywords { get; init; }

    /// <summary>Pattern of the token. If it has a group named <c>secret</c>, only that group is replaced.</summary>
    public required string Pattern { get; init; }

    /// <summary>Lowest entropy of the replaced text, in bits per character.</summary>
    public double Entropy { get; init; }

    /// <summary>Name of a check of <see cref="TokenChecks"/>, or null.</summary>
    public string? Check { get; init; }

    /// <summary>Highest number of the token's characters before the keyword.</summary>
    public int Back { get; init; }

    /// <summary>Whether the token may follow a word character, because it is the end of a longer address.</summary>
    public bool Inside { get; init; }

    /// <summary>Whether the token must not follow a hyphen either.</summary>
    public bool Tight { get; init; }

    /// <summary>Whether the token may end before a word character.</summary>
    public bool TailFree { get; init; }

    /// <summary>Whether other rules take precedence, because they identify the token more precisely.</summary>
    public bool IsGuess { get; init; }

    /// <summary>Maximum number of characters from the token's start that the pattern is matched against. Default 1100.</summary>
    public int Window { get; init; } = 1100;
}

/// <summary>Checks that a pattern cannot express.</summary>
internal sealed class TokenChecks(ValueShape shape)
{
    private const int SumDigits = 6;
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    // Claims of the public example tokens of jwt.io and RFC 7519.
    private static readonly string[] PublicClaims = ["1234567890", "http://example.com/is_root", "John Doe"];

    /// <summary>Returns whether a token passes a check; false for an unknown check.</summary>
    public bool Passes(string check, ReadOnlySpan<char> token) => check switch
    {
        "crc32-base62" => HasSum(token) || shape.IsRandom(token[(token.IndexOf('_') + 1)..], 30),
        "jwt" => IsWebToken(token),
        "basic" => IsCredentials(token),
        "random" => shape.IsRandom(token, 20),
        "base58" => CheckDigits.IsBase58(token),
        "phrase" => IsSeedPhrase(token),
        "chosen" => !shape.IsDummy(token) && token[0] is not ('$' or '%' or '*'),
        _ => false,
    };

    // Test phrases repeat one word.
    private static bool IsSeedPhrase(ReadOnlySpan<char> phrase)
    {
        var words = phrase.ToString().Split(' ');
        return words.Distinct().Count() * 4 > words.Length * 3;
    }

    /// <summary>
    /// Whether the last six characters are the CRC-32 of the body between the prefix and them, in base 62 with leading zeros (GitHub,
    /// "Behind GitHub's new authentication token formats", 2021; npm uses the same format).
    /// </summary>
    public static bool HasSum(ReadOnlySpan<char> token)
    {
        var body = token[(token.IndexOf('_') + 1)..];
        return body.Length > SumDigits && body[^SumDigits..].SequenceEqual(Sum(body[..^SumDigits]));
    }

    /// <summary>Returns the six-character checksum that <see cref="HasSum"/> expects after a body.</summary>
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
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("alg", out _)
                && !Array.Exists(PublicClaims, text.Contains);
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
        return colon >= 0 && text.Length - colon > 3 && !text.AsSpan().ContainsAnyExceptInRange(' ', '~')
            && !shape.IsDummy(text.AsSpan(colon + 1)) && !shape.IsPlaceholder(text) && text[(colon + 1)..] != text[..colon];
    }
}
