using XCoder.Analysis.Languages;
using XCoder.Analysis.Repositories;

namespace XCoder.Analysis.Pipeline;

/// <summary>What all parts of one index run share.</summary>
internal sealed record IndexRun(
    LanguageCatalog Catalog,
    IndexOptions Options,
    LanguageDetector Detector,
    SourceFileReader Reader,
    ExtractorKeys Keys,
    IReadOnlyDictionary<(string Repository, string Path), (string? Hash, string Detail)> Quarantined,
    InFlightJournal Journal);
