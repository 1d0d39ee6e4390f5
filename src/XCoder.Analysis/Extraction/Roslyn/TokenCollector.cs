using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Turns the compiler's tokens, given in source order, into a token stream.</summary>
internal sealed class TokenCollector(Utf16Text text)
{
    private readonly List<int> _starts = [];
    private readonly List<int> _lengths = [];
    private readonly List<TokenClass> _classes = [];

    // End of the last token where that was a piece of an interpolated string, which the next piece continues.
    private int _pieceEnd = -1;

    /// <summary>Bytes in inactive <c>#if</c> regions before the tokens so far.</summary>
    public int InactiveBytes { get; private set; }

    public void Add(SyntaxToken token)
    {
        if (token.ContainsDirectives)
        {
            CountInactive(token);
        }

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

    public TokenStream ToStream() => new([.. _starts], [.. _lengths], [.. _classes]);

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

    // Words the parser leaves to the binder.
    private static bool IsWord(SyntaxToken token) =>
        token.Text is "var" or "unmanaged" or "notnull" or "nint" or "nuint"
        && token.Parent is IdentifierNameSyntax { IsVar: true } or IdentifierNameSyntax { IsUnmanaged: true } or IdentifierNameSyntax { IsNotNull: true } or IdentifierNameSyntax { IsNint: true } or IdentifierNameSyntax { IsNuint: true };

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
