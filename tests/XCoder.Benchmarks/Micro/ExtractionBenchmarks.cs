using BenchmarkDotNet.Attributes;
using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Model;

namespace XCoder.Benchmarks.Micro;

/// <summary>Parse alone against parse and extraction, on each language's sample repeated to 64 KiB.</summary>
[MemoryDiagnoser]
public class ExtractionBenchmarks
{
    private const int Bytes = 64 << 10;

    private readonly LanguageCatalog _catalog = LanguageCatalog.Open();
    private TreeSitterExtractor _extractor = null!;
    private RawParser _parser = null!;
    private SourceFile _file = null!;
    private Language _language = null!;

    /// <summary>Language id.</summary>
    [ParamsSource(nameof(LanguageIds))]
    public string LanguageId { get; set; } = "";

    /// <summary>Languages with a sample.</summary>
    public IEnumerable<string> LanguageIds => Samples.Languages(_catalog).Select(language => language.Id);

    /// <summary>Makes the text.</summary>
    [GlobalSetup]
    public void Setup()
    {
        (_extractor, _parser) = (new TreeSitterExtractor(_catalog), new RawParser(_catalog));
        _language = _catalog.Find(LanguageId)!;
        var sample = Samples.Of(_language)!;
        var copies = Math.Max(1, Bytes / Math.Max(1, sample.Length));
        _file = new SourceFile("sample", [.. Enumerable.Repeat(sample, copies).SelectMany(text => text)], 0);
    }

    /// <summary>Frees the native parsers.</summary>
    [GlobalCleanup]
    public void Cleanup()
    {
        _extractor.Dispose();
        _parser.Dispose();
    }

    /// <summary>Tree-sitter alone.</summary>
    [Benchmark(Baseline = true)]
    public bool Parse() => _parser.Parse(_file.Text, _language);

    /// <summary>All that extraction does.</summary>
    [Benchmark]
    public int Extract() => _extractor.Extract(_file, _language)!.Snippets.Count;
}
