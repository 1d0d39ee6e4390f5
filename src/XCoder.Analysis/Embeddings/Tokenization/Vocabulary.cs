using System.Text.Json;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>Reads the "model" of a tokenizer.json.</summary>
internal static class Vocabulary
{
    /// <exception cref="EmbeddingException">The kind is not supported, or the part is not whole.</exception>
    public static IVocabulary Read(TokenizerPart model) => Kind(model) switch
    {
        "BPE" => new BytePairVocabulary(model),
        "WordPiece" => new WordPieceVocabulary(model),
        "Unigram" => new UnigramVocabulary(model),
        _ => throw model.Unsupported("model"),
    };

    /// <summary>Tokens and their ids.</summary>
    public static Dictionary<string, int> ReadTokens(TokenizerPart vocabulary)
    {
        if (vocabulary.Element.ValueKind != JsonValueKind.Object)
        {
            throw vocabulary.Wrong("is not an object of tokens and ids");
        }

        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in vocabulary.Element.EnumerateObject())
        {
            tokens[token.Name] = token.Value.ValueKind == JsonValueKind.Number && token.Value.TryGetInt32(out var id) && id >= 0 ? id : throw vocabulary[token.Name].Wrong("is no id");
        }

        return tokens;
    }

    /// <summary>The ids of "&lt;0x00&gt;" to "&lt;0xFF&gt;", -1 where a byte has none.</summary>
    public static int[] ByteIds(Func<string, int?> idOf) => [.. Enumerable.Range(0, 256).Select(value => idOf($"<0x{value:X2}>") ?? -1)];

    // Old files name no type.
    private static string Kind(TokenizerPart model) => model.Type switch
    {
        "" when model["vocab"].Element.ValueKind == JsonValueKind.Array => "Unigram",
        "" when !model["merges"].IsMissing => "BPE",
        "" when !model["continuing_subword_prefix"].IsMissing => "WordPiece",
        var type => type,
    };
}
