using XCoder.Analysis.Extraction.TreeSitter;
using XCoder.Analysis.Languages.TreeSitter;
using XCoder.Analysis.Model;
using XCoder.Analysis.Repositories.Walk;

namespace XCoder.Analysis.Indexing;

/// <summary>Extracts files of languages that tree-sitter parses. Owns native parsers: one worker a thread.</summary>
internal sealed class TreeSitterWorker(IndexRun run, int slot) : IDisposable
{
    private readonly TreeSitterExtractor _extractor = new(run.Catalog, run.Options.Extraction);

    public void Dispose() => _extractor.Dispose();

    /// <summary>What becomes of a file.</summary>
    public unsafe FileOutcome Process(RepositoryRun repository, FoundFile found, SourceFile file, string hash, Language language)
    {
        // Outside of the limits: the first file of a language waits for its grammar and query.
        run.Catalog.Compile(language);
        ExtractedFile? extracted;
        run.Journal.Enter(slot, repository.Repository.Name, found.Path, hash);
        Native.xc_guard_enter(run.Journal.State(slot));
        try
        {
            extracted = _extractor.Extract(file, language);
        }
        finally
        {
            Native.xc_guard_enter(null);
            run.Journal.Leave(slot);
        }

        if (extracted is null)
        {
            return FileReading.Skip(found, SkipReason.Timeout, file.Text.Length, language.Id, $"parsing took longer than {run.Options.Extraction.ParseLimit.TotalSeconds:0.#} s of processor time");
        }

        var record = FileRecordBuilder.Build(repository.Repository.Name, file, hash, run.Keys.Of(language), repository.Licences.Find(found.Path, file.Text), extracted);
        return new FileOutcome(found.Path, null, record, null, file.Text.Length);
    }
}
