using BenchmarkDotNet.Attributes;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;
using XCoder.Analysis.Vectors.Sets;

namespace XCoder.Benchmarks.Micro;

/// <summary>What follows extraction: token hashes, snippet hashes, the stored form of tokens, MinHash.</summary>
[MemoryDiagnoser]
public class TokenBenchmarks
{
    private const int Copies = 50;

    private byte[] _text = [];
    private TokenStream _tokens = null!;
    private byte[] _encoded = [];
    private TokenHashes _hashes = null!;
    private ulong[] _shingles = [];
    private readonly MinHasher _hasher = new(128);
    private readonly uint[] _signature = new uint[128];

    /// <summary>Extracts the first sample, repeated.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var catalog = LanguageCatalog.Open();
        var language = Samples.Languages(catalog).First();
        _text = [.. Enumerable.Repeat(Samples.Of(language)!, Copies).SelectMany(text => text)];
        using var extractor = new TreeSitterExtractor(catalog);
        _tokens = extractor.Extract(new SourceFile("sample", _text, 0), language)!.Tokens;
        _encoded = _tokens.Encode();
        _hashes = TokenHashes.Compute(_text, _tokens);
        _shingles = _hashes.Shingles(0, Math.Min(200, _tokens.Count), 3);
    }

    /// <summary>Hash of every token's text.</summary>
    [Benchmark]
    public object HashTokens() => TokenHashes.Compute(_text, _tokens);

    /// <summary>Exact fingerprint of the whole file.</summary>
    [Benchmark]
    public UInt128 ExactHash() => _hashes.ExactHash(0, _tokens.Count);

    /// <summary>Renamed fingerprint of the whole file.</summary>
    [Benchmark]
    public UInt128 RenamedHash() => _hashes.RenamedHash(0, _tokens.Count);

    /// <summary>Tokens to bytes.</summary>
    [Benchmark]
    public int Encode() => _tokens.Encode().Length;

    /// <summary>Bytes to tokens.</summary>
    [Benchmark]
    public int Decode() => TokenStream.Decode(_encoded).Count;

    /// <summary>Signature of 128 values of a snippet of 200 tokens.</summary>
    [Benchmark]
    public uint MinHash()
    {
        _hasher.Sign(_shingles, _signature);
        return _signature[0];
    }
}
