using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Tokenization;

/// <summary>The special tokens that the "post_processor" of a tokenizer.json puts before and after a single text.</summary>
/// <param name="Before">Ids in front.</param>
/// <param name="After">Ids at the end.</param>
internal sealed record SpecialTokens(int[] Before, int[] After)
{
    private static readonly SpecialTokens None = new([], []);

    /// <exception cref="EmbeddingException">The kind is not supported.</exception>
    public static SpecialTokens Read(TokenizerPart part) => part.IsMissing ? None : part.Type switch
    {
        "ByteLevel" => None,
        "BertProcessing" or "RobertaProcessing" => new([Id(part["cls"])], [Id(part["sep"])]),
        "TemplateProcessing" => ReadTemplate(part),
        "Sequence" => part["processors"].Items.Select(Read).Aggregate(None, (inner, outer) => new([.. outer.Before, .. inner.Before], [.. inner.After, .. outer.After])),
        _ => throw part.Unsupported("post-processor"),
    };

    // ["<s>", 0]
    private static int Id(TokenizerPart pair) => pair.Items.Skip(1).FirstOrDefault() is { IsMissing: false } id ? id.Integer() : throw pair.Wrong("is not a token and its id");

    private static SpecialTokens ReadTemplate(TokenizerPart part)
    {
        var (before, after) = (new List<int>(), new List<int>());
        var target = before;
        foreach (var item in part["single"].Items)
        {
            if (!item["Sequence"].IsMissing)
            {
                target = after;
            }
            else
            {
                var name = item["SpecialToken"].Text("id") ?? throw item.Wrong("is neither a sequence nor a special token");
                target.AddRange(part["special_tokens"][name]["ids"].Items.Select(id => id.Integer()));
            }
        }

        return ReferenceEquals(target, after) ? new([.. before], [.. after]) : throw part["single"].Wrong("holds no sequence");
    }
}
