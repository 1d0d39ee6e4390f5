using System.Text.Json;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Embeddings.Tokenization;

namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>
/// What a model's folder says of its use. A field of model.json goes before sentence-transformers' own files
/// (modules.json, 1_Pooling/config.json, sentence_bert_config.json, config_sentence_transformers.json), these before
/// tokenizer_config.json and config.json, and these before the defaults.
/// </summary>
internal static class EncoderConfiguration
{
    // Where a file says "no limit" it says so with 10³⁰.
    private const double NoLimit = 1_000_000;

    // Names that models in use give their prompts.
    private static readonly string[] QueryPrompts = ["query", "Query", "search_query", "nl2code_query", "retrieval.query", "s2p_query"];
    private static readonly string[] CodePrompts = ["code", "document", "Document", "passage", "search_document", "nl2code_document",
        "retrieval.passage"];
    private static readonly string[] OffsetPositions = ["roberta", "xlm-roberta", "camembert", "mpnet", "longformer", "xmod",
        "data2vec-text"];

    public static EncoderOptions Read(ModelFolder folder, JsonElement model, HuggingFaceTokenizer tokenizer)
    {
        var transformers = folder.Json("config_sentence_transformers.json");
        var config = folder.Json("config.json");
        var prompts = Part(transformers, "prompts");
        var pad = Number(config, "pad_token_id") is { } id && id is >= 0 and < int.MaxValue ? (int)id
            : tokenizer.PadId ?? PadToken(folder, tokenizer) ?? 0;
        return new EncoderOptions
        {
            Pooling = PoolingOf(folder, model),
            CodePrefix = Text(model, "codePrefix") ?? Prompt(prompts, CodePrompts) ?? DefaultPrompt(transformers, prompts) ?? "",
            QueryPrefix = Text(model, "queryPrefix") ?? Prompt(prompts, QueryPrompts) ?? "",
            MaxTokens = MaxTokens(folder, model, config, tokenizer),
            Dimension = Positive(folder, model, "dimension"),
            PadId = pad,
        };
    }

    /// <summary>A string of an object, or null.</summary>
    public static string? Text(JsonElement element, string name) =>
        Part(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static int MaxTokens(ModelFolder folder, JsonElement model, JsonElement config, HuggingFaceTokenizer tokenizer)
    {
        var limit = Positive(folder, model, "maxTokens")
            ?? Limit(Number(folder.Json("sentence_bert_config.json"), "max_seq_length"))
            ?? Limit(Number(folder.Json("tokenizer_config.json"), "model_max_length"))
            ?? tokenizer.MaxLength
            ?? new EncoderOptions().MaxTokens;
        // More tokens than the model has positions for would fail in it. RoBERTa's positions begin after the pad id.
        if ((Limit(Number(config, "max_position_embeddings")) ?? Limit(Number(config, "n_positions"))) is { } positions && positions > 0)
        {
            var offset = OffsetPositions.Contains(Text(config, "model_type")) ? (int)(Number(config, "pad_token_id") ?? 1) + 1 : 0;
            limit = Math.Min(limit, positions - offset);
        }

        return limit > tokenizer.SpecialTokenCount ? limit
            : throw new EmbeddingException(
                $"{folder.FullPath}: a greatest length of {limit} tokens leaves no room for text. Correct \"maxTokens\" in model.json.");
    }

    private static Pooling? PoolingOf(ModelFolder folder, JsonElement model)
    {
        if (Text(model, "pooling") is { } name)
        {
            return Named(name)
                ?? throw new EmbeddingException(
                    $"{Path.Combine(folder.FullPath, "model.json")}: \"pooling\" is \"{name}\". It is one of mean, cls, last, max.");
        }

        var place = Modules(folder).FirstOrDefault(module => module.Type.EndsWith(".Pooling", StringComparison.Ordinal)).Path
            ?? "1_Pooling";
        var config = folder.Json(Path.Combine(place, "config.json"));
        if (config.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (Part(config, "include_prompt").ValueKind == JsonValueKind.False)
        {
            throw new EmbeddingException(
                $"{Path.Combine(folder.FullPath, place, "config.json")}: pooling without the prompt "
                    + $"(\"include_prompt\": false) is not supported. Use another model.");
        }

        var modes = config.EnumerateObject()
            .Where(field => field.Name.StartsWith("pooling_mode_", StringComparison.Ordinal) && field.Value.ValueKind == JsonValueKind.True)
            .Select(field => field.Name["pooling_mode_".Length..]).ToList();
        if (modes.Count == 0 && Text(config, "pooling_mode") is { } mode)
        {
            modes.Add(mode);
        }

        return modes.Count switch
        {
            0 => null,
            1 when Named(modes[0].Replace("_tokens", "", StringComparison.Ordinal)
                .Replace("_token", "", StringComparison.Ordinal)) is { } pooling => pooling,
            _ => throw new EmbeddingException(
                $"{Path.Combine(folder.FullPath, place, "config.json")}: the pooling {string.Join(" with ", modes)} is not supported. Set "
                    + $"\"pooling\" in model.json to one of mean, cls, last, max if that comes near it."),
        };
    }

    /// <summary>The steps of modules.json after the encoder and its pooling that change vectors.</summary>
    public static IEnumerable<string> FurtherSteps(ModelFolder folder) =>
        Modules(folder).Select(module => module.Type)
            .Where(type => !type.EndsWith(".Transformer", StringComparison.Ordinal) && !type.EndsWith(".Pooling", StringComparison.Ordinal)
                && !type.EndsWith(".Normalize", StringComparison.Ordinal));

    private static IEnumerable<(string Type, string? Path)> Modules(ModelFolder folder) =>
        folder.Json("modules.json") is { ValueKind: JsonValueKind.Array } modules
        ? modules.EnumerateArray().Select(module => (Text(module, "type") ?? "", Text(module, "path")))
        : [];

    private static Pooling? Named(string name) => name.ToLowerInvariant() switch
    {
        "mean" => Pooling.Mean,
        "cls" => Pooling.Cls,
        "last" or "lasttoken" => Pooling.Last,
        "max" => Pooling.Max,
        _ => null,
    };

    private static int? PadToken(ModelFolder folder, HuggingFaceTokenizer tokenizer)
    {
        var token = Part(folder.Json("tokenizer_config.json"), "pad_token");
        var text = token.ValueKind == JsonValueKind.String ? token.GetString() : Text(token, "content");
        return text is null ? null : tokenizer.IdOf(text);
    }

    private static string? Prompt(JsonElement prompts, string[] names) =>
        names.Select(name => Text(prompts, name)).FirstOrDefault(prompt => prompt is not null);

    private static string? DefaultPrompt(JsonElement transformers, JsonElement prompts) =>
        Text(transformers, "default_prompt_name") is { } name ? Text(prompts, name) : null;

    private static int? Positive(ModelFolder folder, JsonElement model, string name) => Part(model, name) switch
    {
        { ValueKind: JsonValueKind.Undefined or JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && number > 0 => number,
        _ => throw new EmbeddingException($"{Path.Combine(folder.FullPath, "model.json")}: \"{name}\" is not a whole number above 0."),
    };

    private static int? Limit(double? value) => value is > 0 and < NoLimit ? (int)value : null;

    private static double? Number(JsonElement element, string name) =>
        Part(element, name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    private static JsonElement Part(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
}

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
