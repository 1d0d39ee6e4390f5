using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// The default model: rows of a table for terms and pairs of terms, added up and passed through two dense layers by
/// ONNX Runtime. Code of any language, since its terms are shared between languages.
/// </summary>
internal sealed class StaticModel : ITermModel
{
    // Part of the hash: to be raised whenever code is read into other rows than before.
    private const int ReadingVersion = 1;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly BagFeatures _features;
    private readonly BagTable? _table;

    private StaticModel(StaticSettings settings, CodeTokenizer tokenizer, InferenceSession session, BagTable? table, string hash)
    {
        (Name, Dimension, Tokenizer, _session, _table, Hash) = (settings.Name, settings.Dimension, tokenizer, session, table, hash);
        _features = new BagFeatures(settings, tokenizer.TermCount);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Hash { get; }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public CodeTokenizer Tokenizer { get; }

    /// <summary>Opens the model in a folder: <c>model.json</c>, <c>model.onnx</c>, <c>tokens.json</c>, <c>vocabulary.txt</c>.</summary>
    /// <exception cref="EmbeddingException">A file is missing or damaged, or the device cannot be used.</exception>
    public static StaticModel Open(string folder, SessionFactory sessions) => Open(folder, sessions, null);

    /// <summary>Opens the model as a part of another, whose weight of BM25 may be another.</summary>
    internal static StaticModel Open(string folder, SessionFactory sessions, float? lexicalWeight)
    {
        var settings = StaticSettings.Load(folder);
        var tokenizer = CodeTokenizer.Open(folder, lexicalWeight);
        var path = Path.Combine(folder, StaticSettings.ModelFile);
        var session = sessions.Create(path);
        if (!session.OutputMetadata.TryGetValue("vectors", out var output) || output.Dimensions is not [_, var dimension] || dimension != settings.Dimension)
        {
            session.Dispose();
            throw new EmbeddingException($"{path} is no static model of dimension {settings.Dimension}, as model.json says. Restore the folder.");
        }

        try
        {
            var rows = new BagFeatures(settings, tokenizer.TermCount).Rows;
            if (!session.OutputMetadata.TryGetValue("table", out var shape) || shape.Dimensions is not [var stored, _] || stored != rows)
            {
                throw new EmbeddingException($"{path} has no table of {rows} rows, as model.json and vocabulary.txt say. Restore the folder.");
            }

            // On a GPU the rows are added up there.
            var table = sessions.Device == Device.Cuda ? null : ReadTable(session, settings.Dimension);
            return new StaticModel(settings, tokenizer, session, table, HashOf(folder));
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EmbeddingException or IOException)
        {
            session.Dispose();
            throw exception as EmbeddingException ?? new EmbeddingException($"{path} is no static model: {exception.Message} Restore the folder.", exception);
        }
    }

    /// <inheritdoc/>
    public EncodedInput Encode(SnippetInput snippet) => Encode(Tokenizer.Tokenize(snippet));

    /// <inheritdoc/>
    public EncodedInput EncodeWords(string words) => Encode(Tokenizer.TokenizeWords(words));

    /// <inheritdoc/>
    public void Embed(IReadOnlyList<EncodedInput> inputs, Span<float> vectors)
    {
        if (vectors.Length < inputs.Count * Dimension)
        {
            throw new ArgumentException($"{inputs.Count} vectors of {Dimension} need {inputs.Count * Dimension} numbers, not {vectors.Length}.", nameof(vectors));
        }

        var used = inputs.Count * Dimension;
        var total = _table is null ? inputs.Sum(input => input.Ids.Length) : 0;
        var rows = ArrayPool<int>.Shared.Rent(total);
        var weights = ArrayPool<float>.Shared.Rent(total);
        var owners = ArrayPool<long>.Shared.Rent(total);
        var (sums, result) = (ArrayPool<float>.Shared.Rent(used), ArrayPool<float>.Shared.Rent(used));
        try
        {
            sums.AsSpan(0, used).Clear();
            var at = 0;
            for (var i = 0; i < inputs.Count; i++)
            {
                if (_table is not null)
                {
                    _table.Add(inputs[i].Ids, inputs[i].Weights, sums.AsSpan(i * Dimension, Dimension));
                    continue;
                }

                inputs[i].Ids.CopyTo(rows, at);
                inputs[i].Weights.CopyTo(weights, at);
                owners.AsSpan(at, inputs[i].Ids.Length).Fill(i);
                at += inputs[i].Ids.Length;
            }

            Run(rows.AsMemory(0, total), weights.AsMemory(0, total), owners.AsMemory(0, total), sums.AsMemory(0, used), inputs.Count, result.AsMemory(0, used));
            result.AsSpan(0, used).CopyTo(vectors);
            for (var i = 0; i < inputs.Count; i++)
            {
                if (inputs[i].Ids.Length == 0)
                {
                    vectors.Slice(i * Dimension, Dimension).Clear();
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(rows);
            ArrayPool<float>.Shared.Return(weights);
            ArrayPool<long>.Shared.Return(owners);
            ArrayPool<float>.Shared.Return(sums);
            ArrayPool<float>.Shared.Return(result);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
        Tokenizer.Dispose();
    }

    /// <summary>Rows of the table that a snippet's terms stand for, and their weights.</summary>
    internal (int[] Rows, float[] Weights) RowsOf(CodeTerms terms) => _features.Of(terms);

    private EncodedInput Encode(CodeTerms terms)
    {
        var (rows, weights) = RowsOf(terms);
        var hash = SHA256.HashData([.. MemoryMarshal.AsBytes<int>(rows), .. MemoryMarshal.AsBytes<float>(weights)]);
        return new EncodedInput(MemoryMarshal.Read<UInt128>(hash), rows, weights);
    }

    private void Run(Memory<int> rows, Memory<float> weights, Memory<long> owners, Memory<float> start, int count, Memory<float> result)
    {
        var memory = OrtMemoryInfo.DefaultInstance;
        using var rowsValue = OrtValue.CreateTensorValueFromMemory(memory, rows, [rows.Length]);
        using var weightsValue = OrtValue.CreateTensorValueFromMemory(memory, weights, [rows.Length]);
        using var ownersValue = OrtValue.CreateTensorValueFromMemory(memory, owners, [rows.Length]);
        using var startValue = OrtValue.CreateTensorValueFromMemory(memory, start, [count, Dimension]);
        using var vectors = OrtValue.CreateTensorValueFromMemory(memory, result, [count, Dimension]);
        try
        {
            _session.Run(_run, ["rows", "weights", "owners", "start"], [rowsValue, weightsValue, ownersValue, startValue], ["vectors"], [vectors]);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new EmbeddingException($"The model {Name} failed on a batch of {count}: {exception.Message}", exception);
        }
    }

    private static BagTable ReadTable(InferenceSession session, int dimension)
    {
        using var run = new RunOptions();
        var memory = OrtMemoryInfo.DefaultInstance;
        using var none = OrtValue.CreateTensorValueFromMemory(memory, Memory<int>.Empty, [0]);
        using var noWeights = OrtValue.CreateTensorValueFromMemory(memory, Memory<float>.Empty, [0]);
        using var noOwners = OrtValue.CreateTensorValueFromMemory(memory, Memory<long>.Empty, [0]);
        using var start = OrtValue.CreateTensorValueFromMemory(memory, new float[dimension].AsMemory(), [1, dimension]);
        using var outputs = session.Run(run, ["rows", "weights", "owners", "start"], [none, noWeights, noOwners, start], ["table", "scale"]);
        return new BagTable(outputs[0].GetTensorDataAsSpan<sbyte>().ToArray(), outputs[1].GetTensorDataAsSpan<float>().ToArray(), dimension);
    }

    // All files that determine vectors.
    private static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(ReadingVersion));
        foreach (var name in (string[])[StaticSettings.ModelFile, StaticSettings.RulesFile, StaticSettings.SettingsFile, StaticSettings.VocabularyFile])
        {
            hash.AppendFile(Path.Combine(folder, name));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
