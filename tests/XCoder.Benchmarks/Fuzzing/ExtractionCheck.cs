using XCoder.Analysis.Indexing;
using XCoder.Analysis.Model;

namespace XCoder.Benchmarks.Fuzzing;

/// <summary>What must hold of every extraction, whatever the text.</summary>
internal static class ExtractionCheck
{
    // Texts cut out of nested snippets may repeat, but not grow with the square of the file.
    private const long MaxCharactersAByte = 200;
    private const long FreeCharacters = 4 << 20;

    /// <exception cref="FuzzException">Something does not hold; the message says what.</exception>
    public static void Run(SourceFile file, ExtractedFile extracted)
    {
        Tokens(file, extracted.Tokens);
        for (var i = 0; i < extracted.Snippets.Count; i++)
        {
            Snippet(file, extracted, i);
        }

        var characters = extracted.Snippets.Sum(snippet => (long)snippet.QualifiedName.Length + snippet.Name.Length + snippet.Signature.Length
            + (snippet.Documentation?.Length ?? 0) + snippet.Parameters.Sum(text => text.Length) + snippet.Decorators.Sum(text => text.Length) + snippet.Imports.Count);
        Require(characters <= FreeCharacters + (MaxCharactersAByte * file.Text.Length), $"{extracted.Snippets.Count} snippets hold {characters} characters of {file.Text.Length} bytes");
        var record = FileRecordBuilder.Build("fuzz", file, "", "", null, extracted);
        Require(record.Keys.Select(key => key.Id).Distinct().Count() == record.Keys.Count, "two snippets have one id");
    }

    private static void Tokens(SourceFile file, TokenStream tokens)
    {
        var end = 0;
        for (var i = 0; i < tokens.Count; i++)
        {
            Require(tokens.Starts[i] >= end && tokens.Lengths[i] > 0, $"token {i} is {tokens.Starts[i]}+{tokens.Lengths[i]} after one that ends at {end}");
            end = tokens.Starts[i] + tokens.Lengths[i];
        }

        Require(end <= file.Text.Length, $"tokens end at {end} of {file.Text.Length} bytes");
        var decoded = TokenStream.Decode(tokens.Encode());
        Require(decoded.Starts.SequenceEqual(tokens.Starts) && decoded.Lengths.SequenceEqual(tokens.Lengths) && decoded.Classes.SequenceEqual(tokens.Classes), "tokens differ once stored and read");
    }

    private static void Snippet(SourceFile file, ExtractedFile extracted, int index)
    {
        var (snippet, tokens) = (extracted.Snippets[index], extracted.Tokens);
        var span = snippet.Span;
        var what = $"snippet {index} '{Shorten(snippet.Name)}' at {span.StartByte}..{span.EndByte}";
        Require(span.StartByte >= 0 && span.StartByte < span.EndByte && span.EndByte <= file.Text.Length, $"{what} of {file.Text.Length} bytes");
        Require(span.StartLine >= 1 && span.StartLine <= span.EndLine, $"{what} has lines {span.StartLine} to {span.EndLine}");
        Require(snippet.Name.Length > 0, $"{what} has no name");
        Require(snippet.Signature.Length <= 1000, $"{what} has a signature of {snippet.Signature.Length} characters");
        Require(snippet.Parent >= -1 && snippet.Parent < index, $"{what} has parent {snippet.Parent}");
        if (snippet.Parent >= 0)
        {
            var parent = extracted.Snippets[snippet.Parent].Span;
            Require(parent.Contains(span), $"{what} is not in its parent at {parent.StartByte}..{parent.EndByte}");
        }

        var (first, count) = (snippet.FirstToken, snippet.TokenCount);
        Require(first >= 0 && count >= 0 && first + count <= tokens.Count, $"{what} has tokens {first}+{count} of {tokens.Count}");
        Require(count == 0 || (tokens.Starts[first] >= span.StartByte && tokens.Starts[first + count - 1] + tokens.Lengths[first + count - 1] <= span.EndByte), $"{what} has tokens outside");
        Require(snippet.Imports.All(import => import >= 0 && import < extracted.Imports.Count), $"{what} needs an import that is none");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new FuzzException(message);
        }
    }

    private static string Shorten(string text) => text.Length > 40 ? text[..40] : text;
}
