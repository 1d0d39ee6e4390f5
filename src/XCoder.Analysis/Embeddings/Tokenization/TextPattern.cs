using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>A string or a regular expression of a tokenizer.json.</summary>
internal sealed class TextPattern
{
    private readonly string? _literal;
    private readonly Regex? _expression;

    private TextPattern(string? literal, Regex? expression) => (_literal, _expression) = (literal, expression);

    /// <summary>Reads {"String": …} or {"Regex": …}.</summary>
    public static TextPattern Read(TokenizerPart part)
    {
        if (part.Text("String") is { } text)
        {
            return new TextPattern(text, null);
        }

        return part.Text("Regex") is { } source ? Compile(source, part) : throw part.Wrong("has neither a \"String\" nor a \"Regex\"");
    }

    /// <summary>A pattern in Oniguruma's syntax.</summary>
    /// <param name="source">The expression.</param>
    /// <param name="part">The part that errors name.</param>
    public static TextPattern Compile(string source, TokenizerPart part)
    {
        try
        {
            return new TextPattern(null,
                new Regex(new OnigurumaTranslator(source).Translate(), RegexOptions.Compiled | RegexOptions.CultureInvariant));
        }
        catch (Exception failure) when (failure is NotSupportedException or ArgumentException)
        {
            throw new EmbeddingException(
                $"{part.File}: the regular expression \"{source}\" is not supported: {failure.Message} Use a model with another tokenizer.",
                failure);
        }
    }

    /// <summary>Appends all matches, in order, without overlaps, empty ones left out.</summary>
    public void FindAll(ReadOnlySpan<char> text, List<(int Start, int End)> matches)
    {
        if (_literal is not null)
        {
            for (var at = 0; _literal.Length > 0 && text[at..].IndexOf(_literal, StringComparison.Ordinal) is var found
                && found >= 0; at += found + _literal.Length)
            {
                matches.Add((at + found, at + found + _literal.Length));
            }

            return;
        }

        if (!text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            foreach (var match in _expression!.EnumerateMatches(text))
            {
                if (match.Length > 0)
                {
                    matches.Add((match.Index, match.Index + match.Length));
                }
            }

            return;
        }

        var shadow = new AstralShadow(text);
        foreach (var match in _expression!.EnumerateMatches(shadow.Text))
        {
            if (match.Length > 0)
            {
                matches.Add((shadow.Offset(match.Index), shadow.Offset(match.Index + match.Length)));
            }
        }
    }
}

/// <summary>
/// A text of which every character is one UTF-16 unit: where a character is not in the basic plane, a rare one of the
/// same category stands for it. .NET matches units, so that to it an astral letter is no \p{L} but two of \p{Cs}.
/// </summary>
internal readonly ref struct AstralShadow
{
    private readonly int[] _offsets;
    private readonly char[] _units;
    private readonly int _count;

    public AstralShadow(ReadOnlySpan<char> text)
    {
        (_offsets, _units) = (new int[text.Length + 1], new char[text.Length]);
        for (var at = 0; at < text.Length; _count++)
        {
            _offsets[_count] = at;
            if (Rune.DecodeFromUtf16(text[at..], out var rune, out var length) == OperationStatus.Done)
            {
                _units[_count] = rune.IsBmp ? (char)rune.Value : Representative(rune);
            }
            else
            {
                _units[_count] = text[at];
            }

            at += length;
        }

        _offsets[_count] = text.Length;
    }

    public ReadOnlySpan<char> Text => _units.AsSpan(0, _count);

    /// <summary>Where a unit of the shadow begins in the text.</summary>
    public int Offset(int index) => _offsets[index];

    // Outside ASCII and outside the ranges that tokenizers spell out, such as 一-龥.
    private static char Representative(Rune rune) => rune.Value switch
    {
        >= 0x20000 and <= 0x323AF => '\u3400',
        (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189) => '\u24B6',
        _ => Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter => '\u0186',
            UnicodeCategory.LowercaseLetter => '\u0256',
            UnicodeCategory.TitlecaseLetter => '\u01C5',
            UnicodeCategory.ModifierLetter => '\u02B0',
            UnicodeCategory.OtherLetter => '\u01BB',
            UnicodeCategory.NonSpacingMark => '\u0300',
            UnicodeCategory.SpacingCombiningMark => '\u0903',
            UnicodeCategory.EnclosingMark => '\u0488',
            UnicodeCategory.DecimalDigitNumber => '\u0660',
            UnicodeCategory.LetterNumber => '\u16EE',
            UnicodeCategory.OtherNumber => '\u09F4',
            UnicodeCategory.ConnectorPunctuation => '\u203F',
            UnicodeCategory.DashPunctuation => '\u2010',
            UnicodeCategory.OpenPunctuation => '\u0F3A',
            UnicodeCategory.ClosePunctuation => '\u0F3B',
            UnicodeCategory.InitialQuotePunctuation => '\u2E02',
            UnicodeCategory.FinalQuotePunctuation => '\u2E03',
            UnicodeCategory.OtherPunctuation => '\u2020',
            UnicodeCategory.MathSymbol => '\u2200',
            UnicodeCategory.CurrencySymbol => '\u20A0',
            UnicodeCategory.ModifierSymbol => '\u02C2',
            UnicodeCategory.OtherSymbol => '\u2300',
            UnicodeCategory.Format => '\u2061',
            UnicodeCategory.PrivateUse => '\uE000',
            _ => '\u0378',
        },
    };
}
