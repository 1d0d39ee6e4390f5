using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// Splits a token into language-independent terms: a word of the rules becomes its shared term, other names are split
/// at case, underscores and digits, numbers become their value, strings their words.
/// </summary>
internal static class TermSplitter
{
    private const int MaxStringWords = 8;
    private const int MaxTermLength = 32;
    private const int MaxSymbols = 4;

    /// <summary>Returns the terms in order, and whether they come from a name that the author chose.</summary>
    public static (string[] Terms, bool IsName) Split(TermRules rules, ReadOnlySpan<byte> token, TokenClass kind, bool isCall)
    {
        var text = Encoding.UTF8.GetString(token);
        switch (kind)
        {
            case TokenClass.Number:
                return (text.Length > 1 && text[0] == '-' ? ["-", Number(text[1..])] : [Number(text)], false);
            case TokenClass.Literal when rules.Words.TryGetValue(text, out var word): // true, nil
                return (word, false);
            case TokenClass.String or TokenClass.Literal:
                return (Words(text), false);
            case TokenClass.Punctuation:
                return (rules.Punctuation.TryGetValue(text, out var terms) ? terms
                    : text.Length > MaxTermLength || text.AsSpan().ContainsAny('\n', '\r') ? [] : [text], false);
            default:
                return Name(rules, text, kind, isCall);
        }
    }

    /// <summary>Returns the sub-words of a name or of prose in lower case.</summary>
    public static List<string> SubWords(ReadOnlySpan<char> text, int most = int.MaxValue)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length && words.Count < most;)
        {
            var begin = at;
            if (char.IsAsciiDigit(text[at]))
            {
                while (at < text.Length && char.IsAsciiDigit(text[at]))
                {
                    at++;
                }
            }
            else if (NameWords.IsLetter(text[at]))
            {
                at = NameWords.EndOfLetters(text, at);
            }
            else
            {
                at++;
                continue;
            }

            words.Add(text[begin..Math.Min(at, begin + MaxTermLength)].ToString().ToLowerInvariant());
        }

        return words;
    }

    private static (string[] Terms, bool IsName) Name(TermRules rules, string text, TokenClass kind, bool isCall)
    {
        var word = text.Trim('$', '@', '&', '%', '?', '!', '~', '`', '\'', '#', ':');
        if ((isCall || kind == TokenClass.Keyword) && rules.Calls.TryGetValue(word, out var called))
        {
            return (called, false);
        }

        if (rules.Words.TryGetValue(text, out var terms) || rules.Words.TryGetValue(word, out terms))
        {
            return (terms, false);
        }

        var words = SubWords(word);
        return words.Count == 0 ? (rules.Punctuation.TryGetValue(text, out terms) ? terms : [], false)
            : ([.. words], kind == TokenClass.Identifier);
    }

    private static string Number(string text)
    {
        var digits = string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+')).ToLowerInvariant();
        if (digits.Length > 2 && digits[0] == '0' && digits[1] is 'x' or 'b' or 'o')
        {
            var (radix, style) = digits[1] switch
            {
                'x' => (16, NumberStyles.AllowHexSpecifier),
                'b' => (2, NumberStyles.AllowBinarySpecifier),
                _ => (8, NumberStyles.None)
            };
            var body = digits[2..].TrimEnd(radix == 16 ? ['u', 'l', 'n'] : ['u', 'l', 'n', 'i', 's', 'z']);
            if (body.Length is > 0 and <= 64 && (radix == 8
                ? body.All(char.IsAsciiDigit) && body.Length < 20
                : BigInteger.TryParse("0" + body, style, CultureInfo.InvariantCulture, out _)))
            {
                var value = radix == 8 ? body.Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0'))
                    : BigInteger.Parse("0" + body, style, CultureInfo.InvariantCulture);
                return Text(value);
            }

            return "n:" + digits[..Math.Min(digits.Length, MaxTermLength)];
        }

        // Drops type suffixes: 10L, 1.5f, 3usize, 2i64.
        var end = 0;
        while (end < digits.Length
            && (char.IsAsciiDigit(digits[end]) || digits[end] == '.' || (digits[end] == 'e' && end > 0)
                || (digits[end] is '-' or '+' && end > 0 && digits[end - 1] == 'e')))
        {
            end++;
        }

        var number = digits[..end].TrimEnd('e', '-', '+', '.');
        if (number.Length <= 30 && decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact))
        {
            return exact == decimal.Truncate(exact) ? Text(new BigInteger(exact))
                : "n:" + exact.ToString("0.############################", CultureInfo.InvariantCulture);
        }

        return "n:" + digits[..Math.Min(digits.Length, MaxTermLength)];
    }

    private static string Text(BigInteger value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return "n:" + text[..Math.Min(text.Length, MaxTermLength)];
    }

    private static string[] Words(string text)
    {
        // Escapes (\n) and format specifiers (%d) are not words.
        var plain = new StringBuilder(Math.Min(text.Length, 400));
        for (var i = 0; i < text.Length && plain.Length < 400; i++)
        {
            if (text[i] is '\\' or '%' && i + 1 < text.Length)
            {
                i++;
                plain.Append(' ');
            }
            else
            {
                plain.Append(text[i]);
            }
        }

        var words = SubWords(plain.ToString(), MaxStringWords);
        if (words.Count > 0)
        {
            return [.. words.Select(word => "s:" + word)];
        }

        // Short symbols such as "(" and ", " are kept; longer ones say little.
        var symbols = text.Trim('"', '\'', '`');
        return symbols.Length <= MaxSymbols ? ["s:" + symbols.Replace('\n', ' ').Replace('\r', ' ')] : ["s:"];
    }
}

