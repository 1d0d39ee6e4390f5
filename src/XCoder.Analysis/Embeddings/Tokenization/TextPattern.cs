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
            return new TextPattern(null, new Regex(new OnigurumaTranslator(source).Translate(), RegexOptions.Compiled | RegexOptions.CultureInvariant));
        }
        catch (Exception failure) when (failure is NotSupportedException or ArgumentException)
        {
            throw new EmbeddingException($"{part.File}: the regular expression \"{source}\" is not supported: {failure.Message} Use a model with another tokenizer.", failure);
        }
    }

    /// <summary>Appends all matches, in order, without overlaps, empty ones left out.</summary>
    public void FindAll(ReadOnlySpan<char> text, List<(int Start, int End)> matches)
    {
        if (_literal is not null)
        {
            for (var at = 0; _literal.Length > 0 && text[at..].IndexOf(_literal, StringComparison.Ordinal) is var found && found >= 0; at += found + _literal.Length)
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
