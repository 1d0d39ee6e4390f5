using System.Globalization;
using System.Text;

namespace XCoder.Agents.Chat;

/// <summary>Reads strings of JSON with escaped halves of characters, as servers write them that cut a text between two halves.</summary>
internal static class HalfCharacters
{
    private const int Digits = 4;

    /// <summary>The text of a valid string of JSON; lone halves stay.</summary>
    /// <param name="raw">The string with its quotes.</param>
    public static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 1; i < raw.Length - 1; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            text.Append(raw[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(raw.AsSpan(i + 1, Digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                var other => other,
            });
            i += raw[i] == 'u' ? Digits : 0;
        }

        return text.ToString();
    }
}