/// <summary>
/// Which words and operators of the languages have the same meaning (<c>tokens.json</c>): <c>nil</c>, <c>None</c> and
/// <c>null</c> are one term, <c>push_back</c> and <c>append</c> another. The rules are data, so that a new language
/// needs no code.
/// </summary>
internal sealed class TermRules
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private TermRules(Document document)
    {
        Words = Invert(document.Words, document.Drop);
        Calls = Invert(document.Calls, []);
        Punctuation = Invert(document.Operators, document.Punctuation);
    }

    /// <summary>Maps a word of some language to its terms; an empty list means that the word carries no meaning.</summary>
    public FrozenDictionary<string, string[]> Words { get; }

    /// <summary>
    /// Maps a word to its terms if it is called or is a member (<c>map(</c>, <c>.length</c>). Elsewhere it is an
    /// ordinary name.
    /// </summary>
    public FrozenDictionary<string, string[]> Calls { get; }

    /// <summary>Maps an operator or bracket to its terms; an empty list means that it carries no meaning.</summary>
    public FrozenDictionary<string, string[]> Punctuation { get; }

    /// <exception cref="EmbeddingException">The file cannot be read or does not have the expected form.</exception>
    public static TermRules Load(string path)
    {
        try
        {
            return new TermRules(JsonSerializer.Deserialize<Document>(ModelFiles.ReadAllBytes(path), Options)
                ?? throw new JsonException("The document is null."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EmbeddingException($"The term table {path} cannot be read: {exception.Message}", exception);
        }
    }

    private static FrozenDictionary<string, string[]> Invert(Dictionary<string, string[]> groups, string[] dropped)
    {
        var result = dropped.ToDictionary(word => word, _ => Array.Empty<string>());
        foreach (var (terms, words) in groups)
        {
            foreach (var word in words)
            {
                result[word] = terms.Split(' ');
            }
        }

        return result.ToFrozenDictionary();
    }

    private sealed record Document(Dictionary<string, string[]> Operators, string[] Punctuation, string[] Drop,
        Dictionary<string, string[]> Words, Dictionary<string, string[]> Calls);
}
