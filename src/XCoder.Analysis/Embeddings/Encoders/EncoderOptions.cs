namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>How an encoder is used; all but the pooling may stand in a model.json of the user's.</summary>
internal sealed record EncoderOptions
{
    /// <summary>Pooling; null takes the model's own sentence vector where it has one, and the mean otherwise.</summary>
    public Pooling? Pooling { get; init; }

    /// <summary>Text in front of code. Default: none.</summary>
    public string CodePrefix { get; init; } = "";

    /// <summary>Text in front of a question in words. Default: none.</summary>
    public string QueryPrefix { get; init; } = "";

    /// <summary>Greatest number of tokens of a text, special tokens included; longer texts are cut. Default 512.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>Leading dimensions kept of the model's vectors (for models trained so); null keeps all.</summary>
    public int? Dimension { get; init; }

    /// <summary>Id that shorter texts of a batch are filled with. Masked, so that it does not matter. Default 0.</summary>
    public int PadId { get; init; }

    /// <summary>
    /// Tokens of a batch, padding included. Default 512; 8,192 on a GPU. On a CPU large batches leave the caches: a
    /// model of 6 layers and 384 dimensions did 40 snippets a second of processor time in batches of 350 tokens, 31 of
    /// 1,400 and 25 of 8,192 (`XCoder.Benchmarks embed`).
    /// </summary>
    public int BatchTokens { get; init; } = 512;
}
