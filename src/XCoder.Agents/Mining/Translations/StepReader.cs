using System.Globalization;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Agents.Mining.Translations;

/// <summary>
/// Reads the steps of a body in order: words of names, operators and returns, in any language. Leaves out the names of common types,
/// collections and errors, which differ between languages, and literals, which are compared elsewhere.
/// </summary>
internal static class StepReader
{
    private const int Stem = 5;
    private const int LeastPlural = 4;
    private const string Return = "return";

    private static readonly HashSet<string> Plain = [.. (
        "self this cls super base static const func cast reinterpret null nil none undefined true false std var let val new return not is "
        + "in of as "
        + "int integer long short byte bytes char character string str bool boolean double float number void "
            + "any object uint usize size isize "
        + "vec vector list array arr map hash dict dictionary set hashmap option optional some result ok err "
            + "error unwrap clone cloned iter into to box rc arc "
        + "collection iterable iterator sequence span slice builder ptr ref mut shared unique argument "
            + "invalid illegal exception runtime throw raise "
        + "add append push put insert concat len length count math floor value values items tostring format at get isempty empty").Split(
            ' ')];

    private static readonly HashSet<string> Operators = [
        "==", "!=", "<", ">", "<=", ">=", "&&", "||", "+", "-", "*", "/", "%", "<<", ">>", "&", "|", "^",
        "+=", "-=", "*=", "/=", "%=", "<<=", ">>=", "&=", "|=", "^="];

    private static readonly Dictionary<string, string> Spellings = new() { ["==="] = "==", ["!=="] = "!=", ["and"] = "&&", ["or"] = "||" };

    // Marks operators among the hashes.
    private const uint Operator = 1u << 31;

    /// <summary>Returns the steps in order: each is the hash of a word, or that of an operator.</summary>
    /// <param name="tokens">The function's tokens.</param>
    /// <param name="body">Index of the body's first token.</param>
    public static uint[] Read(FunctionTokens tokens, int body)
    {
        var steps = new List<uint>();
        for (var i = body; i < tokens.Count; i++)
        {
            var kind = tokens.Class(i);
            if (kind is TokenClass.Number or TokenClass.String or TokenClass.Literal)
            {
                continue;
            }

            var text = kind == TokenClass.Identifier ? tokens[i] : Spellings.GetValueOrDefault(tokens[i], tokens[i]);
            text = text switch
            {
                "+=" when tokens[i + 1] == "1" => "++",
                "-=" when tokens[i + 1] == "1" => "--",
                _ => text,
            };
            if (text is Return or "++" or "--" || (Operators.Contains(text) && (char.IsLetter(tokens[i][0]) || tokens.StandsApart(i))))
            {
                steps.Add(ProfileReader.Hash(text) | Operator);
            }
            else if (kind == TokenClass.Identifier && !IsQualifier(text, tokens[i + 1]))
            {
                steps.AddRange(NameWords.Split(text).Where(word => word.Count(char.IsLetter) > 1 && !Plain.Contains(word))
                    .Select(Step));
            }
        }

        return [.. steps];
    }

    /// <summary>The step that a word of a name, in lower case, makes.</summary>
    public static uint Step(string word) => ProfileReader.Hash(Short(word)) & ~Operator;

    /// <summary>Whether a step is an operator or a return, not a word of a name.</summary>
    public static bool IsOperator(uint step) => (step & Operator) != 0;

    // Only some languages write the type before a member, as in Blend.first.
    private static bool IsQualifier(string text, string next) =>
        next is "." or "::" && text.AsSpan().TrimStart("_$") is [>= 'A' and <= 'Z', ..];

    // Maps singular and plural to the same word, even index and indices.
    private static string Short(string word) => word.Length > Stem ? word[..Stem] : word.Length >= LeastPlural ? word.TrimEnd('s') : word;
}

/// <summary>
/// Normalises literals so that they compare across languages: <c>0xFF</c> equals 255; quotes and punctuation are ignored.
/// </summary>
internal static class LiteralText
{
    private const int LongestNumber = 40;

    private static readonly HashSet<string> Words = ["true", "false", "null", "nil", "none", "nullptr", "undefined"];

