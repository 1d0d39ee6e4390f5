using System.Text;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Extraction;

/// <summary>Writes what extraction found in one file as text for people: approved snapshots and <c>languages check</c>.</summary>
public static class SnippetListing
{
    /// <summary>One block a snippet: kind, qualified name, lines; then what else is known of it.</summary>
    public static string Format(ExtractedFile file, bool withTokens = false, byte[]? text = null)
    {
        var result = new StringBuilder();
        foreach (var snippet in file.Snippets)
        {
            result.Append(snippet.Kind.ToString().ToLowerInvariant()).Append(' ').Append(snippet.QualifiedName);
            result.Append($"  {snippet.Span.StartLine}-{snippet.Span.EndLine}  {snippet.TokenCount} tokens");
            Append(result, snippet.Form is null ? null : $"  {snippet.Form}");
            Append(result, snippet.IsTest ? "  test" : null);
            Append(result, snippet.HasErrors ? "  errors" : null);
            result.Append('\n');
            Line(result, "name", snippet.Name);
            Line(result, "in", snippet.Parent < 0 ? null : file.Snippets[snippet.Parent].QualifiedName);
            Line(result, "signature", snippet.Signature);
            Line(result, "parameters", string.Join(" | ", snippet.Parameters));
            Line(result, "decorators", string.Join(" | ", snippet.Decorators));
            Line(result, "imports", string.Join(" | ", snippet.Imports.Select(import => file.Imports[import])));
            Line(result, "documentation", snippet.Documentation?.ReplaceLineEndings("\n    "));
            if (withTokens && text is not null)
            {
                Line(result, "tokens", string.Join(' ', Enumerable.Range(snippet.FirstToken, snippet.TokenCount)
                    .Select(i => $"{"?INSLKP"[(int)file.Tokens.Classes[i]]}:{Encoding.UTF8.GetString(file.Tokens.Text(text, i))}")));
            }
        }

        return result.ToString();
    }

    private static void Line(StringBuilder result, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            result.Append("  ").Append(name).Append(": ").Append(value).Append('\n');
        }
    }

    private static void Append(StringBuilder result, string? text) => result.Append(text);
}
