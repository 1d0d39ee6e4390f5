using System.Text.Json;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>The files of a model's folder, as sentence-transformers, Optimum and transformers.js lay them out.</summary>
internal sealed class ModelFolder
{
    private static readonly string[] ModelNames = ["model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx", "model_optimized.onnx", "onnx/model_optimized.onnx"];

    private readonly string _path;

    /// <exception cref="EmbeddingException">There is no such folder.</exception>
    public ModelFolder(string path)
    {
        _path = Path.GetFullPath(path);
        if (!Directory.Exists(_path))
        {
            throw new EmbeddingException($"There is no folder {_path}. --model takes a folder with model.onnx and tokenizer.json.");
        }
    }

    /// <summary>Full path.</summary>
    public string FullPath => _path;

    /// <summary>The last part of the path.</summary>
    public string Name => Path.GetFileName(_path.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>Whether there is a file.</summary>
    public bool Has(string name) => File.Exists(Path.Combine(_path, name));

    /// <summary>The ONNX file.</summary>
    /// <param name="named">Its name in model.json, or null.</param>
    /// <exception cref="EmbeddingException">There is none.</exception>
    public string FindModel(string? named) => named is not null
        ? Inside(named) is { } path && File.Exists(path) ? path : throw new EmbeddingException($"{Path.Combine(_path, "model.json")} names {named} as \"model\", and there is no such file in the folder.")
        : ModelNames.Where(Has).Select(name => Path.Combine(_path, name)).FirstOrDefault()
            ?? throw new EmbeddingException($"{_path} holds no ONNX model (looked for {string.Join(", ", ModelNames)}). Export the model to ONNX, for example with 'optimum-cli export onnx', or name the file as \"model\" in model.json.");

    /// <summary>tokenizer.json, beside the model or in the folder.</summary>
    /// <exception cref="EmbeddingException">There is none.</exception>
    public string FindTokenizer(string model) =>
        new[] { Path.Combine(_path, "tokenizer.json"), Path.Combine(Path.GetDirectoryName(model)!, "tokenizer.json") }.FirstOrDefault(File.Exists)
            ?? throw new EmbeddingException($"{_path} holds no tokenizer.json. Save the tokenizer with a current version of transformers: AutoTokenizer.from_pretrained(...).save_pretrained(folder).");

    /// <summary>A JSON object, or an undefined element where there is no such file.</summary>
    /// <exception cref="EmbeddingException">The file is no JSON.</exception>
    public JsonElement Json(string name)
    {
        var path = Inside(name);
        if (path is null || !File.Exists(path))
        {
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(ModelFiles.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.Clone();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingException($"The model's settings cannot be read: {failure.Message}", failure);
        }
        catch (JsonException failure)
        {
            throw new EmbeddingException($"{path}: not JSON, line {failure.LineNumber + 1}. Correct it or get it again.", failure);
        }
    }

    // A file of a downloaded model names no file outside its folder.
    private string? Inside(string name)
    {
        var path = Path.GetFullPath(Path.Combine(_path, name));
        return path.StartsWith(_path + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : null;
    }
}
