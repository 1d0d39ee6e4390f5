using XCoder.Analysis.Extraction.Source;
using XCoder.Analysis.Languages;
using XCoder.Analysis.Repositories.Detect;

namespace XCoder.Analysis.Indexing;

/// <summary>What all parts of one index run share.</summary>
internal sealed record IndexRun(
    LanguageCatalog Catalog,
    IndexOptions Options,
    LanguageDetector Detector,
    SourceFileReader Reader,
    ExtractorKeys Keys,
    IReadOnlyDictionary<(string Repository, string Path), (string? Hash, string Detail)> Quarantined,
    InFlightJournal Journal);
