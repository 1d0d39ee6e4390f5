using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace XCoder.Analysis.Extraction.Roslyn;

/// <summary>Formats parts of a declaration on one line: white space collapsed, comments and directives removed.</summary>
internal static class SignatureText
{
    /// <summary>Maximum length of a signature in UTF-16 characters.</summary>
    public const int MaxLength = 1_000;

    /// <summary>
    /// The text of <paramref name="node"/> between the character positions <paramref name="start"/> and
    /// <paramref name="end"/>.
    /// </summary>
    public static string Of(string text, SyntaxNode node, int start, int end, int max = MaxLength)
    {
        if (end <= start)
        {
            return "";
        }

        var written = text.AsSpan(start, end - start);
        return written.Contains("//", StringComparison.Ordinal) || written.Contains("/*", StringComparison.Ordinal) || written.Contains('#')
            ? OfTokens(node, TextSpan.FromBounds(start, end), max)
            : Collapse(written, max);
    }

    /// <summary>The whole text of <paramref name="node"/>.</summary>
    public static string Of(string text, SyntaxNode node, int max = int.MaxValue)
    {
        var span = node.Span;
        return Of(text, node, span.Start, span.End, max);
    }

    /// <summary>A name or type as written, on one line.</summary>
    public static string Name(SyntaxNode node) => OfTokens(node, node.Span, MaxLength);

    private static string OfTokens(SyntaxNode node, TextSpan span, int max)
    {
        var builder = new StringBuilder();
        foreach (var token in node.DescendantTokens(span))
        {
            if (token.SpanStart < span.Start || token.SpanStart >= span.End)
            {
                continue;
            }

            if (token.HasLeadingTrivia)
            {
                builder.Append(' ');
            }

            builder.Append(token.Text);
            if (token.HasTrailingTrivia)
            {
                builder.Append(' ');
            }

            if (builder.Length > max * 2L)
            {
                break;
            }
        }

        return Collapse(builder.ToString(), max);
    }

    private static string Collapse(ReadOnlySpan<char> written, int max)
    {
        var builder = new StringBuilder(Math.Min(written.Length, max));
        var space = false;
        foreach (var c in written)
        {
            if (char.IsWhiteSpace(c))
            {
                space = builder.Length > 0;
                continue;
            }

            if (space)
            {
                builder.Append(' ');
                space = false;
            }

            builder.Append(c);
            if (builder.Length >= max)
            {
                break;
            }
        }

        if (builder.Length > max)
        {
            builder.Length = max;
        }

        if (builder.Length > 0 && char.IsHighSurrogate(builder[^1]))
        {
            builder.Length--;
        }

        return builder.ToString();
    }
}
