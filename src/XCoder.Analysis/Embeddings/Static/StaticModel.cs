using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using XCoder.Analysis.Embeddings.Runtime;
using XCoder.Analysis.Model;
using XCoder.Analysis.Text;

namespace XCoder.Analysis.Embeddings.Static;

/// <summary>
/// A model that adds up rows of a table for terms and pairs of terms, and passes the sum through two dense layers in
/// ONNX Runtime. It reads code of any language, because the languages share terms.
/// </summary>
internal sealed class StaticModel : ITermModel
{
    // Part of the hash. Increase it whenever code is mapped to other rows.
    private const int ReadingVersion = 1;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly BagFeatures _features;
    private readonly StaticModelFile _file;
    private readonly BagTable? _table;

    private StaticModel(StaticSettings settings, CodeTokenizer tokenizer, InferenceSession session, StaticModelFile file, BagTable? table,
        string hash)
    {
        (Name, Dimension, Tokenizer, _session, _file, _table, Hash) =
            (settings.Name, settings.Dimension, tokenizer, session, file, table, hash);
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

    /// <summary>
    /// Opens the model in a folder with <c>model.json</c>, <c>model.onnx</c>, <c>tokens.json</c> and
    /// <c>vocabulary.txt</c>.
    /// </summary>
    /// <exception cref="EmbeddingException">A file is missing or damaged, or the device cannot be used.</exception>
    public static StaticModel Open(string folder, SessionFactory sessions) => Open(folder, sessions, null);

    /// <summary>Opens the model as part of another one, which may weight BM25 differently.</summary>
    internal static StaticModel Open(string folder, SessionFactory sessions, float? lexicalWeight)
    {
        var settings = StaticSettings.Load(folder);
        var tokenizer = CodeTokenizer.Open(folder, lexicalWeight);
        var path = Path.Combine(folder, StaticSettings.ModelFile);
        var rows = new BagFeatures(settings, tokenizer.TermCount).Rows;
        StaticModelFile? file = null;
        InferenceSession? session = null;
        try
        {
            file = new StaticModelFile(path);
            var (table, layers) = file.Split(rows, settings.Dimension);
            session = sessions.Create(layers, path);
            if (sessions.Device == Device.Cuda)
            {
                // The GPU adds up the rows.
                session.Dispose();
                session = sessions.Create(path);
                table = null;
            }

            return session.OutputMetadata.TryGetValue("vectors", out var output) && output.Dimensions is [_, var dimension]
                && dimension == settings.Dimension
                ? new StaticModel(settings, tokenizer, session, file, table, HashOf(folder))
                : throw new InvalidDataException($"gives no vectors of {settings.Dimension} values, as model.json says");
        }
        catch (Exception exception) when (exception is OnnxRuntimeException or EmbeddingException or InvalidDataException or IOException
            or UnauthorizedAccessException)
        {
            session?.Dispose();
            file?.Dispose();
            throw exception switch
            {
                EmbeddingException => exception,
                InvalidDataException => new EmbeddingException($"{path} is no static model: it {exception.Message}. Restore the folder."),
                _ => new EmbeddingException($"{path} cannot be read: {exception.Message} Restore the folder.", exception),
            };
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
            throw new ArgumentException(
                $"{inputs.Count} vectors of {Dimension} need {inputs.Count * Dimension} numbers, not {vectors.Length}.", nameof(vectors));
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

            Run(rows.AsMemory(0, total), weights.AsMemory(0, total), owners.AsMemory(0, total), sums.AsMemory(0, used), inputs.Count,
                result.AsMemory(0, used));
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
        _file.Dispose();
        Tokenizer.Dispose();
    }

    /// <summary>Returns the rows of the table for a snippet's terms, and their weights.</summary>
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
            _session.Run(_run, ["rows", "weights", "owners", "start"], [rowsValue, weightsValue, ownersValue, startValue], ["vectors"],
                [vectors]);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new EmbeddingException($"The model {Name} failed on a batch of {count}: {exception.Message}", exception);
        }
    }

    // Covers all files that determine vectors.
    private static string HashOf(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(ReadingVersion));
        foreach (var name in (string[])[StaticSettings.ModelFile, StaticSettings.RulesFile, StaticSettings.SettingsFile,
            StaticSettings.VocabularyFile])
        {
            hash.AppendFile(Path.Combine(folder, name));
        }

        return hash.Digits();
    }
}

/// <summary>
/// Computes the rows of the table that a snippet adds up: its terms; hashed pairs of adjacent terms, for their order;
/// its own name's terms once more, hashed; and hashed pairs and triples of the terms that the author did not choose,
/// for the control flow. Each distinct row occurs once, with weight 1 + ln(count). <c>models/training/features.py</c>
/// computes the same; a test compares the two.
/// </summary>
internal sealed class BagFeatures(StaticSettings settings, int terms)
{
    private const uint BigramSeed = 0x243F6A88;
    private const uint SkeletonSeed = 0x85A308D3;
    private const uint TripleSeed = 0x13198A2E;
    private const uint NameSeed = 0x03707344;

    /// <summary>Number of rows of the whole table.</summary>
    public int Rows { get; } = terms + settings.BigramRows + settings.SkeletonRows;

    /// <summary>Returns the distinct rows in order of first appearance, and their weights.</summary>
    public (int[] Rows, float[] Weights) Of(CodeTerms code)
    {
        var counts = new Dictionary<int, int>(code.Ids.Length * 3);
        void Add(int row) => CollectionsMarshal.GetValueRefOrAddDefault(counts, row, out _)++;

        foreach (var id in code.Ids)
        {
            Add(id);
        }

        // Being named `decode` says more than calling a function named `decode`.
        for (var i = 0; i < code.Ids.Length; i++)
        {
            if (code.Words[i] == CodeTerms.OwnName)
            {
                Add(terms + (int)(Hash((uint)code.Ids[i], 0, NameSeed) % (uint)settings.BigramRows));
            }
        }

        for (var i = 1; i < code.Ids.Length; i++)
        {
            Add(terms + (int)(Hash((uint)code.Ids[i - 1], (uint)code.Ids[i], BigramSeed) % (uint)settings.BigramRows));
        }

        var (second, first) = (-1, -1); // the last but one and the last
        for (var i = 0; i < code.Ids.Length; i++)
        {
            if (code.Words[i] >= 0)
            {
                continue;
            }

            var id = code.Ids[i];
            if (first >= 0)
            {
                var pair = Hash((uint)first, (uint)id, SkeletonSeed);
                Add(terms + settings.BigramRows + (int)(pair % (uint)settings.SkeletonRows));
                if (second >= 0)
                {
                    Add(terms + settings.BigramRows + (int)(Hash((uint)second, pair, TripleSeed) % (uint)settings.SkeletonRows));
                }
            }

            (second, first) = (first, id);
        }

        return ([.. counts.Keys], [.. counts.Values.Select(count => 1 + MathF.Log(count))]);
    }

    /// <summary>Hashes two ids to 32 bits.</summary>
    public static uint Hash(uint a, uint b, uint seed)
    {
        var hash = (a * 0x9E3779B1u) + (b * 0x85EBCA77u) + seed;
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6Du;
        hash = (hash ^ (hash >> 12)) * 0x297A2D39u;
        return hash ^ (hash >> 15);
    }
}