    /// <summary>
    /// Returns a comparable form, or null for common literals: 0, 1, 2, words such as true and null, which not every grammar calls
    /// literals, and strings with fewer than two letters or digits.
    /// </summary>
    public static string? Normalise(string text, TokenClass kind)
    {
        if (kind == TokenClass.Literal && Words.Contains(text.ToLowerInvariant()))
        {
            return null;
        }

        if (text.Length > 0 && (char.IsAsciiDigit(text[0]) || (text[0] == '.' && text.Length > 1)))
        {
            return Number(text) is { } value && value is not (0 or 1 or 2) ? value.ToString("R", CultureInfo.InvariantCulture) : null;
        }

        var quote = text.AsSpan().IndexOfAny('"', '\'', '`');
        var inner = string.Concat((quote is >= 0 and <= 3 ? text[quote..] : text).Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return inner.Length > 1 ? "\"" + inner : null;
    }

    private static double? Number(string text)
    {
        if (text.Length > LongestNumber)
        {
            return null;
        }

        var plain = text.Replace("_", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();
        if (plain.StartsWith("0x", StringComparison.Ordinal))
        {
            var digits = string.Concat(plain.Skip(2).TakeWhile(char.IsAsciiHexDigit));
            return ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var hexadecimal) ? hexadecimal : null;
        }

        if (plain.StartsWith("0b", StringComparison.Ordinal))
        {
            var digits = string.Concat(plain.Skip(2).TakeWhile(c => c is '0' or '1'));
            return digits.Length is > 0 and <= 64 ? Convert.ToUInt64(digits, 2) : null;
        }

        var length = plain.AsSpan().IndexOfAnyExcept("0123456789.e+-");
        return double.TryParse(length < 0 ? plain : plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number : null;
    }
}

/// <summary>Reads the calls in a body. Not thread-safe.</summary>
internal sealed class CallReader
{
    // Arguments behind this many tokens are not counted.
    private const int Longest = 400;

    private readonly List<CallShape> _calls = [];

    /// <summary>Returns the calls, ordered.</summary>
    /// <param name="tokens">The function's tokens.</param>
    /// <param name="body">Index of the body's first token.</param>
    /// <param name="own">The function's own name, whose calls are left out.</param>
    public CallShape[] Read(FunctionTokens tokens, int body, string own)
    {
        _calls.Clear();
        for (var i = body; i < tokens.Count; i++)
        {
            if (tokens.Class(i) == TokenClass.Identifier && tokens.IsCalled(i) && tokens[i] != own)
            {
                _calls.Add(new CallShape(ProfileReader.Hash(string.Concat(NameWords.Split(tokens[i]))), Arguments(tokens, i + 1),
                    i > 0 && tokens[i - 1] is "." or "->" or "::" or "?." or "&."));
            }
        }

        _calls.Sort();
        return [.. _calls];
    }

    private static int Arguments(FunctionTokens tokens, int open)
    {
        var (depth, commas, isEmpty) = (0, 0, true);
        for (var i = open; i < Math.Min(tokens.Count, open + Longest); i++)
        {
            var text = tokens[i];
            if (text is "()")
            {
                isEmpty &= depth == 0;
            }
            else if (text is ['(' or '[' or '{', ..])
            {
                isEmpty &= i == open;
                depth++;
            }
            else if (text is [')' or ']' or '}', ..])
            {
                depth--;
            }
            else if (depth == 1 && text == ",")
            {
                commas++;
            }
            else
            {
                isEmpty = false;
            }

            if (depth <= 0)
            {
                break;
            }
        }

        return isEmpty ? 0 : commas + 1;
    }
}

/// <summary>Counts plain literals in a body.</summary>
internal static class PlainReader
{
    private static readonly HashSet<string> Nothing = ["null", "nil", "none", "nullptr", "undefined"];

    /// <summary>Counts the literals.</summary>
    /// <param name="tokens">The function's tokens.</param>
    /// <param name="body">Index of the body's first token.</param>
    public static PlainCounts Read(FunctionTokens tokens, int body)
    {
        var counts = default(PlainCounts);
        for (var i = body; i < tokens.Count; i++)
        {
            var text = tokens[i].ToLowerInvariant();
            counts = text switch
            {
                "true" => counts with { Trues = counts.Trues + 1 },
                "false" => counts with { Falses = counts.Falses + 1 },
                "!" or "not" => counts with { Negations = counts.Negations + 1 },
                _ when Nothing.Contains(text) => counts with { Nulls = counts.Nulls + 1 },
                _ when text is [>= '0' and <= '9', ..] => Whole(text) switch
                {
                    "0" => counts with { Zeros = counts.Zeros + 1 },
                    "1" => counts with { Ones = counts.Ones + 1 },
                    "2" => counts with { Twos = counts.Twos + 1 },
                    _ => counts,
                },
                _ => counts,
            };
        }

        return counts;
    }

    // Without suffix and without zeros behind the point.
    private static string Whole(string number)
    {
        var digits = number.TrimEnd('f', 'l', 'u', 'd');
        return digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;
    }
}
