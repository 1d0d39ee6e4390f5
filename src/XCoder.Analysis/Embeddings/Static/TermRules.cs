using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// Which words and operators of the languages mean the same (<c>tokens.json</c>): <c>nil</c>, <c>None</c> and
/// <c>null</c> are one term, <c>push_back</c> and <c>append</c> another. Data, so that a language costs no code.
/// </summary>
internal sealed class TermRules
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    private TermRules(Document document)
    {
        Words = Invert(document.Words, document.Drop);
        Calls = Invert(document.Calls, []);
        Punctuation = Invert(document.Operators, document.Punctuation);
    }

    /// <summary>Word of some language → the terms it stands for; none: it says nothing.</summary>
    public FrozenDictionary<string, string[]> Words { get; }

    /// <summary>Word → terms where it is called or belongs to something (<c>map(</c>, <c>.length</c>); elsewhere it may be anybody's name.</summary>
    public FrozenDictionary<string, string[]> Calls { get; }

    /// <summary>Operator or bracket → the terms it stands for; none: it says nothing.</summary>
    public FrozenDictionary<string, string[]> Punctuation { get; }

    /// <exception cref="EmbeddingException">The file cannot be read, or is no such table.</exception>
    public static TermRules Load(string path)
    {
        try
        {
            return new TermRules(JsonSerializer.Deserialize<Document>(ModelFiles.ReadAllBytes(path), Options) ?? throw new JsonException("The document is null."));
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

    private sealed record Document(Dictionary<string, string[]> Operators, string[] Punctuation, string[] Drop, Dictionary<string, string[]> Words, Dictionary<string, string[]> Calls);
}
