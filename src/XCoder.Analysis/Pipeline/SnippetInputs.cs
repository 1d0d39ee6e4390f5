using XCoder.Analysis.Embeddings;
using XCoder.Analysis.Model;
using XCoder.Analysis.Storage;

namespace XCoder.Analysis.Pipeline;

/// <summary>Stored snippets as embedding models see them.</summary>
public static class SnippetInputs
{
    private const string Separators = ".:#/\\";

    /// <summary>The snippet as a model's input, with its members if it is a structure.</summary>
    public static SnippetInput Of(FileSnippets file, SnippetTokens snippet)
    {
        var facts = snippet.Snippet;
        return new SnippetInput
        {
            Language = facts.Language,
            Kind = facts.Kind,
            Name = facts.Name,
            Enclosing = EnclosingName(facts),
            Text = file.File.Text,
            StartByte = facts.Span.StartByte,
            EndByte = facts.Span.EndByte,
            Stream = file.File.Tokens,
            FirstToken = snippet.FirstToken,
            TokenCount = facts.Tokens,
            Documentation = facts.Documentation,
            Members = facts.Kind.IsStructure() ? [.. Members(file, snippet)] : [],
        };
    }

    /// <summary>The last part of a qualified name before the name itself: its structure, or the function it stands in.</summary>
    internal static string EnclosingName(Snippet snippet)
    {
        var qualified = snippet.QualifiedName.AsSpan();
        if (!qualified.EndsWith(snippet.Name, StringComparison.Ordinal))
        {
            return "";
        }

        var before = qualified[..^snippet.Name.Length].TrimEnd(Separators);
        return before[(before.LastIndexOfAny(Separators) + 1)..].ToString();
    }

    // Members stand inside, or beside it under its qualified name (Go, Rust, C++).
    private static IEnumerable<(string Signature, int FirstToken, int TokenCount)> Members(FileSnippets file, SnippetTokens structure)
    {
        var prefix = structure.Snippet.QualifiedName;
        return file.Snippets
            .Where(other => !other.Snippet.Kind.IsStructure() && (other.Parent == structure.Ordinal
                || (other.Parent < 0 && other.Snippet.QualifiedName.Length > prefix.Length && other.Snippet.QualifiedName.StartsWith(prefix, StringComparison.Ordinal) && !char.IsLetterOrDigit(other.Snippet.QualifiedName[prefix.Length]))))
            .OrderBy(other => other.FirstToken)
            .Select(other => (other.Snippet.Signature, other.FirstToken, other.Snippet.Tokens));
    }
}
