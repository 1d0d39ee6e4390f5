using System.Text;
using System.Text.Unicode;

namespace XCoder.Agents.Chat;

/// <summary>Brings the body of a reply to UTF-8, from whatever encoding it says or shows.</summary>
internal static class BodyText
{
    private const int Windows1252 = 1252;

    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(Windows1252)!;

    /// <summary>
    /// Returns the body in UTF-8. A byte order mark counts first. Then valid UTF-8 stays, because many servers name another charset out of
    /// habit. Then the charset that the server names counts; without one, text whose high bytes all stand alone is Windows-1252.
    /// </summary>
    /// <param name="body">The body.</param>
    /// <param name="charset">The charset that the server names, or null.</param>
    public static byte[] ToUtf8(byte[] body, string? charset)
    {
        if (Marked(body) is { } marked)
        {
            return Encoding.UTF8.GetBytes(marked.GetString(body));
        }

        if (Utf8.IsValid(body))
        {
            return body;
        }

        var named = Named(charset?.Trim('"', '\'', ' '));
        var encoding = named is null or UTF8Encoding ? IsWestern(body) ? Western : null : named;
        return encoding is null ? body : Encoding.UTF8.GetBytes(encoding.GetString(body));
    }

    // By its mark, or by the zeros beside the first bracket.
    private static Encoding? Marked(ReadOnlySpan<byte> body) => body switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0xFF, 0xFE, ..] or [not 0, 0, not 0, 0, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] or [0, not 0, 0, not 0, ..] => Encoding.BigEndianUnicode,
        [not 0, 0, 0, 0, ..] => Encoding.UTF32,
        _ => null,
    };

    private static Encoding? Named(string? charset)
    {
        try
        {
            return string.IsNullOrEmpty(charset) ? null
                : CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // Damaged UTF-8 has whole characters beside the broken ones, or their first bytes.
    private static bool IsWestern(ReadOnlySpan<byte> body)
    {
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] >= 0x80 && ((i + 1 < body.Length && body[i + 1] is >= 0x80 and < 0xC0) || i + 1 == body.Length))
            {
                return false;
            }
        }

        return true;
    }
}
