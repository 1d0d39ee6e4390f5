namespace XCoder.Agents.Redaction;

/// <summary>
/// Finds keys that are written for a decoder, <c>key = bytes.fromhex("…")</c>: the name before need only end in "key", because
/// the decoder says that it is a value.
/// </summary>
internal sealed class DecodedKeyFinder(ValueShape shape) : IFinder
{
    private const int LongestLine = 120;
    private const int LeastSecret = 32;

    private static readonly string[] Endings = ["key", "secret", "seed", "priv", "sk", "entropy"];

    /// <summary>Ends of the names of decoders.</summary>
    public static IReadOnlyList<string> Keywords { get; } = ["fromhex(", "FromHex(", "from_hex(", "fromHex(", "unhexlify(",
        "DecodeString(", "hex.decode(", "hex::decode(", "hex!(", "b64decode(", "FromHexString(", "FromBase64String(", "Buffer.from(",
        "base64_decode(", "hex2bin(", "decode64(", "parseHex(", "decodeHex("];

    /// <inheritdoc/>
    public void Find(string text, int at, List<Finding> found)
    {
        var quote = text.IndexOf('(', at) + 1;
        quote += quote < text.Length && text[quote] is 'b' or 'r' ? 1 : 0;
        if (quote >= text.Length || text[quote] is not ('"' or '\'' or '`') || !IsKey(text, at))
        {
            return;
        }

        var length = text.AsSpan(quote + 1, Math.Min(256, text.Length - quote - 1)).IndexOf(text[quote]);
        if (length >= LeastSecret && shape.IsRandom(text.AsSpan(quote + 1, length), LeastSecret))
        {
            found.Add(new Finding(quote + 1, quote + 1 + length, SensitiveKind.Secret, Finding.Guess));
        }
    }

    private static bool IsKey(string text, int at)
    {
        var from = Math.Max(0, at - LongestLine);
        var line = text.AsSpan(from, at - from);
        line = line[(line.LastIndexOf('\n') + 1)..];
        var assigned = line.LastIndexOfAny('=', ':', ',');
        var isQualified = assigned > 0 && line[assigned] == ':' && line[assigned - 1] == ':'; // hex::decode
        assigned = isQualified ? line[..(assigned - 1)].LastIndexOfAny('=', ',') : assigned;
        if (assigned < 0)
        {
            return false;
        }

        var name = line[..assigned].TrimEnd(" :=!\"'");
        name = name.EndsWith(", _") || name.EndsWith(", err") ? name[..name.LastIndexOf(',')] : name; // Go
        var colon = name.LastIndexOf(':'); // a type: key: bytes = …
        name = colon > 0 ? name[..colon].TrimEnd(" \"'") : name;
        foreach (var ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && !name.Contains("pub", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
