using System.Buffers;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Converts the compiler's tokens, added in source order, to a token stream.</summary>
internal sealed class TokenCollector(Utf16Text text)
{
    private readonly List<int> _starts = [];
    private readonly List<int> _lengths = [];
    private readonly List<TokenClass> _classes = [];

    // End of the last token if it was a piece of an interpolated string, which an adjacent piece continues.
    private int _pieceEnd = -1;

    /// <summary>Bytes in inactive <c>#if</c> regions up to the last token added.</summary>
    public int InactiveBytes { get; private set; }

    public void Add(SyntaxToken token)
    {
        if (token.ContainsDirectives)
        {
            CountInactive(token);
        }

        // The parser keeps text that it cannot place beside a token, whose diagnostics say so.
        if (!token.ContainsDiagnostics)
        {
            AddParsed(token);
            return;
        }

        AddUnplaced(token.LeadingTrivia);
        AddParsed(token);
        AddUnplaced(token.TrailingTrivia);
    }

    public TokenStream ToStream() => new([.. _starts], [.. _lengths], [.. _classes]);

    private void AddParsed(SyntaxToken token)
    {
        var span = token.Span;
        if (span.Length == 0)
        {
            return;
        }

        var start = text.ByteAt(span.Start);
        var end = text.ByteAt(span.End);
        var kind = token.Kind();
        var isPiece = IsPiece(kind);
        if (isPiece && _pieceEnd == start)
        {
            _lengths[^1] = end - _starts[^1];
        }
        else
        {
            _starts.Add(start);
            _lengths.Add(end - start);
            _classes.Add(ClassOf(token, kind));
        }

        _pieceEnd = isPiece ? end : -1;
    }

    private void AddUnplaced(SyntaxTriviaList trivia)
    {
        foreach (var token in trivia.Select(item => item.GetStructure()).OfType<SkippedTokensTriviaSyntax>()
            .SelectMany(skipped => skipped.Tokens))
        {
            _starts.Add(text.ByteAt(token.SpanStart));
            _lengths.Add(text.ByteAt(token.Span.End) - _starts[^1]);
            _classes.Add(TokenClass.Other);
            _pieceEnd = -1;
        }
    }

    private static bool IsPiece(SyntaxKind kind) => kind
        is SyntaxKind.InterpolatedStringStartToken
        or SyntaxKind.InterpolatedVerbatimStringStartToken
        or SyntaxKind.InterpolatedSingleLineRawStringStartToken
        or SyntaxKind.InterpolatedMultiLineRawStringStartToken
        or SyntaxKind.InterpolatedStringTextToken
        or SyntaxKind.InterpolatedStringEndToken
        or SyntaxKind.InterpolatedRawStringEndToken;

    private static TokenClass ClassOf(SyntaxToken token, SyntaxKind kind) => kind switch
    {
        SyntaxKind.IdentifierToken => IsWord(token) ? TokenClass.Keyword : TokenClass.Identifier,
        SyntaxKind.NumericLiteralToken => TokenClass.Number,
        SyntaxKind.CharacterLiteralToken => TokenClass.Literal,
        SyntaxKind.StringLiteralToken
            or SyntaxKind.Utf8StringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8SingleLineRawStringLiteralToken
            or SyntaxKind.Utf8MultiLineRawStringLiteralToken => TokenClass.String,
        _ when IsPiece(kind) => TokenClass.String,
        _ when SyntaxFacts.IsKeywordKind(kind) => TokenClass.Keyword,
        _ => TokenClass.Punctuation,
    };

    // Contextual keywords that the parser leaves to the binder.
    private static bool IsWord(SyntaxToken token) =>
        token.Text is "var" or "unmanaged" or "notnull" or "nint" or "nuint"
        && token.Parent is IdentifierNameSyntax { IsVar: true } or IdentifierNameSyntax { IsUnmanaged: true }
            or IdentifierNameSyntax { IsNotNull: true } or IdentifierNameSyntax { IsNint: true } or IdentifierNameSyntax { IsNuint: true };

    private void CountInactive(SyntaxToken token)
    {
        foreach (var trivia in token.LeadingTrivia)
        {
            if (trivia.IsKind(SyntaxKind.DisabledTextTrivia))
            {
                InactiveBytes += text.ByteAt(trivia.Span.End) - text.ByteAt(trivia.Span.Start);
            }
        }
    }
}

/// <summary>
/// A file's text as UTF-16, with a mapping back to bytes. Each maximal invalid subpart of UTF-8 becomes one U+FFFD, as
/// the Unicode standard recommends, so every character maps to its bytes.
/// </summary>
internal sealed class Utf16Text
{
    // First byte of each character and, last, the text's length in bytes; null if every byte is one character.
    private readonly int[]? _bytes;
    private readonly int[] _lines;

    private Utf16Text(string text, int[]? bytes, int[] lines) => (Text, _bytes, _lines) = (text, bytes, lines);

    public string Text { get; }

    public static Utf16Text Decode(ReadOnlySpan<byte> utf8)
    {
        var lines = LineStarts(utf8);
        return Ascii.IsValid(utf8)
            ? new Utf16Text(Encoding.ASCII.GetString(utf8), null, lines)
            : DecodeMapped(utf8, lines);
    }

    /// <summary>First byte of the character at <paramref name="index"/>; for a low surrogate, that of its pair.</summary>
    public int ByteAt(int index) => _bytes is null ? index : _bytes[index];

    /// <summary>Line of a byte, 1-based. Lines end at LF, as in the other languages.</summary>
    public int LineOf(int offset)
    {
        var index = Array.BinarySearch(_lines, offset);
        return index < 0 ? ~index : index + 1;
    }

    private static Utf16Text DecodeMapped(ReadOnlySpan<byte> utf8, int[] lines)
    {
        var chars = ArrayPool<char>.Shared.Rent(utf8.Length);
        var bytes = new int[utf8.Length + 1];
        try
        {
            var count = 0;
            for (var at = 0; at < utf8.Length;)
            {
                if (utf8[at] < 0x80)
                {
                    (chars[count], bytes[count++]) = ((char)utf8[at], at);
                    at++;
                    continue;
                }

                // On invalid input this yields U+FFFD and the length of the maximal invalid subpart.
                Rune.DecodeFromUtf8(utf8[at..], out var rune, out var length);
                var written = rune.EncodeToUtf16(chars.AsSpan(count));
                bytes.AsSpan(count, written).Fill(at);
                (count, at) = (count + written, at + length);
            }

            bytes[count] = utf8.Length;
            Array.Resize(ref bytes, count + 1);
            return new Utf16Text(new string(chars, 0, count), bytes, lines);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars);
        }
    }

    private static int[] LineStarts(ReadOnlySpan<byte> utf8)
    {
        var lines = new int[utf8.Count((byte)'\n') + 1];
        for (int line = 1, at = 0; line < lines.Length; line++)
        {
            at += utf8[at..].IndexOf((byte)'\n') + 1;
            lines[line] = at;
        }

        return lines;
    }
}
