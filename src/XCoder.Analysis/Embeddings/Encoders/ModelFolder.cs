using System.Text;
using System.Text.Json;
using XCoder.Analysis.Embeddings.Runtime;

namespace XCoder.Analysis.Embeddings.Encoders;

/// <summary>Finds the files of a model in its folder, as sentence-transformers, Optimum and transformers.js lay them out.</summary>
internal sealed class ModelFolder
{
    private static readonly string[] ModelNames = ["model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx",
        "model_optimized.onnx", "onnx/model_optimized.onnx"];

    private readonly string _path;

    /// <exception cref="EmbeddingException">The folder does not exist.</exception>
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

    /// <summary>Last part of the path.</summary>
    public string Name => Path.GetFileName(_path.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>Whether the folder has a file with this name.</summary>
    public bool Has(string name) => File.Exists(Path.Combine(_path, name));

    /// <summary>Returns the path of the ONNX file.</summary>
    /// <param name="named">Its name in model.json; null searches for the usual names.</param>
    /// <exception cref="EmbeddingException">The file does not exist.</exception>
    public string FindModel(string? named) => named is not null
        ? Inside(named) is { } path && File.Exists(path) ? path
            : throw new EmbeddingException(
                $"{Path.Combine(_path, "model.json")} names {named} as \"model\", and there is no such file in the folder.")
        : ModelNames.Where(Has).Select(name => Path.Combine(_path, name)).FirstOrDefault()
            ?? throw new EmbeddingException(
                $"{_path} holds no ONNX model (looked for {string.Join(", ", ModelNames)}). Export the model to ONNX, for example with "
                    + $"'optimum-cli export onnx', or name the file as \"model\" in model.json.");

    /// <summary>Returns the path of tokenizer.json, in the folder or beside the model.</summary>
    /// <exception cref="EmbeddingException">The file does not exist.</exception>
    public string FindTokenizer(string model) =>
        new[] { Path.Combine(_path, "tokenizer.json"),
            Path.Combine(Path.GetDirectoryName(model)!, "tokenizer.json") }.FirstOrDefault(File.Exists)
            ?? throw new EmbeddingException(
                $"{_path} holds no tokenizer.json. Save the tokenizer with a current version of transformers: "
                    + $"AutoTokenizer.from_pretrained(...).save_pretrained(folder).");

    /// <summary>Reads a JSON file; an undefined element if it does not exist.</summary>
    /// <exception cref="EmbeddingException">The file cannot be read or is not JSON.</exception>
    public JsonElement Json(string name)
    {
        var path = Inside(name);
        if (path is null || !File.Exists(path))
        {
            return default;
        }

        try
        {
            using var document = JsonDocument.Parse(ModelFiles.ReadAllBytes(path),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.Clone();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddingException($"The model's settings cannot be read: {failure.Message}", failure);
        }
        catch (JsonException failure)
        {
            throw new EmbeddingException(
                $"{path}: not JSON (line {failure.LineNumber + 1}). Correct the file or download it again.", failure);
        }
    }

    // A downloaded model must not name a file outside its folder.
    private string? Inside(string name)
    {
        var path = Path.GetFullPath(Path.Combine(_path, name));
        return path.StartsWith(_path + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : null;
    }
}

/// <summary>Finds the files in which an ONNX model stores its weights. Only their names are read; the weights are skipped.</summary>
internal static class ExternalData
{
    // Fields of onnx.proto3.
    private const int ModelGraph = 7;
    private const int GraphInitializer = 5;
    private const int TensorExternalData = 13;
    private const int EntryKey = 1;
    private const int EntryValue = 2;

    // No file name is longer, so a longer message is skipped.
    private const int LongestEntry = 4096;

    /// <summary>Returns full paths, sorted, without files that do not exist; for these the session reports an error.</summary>
    public static IReadOnlyList<string> Find(string model)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        using var stream = new BufferedStream(ModelFiles.OpenRead(model), 1 << 16);
        foreach (var graph in Fields(stream, stream.Length, ModelGraph))
        {
            foreach (var tensor in Fields(stream, graph, GraphInitializer))
            {
                foreach (var entry in Fields(stream, tensor, TensorExternalData))
                {
                    if (Location(stream, entry) is { } name)
                    {
                        names.Add(name);
                    }
                }
            }
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(model))!;
        return [.. names.Select(name => Path.Combine(folder, name)).Where(File.Exists)];
    }

    // Yields the end of each message with the field number. Between two results the caller may read within the message,
    // or leave the stream where it is.
    private static IEnumerable<long> Fields(Stream stream, long end, int field)
    {
        while (stream.Position < end && Varint(stream) is { } tag)
        {
            var length = (tag & 7) switch
            {
                0 => Varint(stream) is null ? -1 : 0,
                1 => 8,
                2 => Varint(stream) ?? -1,
                5 => 4,
                _ => -1,
            };
            var next = stream.Position + length;
            if (length < 0 || next > end)
            {
                yield break;
            }

            if ((tag & 7) == 2 && tag >> 3 == field)
            {
                yield return next;
            }

            stream.Position = next;
        }
    }

    private static string? Location(Stream stream, long end)
    {
        var length = end - stream.Position;
        if (length > LongestEntry)
        {
            return null;
        }

        var entry = new byte[length];
        stream.ReadExactly(entry);
        using var inner = new MemoryStream(entry);
        string? Text(int field)
        {
            inner.Position = 0;
            foreach (var stop in Fields(inner, inner.Length, field))
            {
                return Encoding.UTF8.GetString(entry, (int)inner.Position, (int)(stop - inner.Position));
            }

            return null;
        }

        return Text(EntryKey) == "location" ? Text(EntryValue) : null;
    }

    private static long? Varint(Stream stream)
    {
        long value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0)
            {
                return null;
            }

            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        return null;
    }
}
