using System.Text;
using System.Text.RegularExpressions;
using UtfUnknown;

namespace XCoder.Analysis.Repositories.Detect;

/// <summary>
/// Decodes text that is not UTF-8: by the encoding that it, or git's attributes, declare; else by the one that statistics of its
/// bytes suggest (UTF.Unknown, a port of uchardet); else as Windows-1252, if its characters then stand where people write them.
/// </summary>
internal static partial class LegacyText
{
    private const int DeclarationLines = 5;
    private const int MaxLineChars = 512;
    private const float LeastConfidence = 0.6f;

    // What is no letter but common in comments and texts.
    private const string Signs = "©®™°±µ§«»“”‘’‚„–—…•·¿¡€£¥¢¼½¾²³¹×÷ªº¶†‡‰‹›\u00A0\u00AD´¨¬";

    // Of Windows, ISO, DOS and Mac; of China, Japan, Korea; KOI8. Others are no encodings of source code, or are risky (UTF-7).
    private static readonly HashSet<int> Allowed =
    [
        437, 850, 852, 866, 874, 932, 936, 949, 950, 1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 10000, 20866, 20932, 21866,
        28591, 28592, 28593, 28594, 28595, 28596, 28597, 28598, 28599, 28603, 28605, 50220, 51932, 51949, 54936,
    ];

    private static readonly Encoding Western = Strict(1252)!;

    /// <summary>The text as UTF-8, or null where no encoding fits.</summary>
    /// <param name="bytes">Text that is not valid UTF-8.</param>
    /// <param name="declared">Name of its encoding by git's attributes, or null.</param>
    public static byte[]? ToUtf8(byte[] bytes, string? declared)
    {
        // Text in which most is valid UTF-8 is damaged UTF-8.
        if (declared is null && IsMostlyUtf8(bytes))
        {
            return null;
        }

        var named = new[] { declared }.Concat(Declarations(bytes)).Select(name => name is null ? null : Named(name)).OfType<Encoding>();
        foreach (var encoding in named)
        {
            if (Decode(encoding, bytes) is { } text)
            {
                return Encoding.UTF8.GetBytes(text);
            }
        }

        var detected = CharsetDetector.DetectFromBytes(bytes).Detected;
        if (detected is { Encoding: { } found, Confidence: >= LeastConfidence } && Strict(found.CodePage) is { } strict
            && Decode(strict, bytes) is { } suggested && (IsEastern(found.CodePage) || IsPlausible(suggested)))
        {
            return Encoding.UTF8.GetBytes(suggested);
        }

        return Decode(Western, bytes) is { } western && IsPlausible(western) ? Encoding.UTF8.GetBytes(western) : null;
    }

    private static bool IsEastern(int codePage) => codePage is 932 or 936 or 949 or 950 or 20932 or 50220 or 51932 or 51949 or 54936;

    private static Encoding? Named(string name)
    {
        var plain = name.ToLowerInvariant().Replace('_', '-');
        if (CodePage().Match(plain) is { Success: true } page)
        {
            return Strict(int.Parse(page.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture));
        }

        plain = plain switch
        {
            "latin-1" or "latin1" or "iso8859-1" or "8859-1" or "l1" => "iso-8859-1",
            "latin-9" or "latin9" or "iso8859-15" => "iso-8859-15",
            "latin-2" or "latin2" or "iso8859-2" => "iso-8859-2",
            "sjis" or "shift-jis" or "shiftjis" or "windows-31j" or "ms-kanji" or "japanese-shift-jis" => "shift_jis",
            "eucjp" or "japanese-iso-8bit" => "euc-jp",
            "euckr" => "euc-kr",
            "gbk" or "gb2312" or "euc-cn" or "chinese-gbk" => "gb18030",
            "ansi" => "windows-1252",
            _ => plain,
        };
        try
        {
            return Strict(CodePagesEncodingProvider.Instance.GetEncoding(plain)?.CodePage ?? Encoding.GetEncoding(plain).CodePage);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Encoding? Strict(int codePage) => !Allowed.Contains(codePage) ? null
        : CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
            ?? Encoding.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    private static string? Decode(Encoding encoding, byte[] bytes)
    {
        try
        {
            var text = encoding.GetString(bytes);
            return text.AsSpan().IndexOfAnyInRange('\u0080', '\u009F') < 0 && !text.Contains('\uFFFD') ? text : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // Python, Emacs, Vim, Perl and PHP declare encodings at a text's head or end.
    private static IEnumerable<string> Declarations(byte[] bytes)
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\n');
        return lines.Take(DeclarationLines).Concat(lines.Skip(Math.Max(DeclarationLines, lines.Length - DeclarationLines)))
            .Where(line => line.Length <= MaxLineChars)
            .Select(line => Declaration().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value);
    }

    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var (valid, invalid) = (0, 0);
        while (!bytes.IsEmpty)
        {
            var isValid = Rune.DecodeFromUtf8(bytes, out var rune, out var read) == System.Buffers.OperationStatus.Done;
            valid += isValid && !rune.IsAscii ? 1 : 0;
            invalid += isValid ? 0 : 1;
            bytes = bytes[read..];
        }

        return valid >= invalid;
    }

    // Letters stand beside letters, or alone; signs such as © and quotes stand anywhere; few other characters occur.
    private static bool IsPlausible(string text)
    {
        var (good, bad) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] <= '\u007F')
            {
                continue;
            }

            var (before, after) = (i > 0 ? text[i - 1] : ' ', i + 1 < text.Length ? text[i + 1] : ' ');
            var isGood = char.IsLetter(text[i]) ? IsLetterOfAWord(text[i], before, after) : Signs.Contains(text[i]);
            _ = isGood ? good++ : bad++;
        }

        return good > 0 && bad * 4 <= good;
    }

    // No capital follows a small letter, and no letter stands between digits.
    private static bool IsLetterOfAWord(char letter, char before, char after) =>
        (!char.IsLetter(before) || char.IsUpper(before) || char.IsLower(letter))
        && (char.IsLetter(before) || char.IsLetter(after) || (!char.IsDigit(before) && !char.IsDigit(after)));

    [GeneratedRegex(@"(?:coding|fenc|codepage)\s*[:=(]?\s*[""']?(?<name>[A-Za-z][\w.-]{2,30})",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^(?:cp|windows|win|ibm|dos)-?(?<number>\d{3,5})$", RegexOptions.CultureInvariant)]
    private static partial Regex CodePage();
}
